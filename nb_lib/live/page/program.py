"""An explorer as a JavaScript program: the page runs what the kernel runs."""

import json

from nb_lib.live.declare.grips import Moves
from nb_lib.live.translate import Program
from nb_lib.live.translate.picture import StandIns


def program(explorer):
    """Return the program of an explorer, to stand behind ``runtime()``.

    It defines ``nbEngines[explorer.id]``, whose ``begin(settings)`` gives a run: its
    ``next()`` says whether an offer is in hand, ``frame()`` shows that offer and
    returns the words of what stands still, of what moves, the sentence, and where the
    points are that a reader may drag. Raises Refused for what the page does not know.
    """
    painter = explorer.painter()
    stand_ins = StandIns(painter)
    reached = Program(stand_in=stand_ins)
    parts = {
        "compute": reached.value(explorer.for_page().compute),
        "show": reached.value(painter.show),
        "describe": reached.value(explorer.describe),
        "places": places(explorer, reached),
    }
    text = reached.text()
    stand_ins.check(reached)
    figure = json.dumps(
        stand_ins.data(text, reached.attributes),
        ensure_ascii=False,
        separators=(",", ":"),
    )
    named = ", ".join(f"{name}: {value}" for name, value in parts.items())
    return (
        "{\n"
        f"const $$figure = op.once(() => figureOf({figure}));\n"
        "const $$ = (number) => $$figure().standIns[number];\n"
        f"{text}\n"
        f"(globalThis.nbEngines ??= {{}})[{json.dumps(explorer.id)}] = "
        f"engine({{ {named}, figure: $$figure }});\n"
        "}\n"
    )


def places(explorer, reached):
    """Return an object: for each control of ``Moves`` what gives its points' places."""
    controls = explorer.controls.items()
    named = [(n, reached.value(c.places)) for n, c in controls if isinstance(c, Moves)]
    return f"{{ {', '.join(f'{name}: {value}' for name, value in named)} }}"

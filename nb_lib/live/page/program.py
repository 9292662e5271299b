"""An explorer as a JavaScript program: the page runs what the kernel runs."""

import json

from nb_lib.live.translate import Program
from nb_lib.live.translate.picture import StandIns


def program(explorer):
    """Return the program of an explorer, to stand behind ``runtime()``.

    It defines ``nbEngines[explorer.id]``, whose ``begin(settings)`` gives a run: its
    ``next()`` says whether an offer is in hand, ``frame()`` shows that offer and
    returns the words of what stands still, of what moves, and the sentence. Raises
    Refused for what the page does not know.
    """
    painter = explorer.painter()
    stand_ins = StandIns(painter)
    reached = Program(stand_in=stand_ins)
    parts = {
        "compute": reached.value(explorer.compute),
        "show": reached.value(painter.show),
        "describe": reached.value(explorer.describe),
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

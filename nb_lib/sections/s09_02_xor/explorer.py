"""§9.2: one threshold unit on two inputs, and which of the 16 tables it reaches."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, Moves, Slider, moved_to
from nb_lib.numpy.boolean import NAMES, number, with_returns
from nb_lib.numpy.perceptron import learn, threshold, with_ones
from nb_lib.sections.s09_02_xor.picture import MOST, TABLES, X, picture
from nb_lib.sections.s09_02_xor.tables import HIGH, LOW

BY_HAND = "by hand"
STEP = 0.125  # of a dragged corner: a sum of eighths is exact, so a return is seen


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    x: np.ndarray  # (4, 2), the corners, or where the reader put them
    path: np.ndarray  # (mistakes + 1, 3): w1, w2, b
    target: int | None  # a number of NAMES; None by hand
    returned: tuple | None  # two counts of mistakes after which all is the same
    edges: np.ndarray  # (K,), biases at which the table changes
    swept: tuple  # K + 1 numbers, from the lowest bias up

    @property
    def outputs(self):
        """What the unit says on the four corners, (4,)."""
        return table_of(self.x, self.path[-1])

    @property
    def wrong(self):
        """Which corners the rule would still call wrong, (4,); none by hand."""
        if self.target is None:
            return np.zeros(4, bool)
        scores = with_ones(self.x) @ self.path[-1]
        return (2 * TABLES[self.target] - 1) * scores <= 0

    @property
    def met(self):
        """Numbers of the tables met on the way, or as the bias moves, in order."""
        if self.target is None:
            return list(self.swept)
        numbers = (number(table_of(self.x, weights)) for weights in self.path)
        return list(dict.fromkeys(numbers))


def compute(w1, w2, b, target, moved):
    """Show the unit; or let Rosenblatt's rule start there and yield each mistake."""
    corners = moved_to(X, moved)
    start = np.array([w1, w2, b], float)
    edges, swept = sweep(corners, start[:2])
    wanted = None if target == BY_HAND else NAMES.index(target)
    fixed = {"x": corners, "target": wanted, "edges": edges, "swept": swept}
    path, returned = [start], None
    yield Frame(path=np.array(path), returned=None, **fixed)
    if wanted is None:
        return
    x, targets = with_ones(corners), 2 * TABLES[wanted] - 1
    mistakes = learn(x, targets, start=start)
    for mistake, earlier in with_returns(mistakes):
        path.append(mistake.w)
        if earlier is not None and returned is None:
            returned = earlier, mistake.count
        yield Frame(path=np.array(path), returned=returned, **fixed)
        if mistake.count == MOST:
            return


def table_of(x, weights):
    """Return the outputs (4,) of the unit with weights w1, w2, b."""
    return threshold(x, weights[:2], weights[2])


def sweep(x, w):
    """Raise the bias: the edges at which a corner begins to fire, and the tables."""
    edges = np.unique(-(x @ w))
    tables = [threshold(x, w, b) for b in (edges[0] - 1, *edges)]
    return edges, tuple(map(number, tables))


def places(frame):
    """Return where the corners are, which may be dragged, (4, 2)."""
    return frame.x


def describe(frame):
    """Say the numbers that matter in one sentence, and what the reader moved."""
    n = int(np.any(frame.x != X, axis=1).sum())
    if not n:
        return f"{of_unit(frame)}."
    return f"{of_unit(frame)}; {n} of the 4 corners {'is' if n == 1 else 'are'} moved."


def of_unit(frame):
    """Say what the unit computes, or how far the rule has come."""
    w1, w2, b = frame.path[-1]
    now = NAMES[number(frame.outputs)]
    w1, w2, b = [words.minus(f"{value:g}") for value in (w1, w2, b)]
    unit = f"w = ({w1}, {w2}), b = {b}"
    if frame.target is None:
        return f"The unit with {unit} computes {now}; {of_sweep(frame)}"
    goal, count = NAMES[frame.target], len(frame.path) - 1
    mistakes = words.counted(count, "mistake")
    if not frame.wrong.any():
        return (
            f"Aiming at {goal} the rule stops after {mistakes} with {unit}; it has "
            f"passed through {len(frame.met)} of the 16 tables"
        )
    so_far = (
        f"Aiming at {goal} the rule has made {mistakes}, passed through "
        f"{len(frame.met)} of the 16 tables and computes {now} with {unit}"
    )
    if frame.returned is None:
        return so_far
    first, again = frame.returned
    return (
        f"{so_far}; after mistake {again} all was as after mistake {first}, so it goes "
        f"round for ever, and no weight ever exceeds {np.abs(frame.path).max():g}"
    )


def of_sweep(frame):
    """Say which tables the bias alone meets."""
    names = ", ".join(NAMES[k] for k in frame.swept)
    on_line = int(np.sum(with_ones(frame.x) @ frame.path[-1] == 0))
    if not frame.path[-1, :2].any():
        return f"without a direction the bias can only choose between {names}"
    fire = "fires" if on_line == 1 else "fire"
    touch = f"{on_line} of the corners on the line {fire} too; " if on_line else ""
    return (
        f"{touch}as the bias alone rises it meets {len(frame.swept)} of the 16: {names}"
    )


xor = Explorer(
    id="xor",
    title="Sixteen tables",
    controls={
        "w1": Slider(
            "weight w1", low=-2, high=2, start=1, step=0.5, recorded=(-2, -1, 0, 1, 2)
        ),
        "w2": Slider(
            "weight w2", low=-2, high=2, start=1, step=0.5, recorded=(-2, -1, 0, 1, 2)
        ),
        "b": Slider(
            "bias b",
            low=-3,
            high=3,
            start=-0.5,
            step=0.5,
            recorded=(-2.5, -1.5, -0.5, 0, 0.5, 1.5, 2.5),
        ),
        "target": Choice(
            "rule's target",
            (("none, by hand", BY_HAND), *NAMES),
            start=BY_HAND,
        ),
        "moved": Moves(
            label="corners moved",
            x=(LOW, HIGH),
            y=(LOW, HIGH),
            step=STEP,
            names=("corner 00", "corner 01", "corner 10", "corner 11"),
            places=places,
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.6, 4.0),
    together=("w1", "w2", "b"),
    also=({"w1": (0,), "w2": (0,), "b": (0,), "target": (BY_HAND, *NAMES)},),
    presets={
        "OR by hand": {"w1": 1, "w2": 1, "b": -0.5},
        "aim at AND": {"w1": 0, "w2": 0, "b": 0, "target": "AND"},
        "aim at XOR": {"w1": 0, "w2": 0, "b": 0, "target": "XOR"},
        "XOR, from afar": {"w1": 2, "w2": -2, "b": 2.5, "target": "XOR"},
    },
)

"""§9.15: a graph walked one operation at a time, and inputs against outputs."""

from nb_lib.live import Choice, Explorer, Slider
from nb_lib.sections.s09_15_autograd import modes as counting
from nb_lib.sections.s09_15_autograd import modes_picture
from nb_lib.sections.s09_15_autograd.graphs import EXPRESSIONS
from nb_lib.sections.s09_15_autograd.numerals import numeral
from nb_lib.sections.s09_15_autograd.picture import picture
from nb_lib.sections.s09_15_autograd.walking import forward, reverse
from nb_lib.words import counted, listed

STEPS = 9  # enough for both modes of every expression
STOPS = (1, 2, 5, 10, 20)


def compute(expression, mode, step):
    """Walk so many steps through the graph of an expression."""
    nodes = EXPRESSIONS[expression]
    return reverse(nodes, step) if mode == "reverse" else forward(nodes, step)


def describe(frame):
    """Say what the step did, and what is known about the slopes of y."""
    values, products = frame.counts
    way = "Reverse mode" if frame.is_reverse else "Forward mode"
    if frame.step == 0:
        return f"{way} has not begun: only the inputs are known."
    cost = f"{counted(values, 'value')} and {counted(products, 'product')}"
    known = listed([f"{numeral(slope)} along {n}" for n, slope in frame.found.items()])
    slopes = f"the slope of y is {known}" if known else "no slope of y is known yet"
    if frame.step == frame.last:  # the slider may be further, with nothing left to do
        return f"{way} is done in {frame.last} steps, after {cost}: {slopes}."
    return f"{way}, step {frame.step} of {frame.last}, after {cost}: {slopes}."


tape = Explorer(
    id="tape",
    title="Tape",
    controls={
        "expression": Choice("expression", tuple(EXPRESSIONS), start="x·x + x"),
        "mode": Choice("mode", ("reverse", "forward"), start="reverse"),
        "step": Slider(
            "step",
            low=0,
            high=STEPS,
            start=0,
            step=1,
            recorded=tuple(range(STEPS + 1)),
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.4, 3.9),
    together=("expression", "mode", "step"),
)

modes = Explorer(
    id="modes",
    title="Inputs against outputs",
    controls={
        "inputs": Slider("inputs", low=1, high=20, start=5, step=1, recorded=STOPS),
        "outputs": Slider("outputs", low=1, high=20, start=5, step=1, recorded=STOPS),
    },
    compute=counting.compute,
    picture=modes_picture.picture,
    describe=counting.describe,
    size=(9.0, 3.4),
    together=("inputs", "outputs"),
    presets={
        "a loss: 20 inputs, 1 output": {"inputs": 20, "outputs": 1},
        "a curve: 1 input, 20 outputs": {"inputs": 1, "outputs": 20},
    },
)

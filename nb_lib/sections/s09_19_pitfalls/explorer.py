"""§9.19, Bug clinic: ten runs without a name, their curves, and seven repairs."""

from nb_lib import words
from nb_lib.live import Choice, Explorer
from nb_lib.sections.s09_19_pitfalls.clinic.run import CASES, compute
from nb_lib.sections.s09_19_pitfalls.picture import picture

REPAIRS = (
    ("none", "none"),
    ("correct the derivative", "silent"),
    ("choose within the training part", "leakage"),
    ("shuffle before the cut", "split"),
    ("divide the rate by ten", "rate"),
    ("write the loss in its stable form", "stable"),
    ("validate with own answers", "forcing"),
    ("shift what is visible by one", "mask"),
)


def describe(frame):
    """Give the chart of the patient and the last row of the curves in one sentence."""
    if frame.diverged_at:
        return f"{frame.chart}: at step {frame.diverged_at} the run breaks off."
    losses, right = [words.rounded(x) for x in frame.losses[-1]], frame.right[-1]
    unit = "half the mean squared error" if frame.is_forecast else "nats"
    return (
        f"{frame.chart}: in training, validation and use the loss is {losses[0]}, "
        f"{losses[1]} and {losses[2]} ({unit}), with {right[0]:.0%}, "
        f"{right[1]:.0%} and {right[2]:.0%} right."
    )


clinic = Explorer(
    id="clinic",
    title="Bug clinic",
    controls={
        "case": Choice("case", tuple(CASES), start=1),
        "repair": Choice("repair", REPAIRS, start="none"),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 5.2),
    together=("case", "repair"),
)

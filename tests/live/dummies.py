"""Small explorers for the tests of the engine."""

import threading

import numpy as np

from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle

CONTROLS = {
    "depth": Slider("depth", low=1, high=90, start=2),
    "noise": Slider("noise", low=0.0, high=1, start=0.1, step=0.1),
    "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.1),
    "kind": Choice("kind", ["tanh", ("He normal", "he"), "boom"], start="tanh"),
    "skip": Toggle("skip"),
}


def compute(depth, noise, lr, kind, skip):
    """Yield three frames: the settings and a wave; "boom" is the reader's mistake."""
    if kind == "boom":
        raise RuntimeError("this went\nwrong <badly>")
    for step in range(1, 4):
        yield depth, step, lr * np.sin(np.arange(50) * noise)


def picture(figure):
    """Lay out one line and three bars; a layout and many ticks would take time."""
    left = figure.add_axes((0.1, 0.2, 0.35, 0.7))
    right = figure.add_axes((0.6, 0.2, 0.35, 0.7))
    (line,) = left.plot([], [])
    bars = right.bar(range(3), np.ones(3))
    left.set(xlim=(0, 50), ylim=(-1, 1), xticks=[], yticks=[-1, 1], title="Wave")
    right.set(ylim=(0, 5), xticks=[], yticks=[0, 5], title="Bars")

    def show(frame):
        depth, step, wave = frame
        line.set_data(np.arange(len(wave)), wave)
        for bar in bars:
            bar.set_height(step)

    return show


def describe(frame):
    """Say what the frame holds, with a character that HTML must escape."""
    return f"Depth {frame[0]} & step {frame[1]}."


def explorer(**changes):
    """Return an explorer with all kinds of controls, changed as asked."""
    parts = dict(
        id="dummy", title='A "dummy"', controls=CONTROLS, compute=compute,
        picture=picture, describe=describe, size=(6, 3),
    )  # fmt: skip
    return Explorer(**{**parts, **changes})


def threads_since(before):
    """Return the threads that were not there before."""
    return [t for t in threading.enumerate() if t not in before]

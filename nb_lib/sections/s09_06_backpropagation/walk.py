"""A chain of knobs: one nudge carried forward, and one slope walked back."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words

KNOBS = (2.0, 0.5, 3.0, -1.0, 2.0, 0.5, -1.0, 3.0)
MOST = len(KNOBS)
START, NUDGE = 1.0, 0.1


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; what is not yet known or not there is nan."""

    links: int
    knob: int  # counted from 1
    values: np.ndarray  # (MOST + 1,), of the chain, its input first
    moved: np.ndarray  # (MOST + 1,), by how much the nudge moves them
    slopes: np.ndarray  # (MOST + 1,), of the output along each value
    gradient: np.ndarray  # (MOST,), of the output along each knob


def compute(knob, links):
    """Walk forward, carry the nudge of one knob, walk back; offer every step."""
    knob = min(knob, links)
    values, moved, slopes = np.full((3, MOST + 1), np.nan)
    gradient = np.full(MOST, np.nan)

    def frame():
        arrays = [a.copy() for a in (values, moved, slopes, gradient)]
        return Frame(links, knob, *arrays)

    values[0] = START
    for n in range(links):
        values[n + 1] = KNOBS[n] * values[n]
        yield frame
    moved[knob] = NUDGE * values[knob - 1]
    yield frame
    for n in range(knob, links):
        moved[n + 1] = KNOBS[n] * moved[n]
        yield frame
    slopes[links] = 1.0
    for n in reversed(range(links)):
        slopes[n] = KNOBS[n] * slopes[n + 1]
        gradient[n] = values[n] * slopes[n + 1]
        yield frame


def nudging(links):
    """Count the multiplications of a pass, and of another for each knob."""
    return links * (links + 1)


def walking_back(links):
    """Count those of a pass, of the slopes on the way back, and of one a knob."""
    return links + (links - 1) + links


def number(value):
    """Write a number of the chain as short as it is."""
    return "" if np.isnan(value) else words.minus(f"{value:g}")


def describe(frame):
    """Say the numbers that matter in one sentence."""
    knob, links = frame.knob, frame.links
    if np.isnan(frame.gradient[0]):
        return f"A chain of {links} knob{'s' * (links > 1)} is on its way."
    slope = frame.gradient[knob - 1]
    slopes = f"all {links} slopes" if links > 1 else "the one slope"
    return (
        f"Raised by {NUDGE:g}, knob {knob} moves the output by "
        f"{number(frame.moved[links])}, which is {NUDGE:g} times the slope "
        f"{number(slope)} that the walk back has found. To learn {slopes} takes "
        f"{nudging(links)} multiplications by nudging and {walking_back(links)} by "
        "walking back."
    )

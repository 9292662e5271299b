"""The chain of knobs: what is walked back is what a nudge measures, and its cost."""

import numpy as np
import pytest

from nb_lib.sections.s09_06_backpropagation.explorer import nudge
from nb_lib.sections.s09_06_backpropagation.walk import (
    KNOBS,
    MOST,
    NUDGE,
    nudging,
    walking_back,
)


def output(knobs):
    """Run a chain of knobs on the number 1, in the plainest way there is."""
    value = 1.0
    for knob in knobs:
        value = knob * value
    return value


@pytest.mark.parametrize("links", range(1, MOST + 1))
def test_slopes_walked_back_are_those_of_nudges(links):
    for knob in range(1, links + 1):
        frame = nudge.run(knob=knob, links=links)
        knobs = list(KNOBS[:links])
        before = output(knobs)
        knobs[knob - 1] += NUDGE
        moved = output(knobs) - before
        assert frame.moved[links] == pytest.approx(moved)
        assert frame.gradient[knob - 1] * NUDGE == pytest.approx(moved)
        assert frame.values[links] == before
        assert np.isnan(frame.gradient[links:]).all()


class Counted(float):
    """A number that counts its multiplications."""

    count = 0

    def __mul__(self, other):
        Counted.count += 1
        return Counted(float(self) * float(other))


def test_the_counts_are_those_of_programs():
    for links in range(1, MOST + 1):
        knobs = [Counted(knob) for knob in KNOBS[:links]]
        Counted.count = 0
        for turned in (None, *range(links)):
            output([k if n != turned else Counted(k + 1) for n, k in enumerate(knobs)])
        assert Counted.count == nudging(links)
        Counted.count, values, slope = 0, [Counted(1)], Counted(1)
        for knob in knobs:
            values.append(knob * values[-1])
        for n in reversed(range(links)):
            values[n] * slope
            if n:
                slope = knobs[n] * slope
        assert Counted.count == walking_back(links)


def test_a_knob_beyond_the_chain_is_its_last():
    frame = nudge.run(knob=8, links=3)
    assert frame.knob == 3
    assert "knob 3 moves" in nudge.describe(frame)


def test_the_walk_back_comes_after_the_walk_forward():
    """The first frames know values alone; the last slope is known before the others."""
    frames = list(nudge.frames(knob=2, links=4))
    assert np.isfinite(frames[3].values[:5]).all()
    assert np.isnan(frames[3].slopes).all()
    known = [np.isfinite(frame.gradient).sum() for frame in frames]
    assert known == [0] * 7 + [1, 2, 3, 4]


def test_a_chain_of_one_knob_has_one_slope():
    words = nudge.describe(nudge.run(knob=1, links=1))
    assert "To learn the one slope takes 2 multiplications" in words
    assert "all 8 slopes takes 72" in nudge.describe(nudge.run(links=8))


def test_picture_marks_the_knob_and_both_counts():
    figure = nudge.figure_of(nudge.run(knob=2, links=4))
    chain, counts = figure.axes
    shown = [text.get_text() for text in chain.texts]
    assert {"×0.5", "−6", "−0.6"} <= set(shown)
    dots = [line.get_xydata()[0].tolist() for line in counts.lines if len(
        line.get_xdata()) == 1]  # fmt: skip
    assert dots == [[4, 20], [4, 11]]

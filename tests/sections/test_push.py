"""Push and pull: arrows that end at the target, and what other losses do instead."""

import numpy as np
import pytest

from nb_lib.live.paint.painter import lay_out
from nb_lib.sections.s09_09_losses.explorer import push_down as push
from nb_lib.sections.s09_09_losses.push import NAMES, SWEEP, value_and_pushes


@pytest.fixture(scope="module")
def axes():
    """Return a function that shows a setting on axes laid out once."""
    figure, show = lay_out(push.picture, push.size)

    def shown(**settings):
        show(push.run(**settings))
        return figure.axes

    return shown


def test_arrows_of_cross_entropy_end_at_the_target():
    for loss in ("cross_entropy", "smoothed"):
        for logit in (-12.0, 0.0, 8.0):
            frame = push.run(logit=logit, loss=loss)
            np.testing.assert_allclose(frame.probs + frame.pushes, frame.targets)


def test_pushes_are_minus_the_slopes_of_the_loss():
    for loss in NAMES:
        for temperature in (0.5, 1.0, 7.0):
            h, z = 1e-5, 0.7
            up, down = (
                value_and_pushes(z + s * h, loss, temperature)[0] for s in (1, -1)
            )
            _, pushes = value_and_pushes(z, loss, temperature)
            assert pushes[0] == pytest.approx(-(up - down) / (2 * h), rel=1e-6)
            assert pushes.sum() == pytest.approx(0, abs=1e-12)


def test_the_square_does_not_push_a_cat_that_is_surely_missed():
    frame = push.run(logit=-10.0, loss="squared")
    assert abs(frame.pushes[0]) < 1e-4
    assert frame.pushes[1] < -0.1 < 0.1 < frame.pushes[2]
    assert push.run(logit=-10.0).pushes[0] > 0.999


def test_smoothing_pushes_a_sure_cat_down_and_focus_hardly_pushes():
    assert push.run(logit=8.0, loss="smoothed").pushes[0] < -0.05
    assert 0 < push.run(logit=4.0, loss="focal").pushes[0] < 0.01
    assert push.run(logit=4.0).pushes[0] == pytest.approx(0.133, abs=1e-3)


def test_temperature_levels_the_probabilities_and_keeps_their_order():
    hot, cool = (push.run(temperature=t).probs for t in (10, 0.5))
    assert np.ptp(hot) < 0.1 < 0.8 < np.ptp(cool)
    assert list(np.argsort(hot)) == list(np.argsort(cool))


def test_marks_lie_on_their_curves():
    frame = push.run(logit=4.0)
    at = list(SWEEP).index(4.0)
    assert frame.values[at] == pytest.approx(frame.value)
    assert frame.cat_pushes[at] == pytest.approx(frame.pushes[0])


def test_every_mark_stays_on_its_axes(axes):
    for loss in NAMES:
        for logit, temperature in ((-12.0, 1.0), (-12.0, 0.5), (12.0, 0.5)):
            for ax in axes(logit=logit, loss=loss, temperature=temperature)[1:]:
                low, high = ax.get_ylim()
                assert low <= ax.lines[1].get_ydata()[0] <= high, (loss, logit)


def test_no_number_lies_on_the_line_of_its_target(axes):
    for loss, logit in ((loss, logit) for loss in NAMES for logit in (-10.0, 1.0, 8.0)):
        ax = axes(logit=logit, loss=loss)[0]
        goals = [line.get_ydata()[0] for line in ax.lines[:3]]
        heights = [text.get_position()[1] for text in ax.texts[:3]]
        assert np.abs(np.subtract(goals, heights)).min() > 0.06, (loss, logit)


def test_an_arrow_without_length_has_no_head(axes):
    ax = axes(logit=-10.0, loss="squared")[0]
    heads = [line.get_ydata()[0] for line in ax.lines[6:]]
    assert np.isnan(heads[:2]).all()  # of the cat
    assert np.isnan(heads[2:]).sum() == 2  # one of each other class

"""The variance tunnel: theory and measurement agree."""

import numpy as np
import pytest

from nb_lib.sections.s09_10_initialisation.explorer import (
    STEPS,
    describe,
    digits,
    variance,
)


def test_the_first_frame_holds_the_theory_alone():
    first = next(variance.frames())
    assert np.isnan(first.forward).all()
    np.testing.assert_allclose(first.forward_theory, np.full(10, 2.0), rtol=1e-9)
    assert "theory" in describe(first).lower()


def test_he_keeps_both_variances_where_the_default_loses_them():
    he = variance.run(width=512, depth=20, lr=1e-3)
    default = variance.run(width=512, depth=20, lr=1e-3, init="torch_default")
    assert he.forward[-1] == pytest.approx(2, rel=0.5)
    assert he.backward[0] == pytest.approx(1, rel=0.5)
    assert default.forward[-1] == pytest.approx(6.0**-19 / 3, rel=0.5)
    assert default.backward[-1] == pytest.approx(1, rel=0.1)
    assert default.backward[0] == pytest.approx(6.0**-19, rel=0.5)


def test_skip_connections_double_the_variance_each_block():
    frame = variance.run(skip=True, width=512, depth=8)
    np.testing.assert_allclose(frame.forward, 2.0 ** np.arange(1, 9), rtol=0.3)


def test_he_learns_where_the_default_does_not():
    he, default = variance.run(), variance.run(init="torch_default")
    assert he.losses[-10:].mean() < 1
    assert default.losses[-10:].mean() == pytest.approx(np.log(10), abs=0.01)


def test_divergence_is_said_with_its_step():
    frame = variance.run(skip=True, depth=60)
    assert frame.diverged_at == 1
    assert "training diverged at step 1" in describe(frame)
    texts = [t.get_text() for ax in variance.figure_of(frame).axes for t in ax.texts]
    assert "diverged at step 1" in texts


def test_training_goes_on_to_its_last_step():
    assert len(variance.run(depth=2).losses) == STEPS


def test_wide_nets_are_trained_narrower():
    frame = variance.run(width=1024, depth=1)
    assert (frame.width, frame.trained_width) == (1024, 64)


def test_equal_settings_give_equal_frames():
    first, again = variance.run(depth=3), variance.run(depth=3)
    np.testing.assert_array_equal(first.losses, again.losses)
    np.testing.assert_array_equal(first.backward, again.backward)


def test_small_digits_have_unit_variance():
    x, labels = digits()
    assert x.shape == (4000, 196)
    assert np.mean(x.astype(float) ** 2) == pytest.approx(1, rel=1e-5)
    assert sorted(set(labels)) == list(range(10))

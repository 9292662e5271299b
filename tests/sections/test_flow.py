"""Flow: the truth is SciPy's, and the error falls as the method promises."""

import numpy as np
import pytest
import scipy.integrate
from shown import shown

from nb_lib.sections.s09_18_beyond.flow.carrying import COUNTS, FIELDS, STARTS
from nb_lib.sections.s09_18_beyond.flow.explorer import flow


def test_the_truth_is_that_of_scipy():
    for name, field in FIELDS.items():
        frame = flow.run(field=name)
        for k, start in enumerate(STARTS):
            found = scipy.integrate.solve_ivp(
                lambda _, x, f=field: f(x[None])[0],
                (0, 1),
                start,
                rtol=1e-10,
                atol=1e-10,
            )
            np.testing.assert_allclose(frame.truth[-1, k], found.y[:, -1], atol=1e-7)


def test_half_the_step_is_twice_or_sixteen_times_nearer():
    for name in FIELDS:
        frame = flow.run(field=name)
        assert frame.euler[-2] / frame.euler[-1] == pytest.approx(2, rel=0.1), name
        assert frame.rk4[-3] / frame.rk4[-2] == pytest.approx(16, rel=0.2), name


def test_the_mark_is_on_its_curve():
    for method in ("euler", "rk4"):
        for place, steps in enumerate(COUNTS):
            frame = flow.run(method=method, steps=steps)
            assert frame.error == getattr(frame, method)[place]
            assert frame.paths.shape == (steps + 1, 3, 2)


def test_the_sentence_says_how_much_nearer():
    assert "with twice the steps 2.0 times nearer" in flow.describe(flow.run(steps=64))
    assert "1 step arrives" in flow.describe(flow.run(steps=1))


def test_the_errors_stand_clear_of_the_axes():
    """Half the largest mark has room below the smallest of them, and above the rest."""
    room = 11 * 100 / 72 / np.sqrt(2)  # a diamond of 11 points, to its lowest corner
    for field in FIELDS:
        frame = flow.run(field=field)
        ax = shown(flow, frame).axes[1]
        errors = np.concatenate([frame.euler, frame.rk4])
        high = ax.transData.transform([(1, error) for error in errors])[:, 1]
        low, top = ax.bbox.intervaly
        assert high.min() - low > room, field
        assert top - high.max() > room, field

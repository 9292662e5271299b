"""The axis of variances holds what there is and seldom jumps."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nb_lib.draw.propagation import (
    loss_from_guessing,
    norms_since_start,
    span,
    variances,
)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1.0, 2.0], (1e-2, 1e2)),
        ([1.0, 50.0], (1e-2, 1e6)),
        ([0.0, np.nan, 0.5], (1e-2, 1e2)),
        ([1e-11, 1e-300], (1e-240, 1e2)),
        ([], (1e-2, 1e2)),
    ],
)
def test_span_takes_the_first_range_that_holds_all(values, wanted):
    assert span(np.array(values)) == pytest.approx(wanted)


def test_zeros_lie_on_the_lower_edge_and_say_so():
    ax = Figure().subplots()
    variances(ax, title="Zeros")(np.zeros(5), np.zeros(5))
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), np.full(5, 1e-2))
    assert ax.texts[0].get_text() == "on this edge: 0"


def test_layers_not_yet_measured_are_gaps():
    ax = Figure().subplots()
    variances(ax, title="Half way")(np.array([1.0, np.nan]), np.ones(2))
    assert np.isnan(ax.lines[1].get_ydata()[1])


def test_a_loss_beyond_the_axis_lies_on_its_edge():
    ax = Figure().subplots()
    loss_from_guessing(ax, steps=9, classes=10)(np.array([2.0, np.inf, np.nan]), 2)
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), [2, 4, np.nan])
    assert ax.texts[1].get_text() == "diverged at step 2"


@pytest.mark.parametrize(("layers", "size"), [(11, 4.5), (101, 2)])
def test_markers_of_many_layers_are_small(layers, size):
    ax = Figure().subplots()
    show = norms_since_start(ax, low=1e-12, high=1e9)
    show(np.ones(layers), np.ones(layers))
    assert {line.get_markersize() for line in ax.lines} == {size}

"""Trials: every share at its place, with its standard error."""

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import trials


def drawn(series):
    ax = Figure().subplots()
    look = {"n": 100, "setting": "learning rate", "title": "Rates"}
    trials.accuracies(ax, (0.1, 1, 10), series, **look)
    return ax


def test_accuracies_stand_in_per_cent_over_their_values():
    ax = drawn({"plain": [0.5, 0.9, 1.0], "with momentum": [0.1, 0.2, 0.3]})
    line = ax.containers[0].lines[0]
    np.testing.assert_allclose(line.get_xdata(), [0.1, 1, 10])
    np.testing.assert_allclose(line.get_ydata(), [50, 90, 100])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0.1", "1", "10"]


def test_bars_are_one_standard_error():
    (bars,) = drawn({"": [0.5, 0.9, 1.0]}).containers[0].lines[2]
    heights = [np.ptp(segment[:, 1]) for segment in bars.get_segments()]
    np.testing.assert_allclose(heights, [2 * 5, 2 * 3, 0], atol=1e-9)


def test_lines_are_told_apart_by_more_than_colour():
    ax = drawn({"plain": [0.5, 0.9, 1.0], "with momentum": [0.1, 0.2, 0.3]})
    first, second = (container.lines[0] for container in ax.containers)
    assert first.get_marker() != second.get_marker()
    assert first.get_linestyle() != second.get_linestyle()


def test_only_named_lines_have_a_legend():
    assert drawn({"": [0.5, 0.9, 1.0]}).get_legend() is None
    assert drawn({"plain": [0.5, 0.9, 1.0]}).get_legend() is not None

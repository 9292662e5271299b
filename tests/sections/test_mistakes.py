"""One mistake at a time: each step adds t x, and the stray point keeps it going."""

from itertools import islice

import numpy as np
import pytest

from nb_lib.numpy.perceptron import learn
from nb_lib.sections.s09_01_perceptron.plane import across, arrow
from nb_lib.sections.s09_01_perceptron.turning import MOST, describe, dots, mistakes


@pytest.mark.parametrize("points", ["hundred", "twenty", "stray"])
def test_each_step_is_an_example_with_its_sign(points):
    turn = mistakes.run(mistakes=MOST, points=points)
    steps = np.diff(turn.path, axis=0)  # (k, 2)
    rows = list(turn.rows)
    np.testing.assert_allclose(steps, turn.targets[rows, None] * turn.x[rows])


def test_counts_of_wrong_points_go_up_and_down():
    turn = mistakes.run(mistakes=MOST)
    counts = turn.n_wrong
    assert counts[0] == 100
    assert counts[2] < counts[3]
    assert (len(turn.rows), counts[-1]) == (9, 0)


def test_the_line_at_a_setting_is_that_after_so_many_mistakes():
    turns = [mistakes.run(mistakes=k) for k in range(MOST + 1)]
    for k, turn in enumerate(turns[:10]):
        assert len(turn.rows) == k
        assert turn.wrong.sum() == turn.n_wrong[k]
    assert all(len(turn.rows) == 9 for turn in turns[9:])


def test_the_stray_point_costs_mistakes_without_end():
    x, targets = dots("stray")
    assert np.sum(targets != dots("hundred")[1]) == 1
    run = islice(learn(x, targets), 20_000)
    assert sum(1 for _ in run) == 20_000


def test_the_sentence_shows_the_sum():
    sentence = describe(mistakes.run(mistakes=1))
    assert "w = (0.00, 0.00) − (0.62, −0.45) = (−0.62, 0.45)" in sentence
    assert "all 100 points are wrong" in describe(mistakes.run(mistakes=0))
    assert "Mistake 9 was the last" in describe(mistakes.run(mistakes=MOST))
    assert "now 1 of 100 points is wrong" in describe(
        mistakes.run(points="stray", mistakes=MOST)
    )


def test_a_line_stays_in_its_square_and_at_right_angles():
    assert mistakes.still().axes[0].get_aspect() == 1
    for angle in np.linspace(0, 2 * np.pi, 25):
        w = 3 * np.array([np.cos(angle), np.sin(angle)])
        ends = across(w, 0.5, 1.3)
        np.testing.assert_allclose(ends @ w / 3, 0.5, atol=1e-12)
        assert np.abs(ends).max() == pytest.approx(1.3)
    assert np.isnan(across(np.array([0.0, 2.0]), 1.5, 1.3)).all()


def test_an_arrow_leads_from_start_to_end():
    start, end = np.array([1.0, 2.0]), np.array([-2.0, 6.0])
    corners = arrow(start, end, 0.5)
    np.testing.assert_array_equal(corners[[0, 1, 3]], [start, end, end])
    for barb in corners[[2, 4]]:
        assert np.linalg.norm(barb - end) == pytest.approx(0.5 * 1.25**0.5)
    assert arrow(start, start, 0.5).shape == (0, 2)

"""Smoothing: powers of the matrix, a rate, and sides that nobody was told."""

import numpy as np
import pytest

from nb_lib.data import karate_club
from nb_lib.numpy.graphs import normalised_adjacency
from nb_lib.sections.s09_18_beyond.smoothing.explorer import smoothing
from nb_lib.sections.s09_18_beyond.smoothing.graphs import graph_of
from nb_lib.sections.s09_18_beyond.smoothing.mixing import on_their_side


def test_every_graph_is_connected_and_fits_into_the_picture():
    for name in smoothing.controls["graph"].stops:
        a, places, ends = graph_of(name)
        assert np.linalg.matrix_power(a + np.eye(len(a)), len(a)).min() > 0
        assert len(places) == len(a)
        assert np.abs(places).max() <= 1
        assert max(ends) < len(a)


def test_the_power_and_the_values_are_those_of_numpy():
    for name in smoothing.controls["graph"].stops:
        a, *_ = graph_of(name)
        hat, root = normalised_adjacency(a), np.sqrt(a.sum(axis=1) + 1)
        frame = smoothing.run(graph=name, start="random", layers=5)
        power = np.linalg.matrix_power(hat, 5)
        n = len(a)
        np.testing.assert_allclose(frame.power[:n, :n], power, atol=1e-12)
        first = smoothing.run(graph=name, start="random", layers=0).values
        np.testing.assert_allclose(frame.values, power @ (first * root) / root)


def test_no_distance_is_above_the_eigenvalues_and_the_last_ratio_is_theirs():
    for name in smoothing.controls["graph"].stops:
        for start in smoothing.controls["start"].stops:
            frame = smoothing.run(graph=name, start=start, layers=0)
            sizes = np.abs(np.linalg.eigvalsh(normalised_adjacency(graph_of(name)[0])))
            assert frame.second == pytest.approx(np.sort(sizes)[-2])
            assert (frame.spreads <= frame.second ** np.arange(33) + 1e-9).all()
    club = smoothing.run(start="random")
    assert club.spreads[32] / club.spreads[31] == pytest.approx(club.second, rel=1e-3)


def test_more_bridges_let_the_news_through_and_a_long_line_holds_it_up():
    names = {"star": 0.5, "cliques": 0.975, "line": 0.986}
    for name, wanted in names.items():
        assert smoothing.run(graph=name).second == pytest.approx(wanted, abs=5e-4)
    assert smoothing.run(graph="club").second ** 32 == pytest.approx(0.03, abs=5e-3)
    a = graph_of("cliques")[0].copy()
    a[1, 13] = a[13, 1] = 1
    sizes = np.abs(np.linalg.eigvalsh(normalised_adjacency(a)))
    assert np.sort(sizes)[-2] < 0.96


def test_three_layers_find_nearly_all_sides():
    assert on_their_side(smoothing.run(layers=3).values) == 33
    _, sides = karate_club()
    assert on_their_side(1.0 - 2 * sides) == 34


def test_the_sentence_gives_both_numbers():
    assert smoothing.describe(smoothing.run(layers=8)).endswith("it is 0.416.")
    assert "power" not in smoothing.describe(smoothing.run(layers=0))

"""The karate club, against the package that we have it from."""

import numpy as np
import pytest

from nb_lib.data import karate_club


def test_the_club_is_that_of_networkx():
    graph = pytest.importorskip("networkx").karate_club_graph()
    edges, sides = karate_club()
    assert {tuple(edge) for edge in edges.tolist()} == {
        (min(edge), max(edge)) for edge in graph.edges
    }
    with_hi = [graph.nodes[n]["club"] == "Mr. Hi" for n in range(34)]
    np.testing.assert_array_equal(sides == 0, with_hi)


def test_each_friendship_is_there_once():
    edges, sides = karate_club()
    assert edges.shape == (78, 2)
    assert len({frozenset(edge) for edge in edges.tolist()}) == 78
    assert np.bincount(sides).tolist() == [17, 17]

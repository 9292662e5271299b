"""Four graphs: who is joined to whom, and where each vertex is drawn."""

from math import cos, pi, sin

import numpy as np

from nb_lib.data.karate import karate_club
from nb_lib.numpy.graphs import adjacency

MOST = 34  # vertices
CLIQUE, RAYS, LINE = 8, 13, 16
# places of the club's members in hundredths, by the springs of networkx
CLUB = (
    (-33, -5),
    (-22, -32),
    (-1, 12),
    (-25, 18),
    (-59, 15),
    (-69, 11),
    (-67, -20),
    (-25, 40),
    (4, -28),
    (27, 20),
    (-58, 46),
    (-58, -48),
    (-44, 59),
    (-4, -15),
    (39, -71),
    (50, -63),
    (-100, -3),
    (-45, -60),
    (59, -48),
    (-2, -46),
    (65, -30),
    (-36, -72),
    (65, -7),
    (46, 53),
    (19, 100),
    (7, 93),
    (75, 14),
    (23, 54),
    (25, 38),
    (59, 29),
    (15, -59),
    (4, 34),
    (33, -19),
    (35, -7),
)


def graph_of(name):
    """Return the adjacency (V, V), places (V, 2) in [-1, 1] and two ends."""
    if name == "club":
        edges, _ = karate_club()
        return adjacency(edges, vertices=34), np.array(CLUB) / 100, (0, 33)
    if name == "cliques":
        return cliques()
    if name == "star":
        edges = np.array([[0, k] for k in range(1, RAYS)])
        places = [(0.0, 0.0), *ring(RAYS - 1, 0.0, 0.9)]
        return adjacency(edges, vertices=RAYS), np.array(places), (1, 7)
    edges = np.array([[k, k + 1] for k in range(LINE - 1)])
    places = [(-0.95 + 1.9 * k / (LINE - 1), 0.0) for k in range(LINE)]
    return adjacency(edges, vertices=LINE), np.array(places), (0, LINE - 1)


def cliques():
    """Join everybody with everybody in two circles, and one of each with the other."""
    pairs = [
        (first + i, first + j)
        for first in (0, CLIQUE)
        for i in range(CLIQUE)
        for j in range(i + 1, CLIQUE)
    ]
    edges = np.array([*pairs, (0, CLIQUE + 4)])
    places = [*ring(CLIQUE, -0.55, 0.38), *ring(CLIQUE, 0.55, 0.38)]
    return adjacency(edges, vertices=2 * CLIQUE), np.array(places), (4, CLIQUE)


def ring(n, middle, radius):
    """Place n vertices on an ellipse around (middle, 0)."""
    angles = [2 * pi * k / n for k in range(n)]
    return [(middle + radius * cos(a), 0.8 * sin(a)) for a in angles]

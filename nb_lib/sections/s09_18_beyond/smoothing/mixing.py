"""A number on each vertex, mixed with those of its neighbours, layer by layer."""

from dataclasses import dataclass

import numpy as np

from nb_lib.data.karate import karate_club
from nb_lib.numpy.graphs import normalised_adjacency, smooth
from nb_lib.sections.s09_18_beyond.smoothing.graphs import MOST, graph_of

LAYERS = 32


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    graph: str
    layers: int
    places: np.ndarray  # (V, 2)
    edges: np.ndarray  # (E, 2)
    values: np.ndarray  # (V,), over the root of the degree: alike when all is mixed
    power: np.ndarray  # (34, 34), of the matrix; nan beyond the graph
    spreads: np.ndarray  # (33,), distance from all alike, at first 1
    second: float  # the second eigenvalue by size


def compute(graph, start, layers):
    """Multiply by the matrix ``layers`` times; follow how far from alike it is."""
    a, places, ends = graph_of(graph)
    hat = normalised_adjacency(a)
    root = np.sqrt(a.sum(axis=1) + 1)
    x = signal(start, len(a), ends) * root
    paths = [x[:, None]]
    for _ in range(LAYERS):
        paths.append(smooth(paths[-1], hat, steps=1))
    power = np.full((MOST, MOST), np.nan)
    power[: len(a), : len(a)] = smooth(np.eye(len(a)), hat, steps=layers)
    limit = root * float(root @ x) / float(root @ root)
    far = np.array([np.sqrt(((p[:, 0] - limit) ** 2).sum()) for p in paths])
    return Frame(
        graph=graph,
        layers=layers,
        places=places,
        edges=np.array([(i, j) for i in range(len(a)) for j in range(i) if a[i, j]]),
        values=paths[layers][:, 0] / root,
        power=power,
        spreads=far / far[0],
        second=float(np.linalg.svdvals(hat)[1]),
    )


def signal(start, vertices, ends):
    """Give the numbers at first (V,)."""
    if start == "random":
        return np.random.default_rng(3).normal(size=vertices)
    x = np.zeros(vertices)
    x[ends[0]] = 1
    if start == "two":
        x[ends[1]] = -1
    return x


def on_their_side(values):
    """Count the members of the club whose sign is that of the side they later took."""
    _, sides = karate_club()
    return int(((values < 0) == (sides == 1)).sum())


def describe(frame):
    """Say how far from alike the vertices are, and what the eigenvalue promises."""
    spread = frame.spreads[frame.layers]
    words = (
        f"After {frame.layers} layer{'' if frame.layers == 1 else 's'} the distance "
        f"from all alike is {spread:.3f} of that at the start. The second eigenvalue "
        f"is {frame.second:.3f}"
    )
    if frame.layers:
        words += f", and to the power {frame.layers} it is "
        words += f"{frame.second**frame.layers:.3f}"
    return words + "."

"""Exercises of 9.18 about kernels and rings: right in any style, slips told."""

from itertools import pairwise

import numpy as np

from nb_lib.book import check
from nb_lib.numpy.convolution import ConvNet
from nb_lib.numpy.graphs import adjacency, normalised_adjacency


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


def accepted(id, *answers):
    for answer in answers:
        verdict = check(id, answer)
        assert verdict.passed, verdict


# ------------------------------------------------------------------- kernels
def by_walking_back(channels, size):
    parameters = sum((a * size * size + 1) * b for a, b in pairwise(channels))
    return parameters, seen(len(channels) - 1, size)


def seen(layers, size):
    """Walk back from one number: a kernel adds, a pooling doubles."""
    side = 1
    for layer in range(layers):
        side = side + size - 1
        if layer < layers - 1:
            side = 2 * side
    return side


def by_formula(channels, size):
    layers = len(channels) - 1
    arrays = [np.zeros((b, a, size, size)) for a, b in pairwise(channels)]
    parameters = sum(w.size + len(w) for w in arrays)
    return parameters, (size - 1) * (2**layers - 1) + 2 ** (layers - 1)


def by_building(channels, size):
    net = ConvNet(channels, 2, rng=np.random.default_rng(0), size=size)
    parameters = sum(p.size for layer in net.layers[:-1] for p in layer.params.values())
    return np.int64(parameters), np.int64(seen(len(channels) - 1, size))


def test_each_way_to_count_is_right_and_slips_are_named():
    accepted("9.18.1", by_walking_back, by_formula, by_building)
    wrong = {
        "also has a bias": lambda c, s: (
            sum(a * s * s * b for a, b in pairwise(c)),
            by_formula(c, s)[1],
        ),
        "one bias, however many kernels": lambda c, s: (
            sum((s * s + 1) * a * b for a, b in pairwise(c)),
            by_formula(c, s)[1],
        ),
        "size x size": lambda c, s: (
            sum((a * s + 1) * b for a, b in pairwise(c)),
            by_formula(c, s)[1],
        ),
        "parameters": lambda c, s: by_formula(c, s)[::-1],
        "not yet": lambda c, s: (5032, 14),
        "returned": lambda c, s: print(by_formula(c, s)),
        "side": lambda c, s: (by_formula(c, s)[0], s),
    }
    for words, answer in wrong.items():
        refused("9.18.1", answer, words)


def test_the_side_is_that_of_what_moves_the_last_map(rng):
    """Change one pixel after another; count those that one number of the map feels."""
    net = ConvNet((1, 2, 3), 2, rng=rng, size=3)
    for layer in net.layers[:-1]:
        layer.params["w"][:] = np.abs(layer.params["w"])
    x = np.ones((1, 1, 24, 24))
    net.forward(x)
    middle = net.maps[-1][0, 0, 6, 6]
    felt = set()
    for column in range(24):
        moved = x.copy()
        moved[0, 0, 12, column] += 1
        net.forward(np.concatenate([moved, 1.5 * moved])[:1])
        felt |= {column} if net.maps[-1][0, 0, 6, 6] != middle else set()
    assert len(felt) == max(felt) - min(felt) + 1 == by_formula((1, 2, 3), 3)[1]


# ------------------------------------------------------------------- the ring
def mixtures(vertices):
    """Count mixtures to a tenth, once only the slowest wave is left."""
    ring = [(k, (k + 1) % vertices) for k in range(vertices)]
    mix = normalised_adjacency(adjacency(np.array(ring), vertices=vertices))
    x = np.cos(2 * np.pi * np.arange(vertices) / vertices)
    rate = np.abs(mix @ x).max() / np.abs(x).max()
    return np.log(0.1) / np.log(rate)


def counted(vertices, start):
    """Count as the text says: 200 mixtures first, then on to a tenth of the rest."""
    ring = [(k, (k + 1) % vertices) for k in range(vertices)]
    mix = normalised_adjacency(adjacency(np.array(ring), vertices=vertices))
    x = np.linalg.matrix_power(mix, 200) @ start
    left, count = x.std(), 0
    while x.std() > left / 10:
        x, count = mix @ x, count + 1
    return count


def test_a_factor_that_was_measured_is_right_and_guesses_are_refused(rng):
    accepted("9.18.3", mixtures(40) / mixtures(20), 4, np.float32(4.1))
    for kind in (lambda n: np.eye(n)[0], lambda n: rng.normal(size=n)):
        accepted("9.18.3", counted(40, kind(40)) / counted(20, kind(20)))
    wrong = {
        "one number": [4, 4],
        "not 2": 2,
        "not 1": 1,
        "not 8": 8,
        "not 16": 16.0,
        "larger": 3.2,
        "smaller": 40,
        "above 0": float("nan"),
        "no huge one": 10**400,
    }
    for words, answer in wrong.items():
        refused("9.18.3", answer, words)

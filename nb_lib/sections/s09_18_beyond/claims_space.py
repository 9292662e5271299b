"""Claims of 9.18 about shifts, graphs and flows."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.numpy.convolution import conv2d, d_conv2d
from nb_lib.numpy.flows import NeuralODE, solve
from nb_lib.numpy.graphs import normalised_adjacency
from nb_lib.sections.s09_18_beyond.flow.carrying import FIELDS, STARTS
from nb_lib.sections.s09_18_beyond.smoothing.graphs import graph_of
from nb_lib.sections.s09_18_beyond.smoothing.mixing import compute

GRAPHS = ("club", "cliques", "star", "line")
HOWS = (
    {},
    {"stride": 2, "padding": 1},
    {"padding": 2, "padding_mode": "circular"},
)


def shifts():
    """Shift before and behind a convolution, with both kinds of edges."""
    rng, found = np.random.default_rng(18), {}
    x, w = rng.normal(size=(4, 3, 9, 11)), rng.normal(size=(5, 3, 3, 3))
    for mode in ("circular", "zeros"):

        def mapped(x, mode=mode):
            return conv2d(x, w, np.zeros(5), padding=1, padding_mode=mode)

        moves = ((1, 0), (2, 5), (-3, 4))
        found[mode] = max(
            np.abs(
                mapped(np.roll(x, move, (2, 3))) - np.roll(mapped(x), move, (2, 3))
            ).max()
            for move in moves
        )
    return found


def convolution_against_torch():
    """Compare conv2d, forward and back, with torch.nn.Conv2d of the same weights."""
    import torch

    rng, gaps = np.random.default_rng(181), []
    for how in HOWS:
        arrays = [rng.normal(size=s) for s in ((4, 3, 9, 11), (5, 3, 4, 2), (5,))]
        layer = torch.nn.Conv2d(3, 5, (4, 2), dtype=torch.float64, **how)
        layer.weight.data, layer.bias.data = map(torch.from_numpy, arrays[1:])
        leaf = torch.from_numpy(arrays[0]).requires_grad_()
        y = layer(leaf)
        dy = rng.normal(size=tuple(y.shape))
        y.backward(torch.from_numpy(dy))
        ours = conv2d(*arrays, **how), *d_conv2d(*arrays, dy, **how)
        theirs = y.detach(), leaf.grad, layer.weight.grad, layer.bias.grad
        gaps += [np.abs(a - b.numpy()).max() for a, b in zip(ours, theirs, strict=True)]
    return {"conv2d": max(gaps)}


def rates():
    """Follow the distance from all alike on four graphs, from random numbers."""
    found, above = {}, []
    for name in GRAPHS:
        frame = compute(name, "random", 0)
        above.append((frame.spreads / frame.second ** np.arange(33)).max())
        x = np.random.default_rng(184).normal(size=len(frame.values))
        hat = normalised_adjacency(graph_of(name)[0])
        values, vectors = np.linalg.eigh(hat)
        limit = vectors[:, -1] * (vectors[:, -1] @ x)
        power = np.linalg.matrix_power(hat, 400 if name == "line" else 40)
        far = [power @ x - limit, hat @ power @ x - limit]
        ratio = np.linalg.norm(far[1]) / np.linalg.norm(far[0])
        found[name] = ratio / np.sort(np.abs(values))[-2]
    return found | {"above": max(above)}


def steps():
    """Halve the steps on three fields; compare one step with a residual block."""
    found = {}
    for method, count in (("euler", 512), ("rk4", 16)):
        ratios = [halved(f, method, count) for f in FIELDS.values()]
        found[f"{method}, least"], found[f"{method}, most"] = min(ratios), max(ratios)
    rng = np.random.default_rng(185)
    net, x = NeuralODE(2, 16, rng=rng, steps=1), rng.normal(size=(9, 2))
    found["block"] = np.abs(net.forward(x) - (x + net.slopes(x))).max()
    return found


def halved(f, method, count):
    """Give the error with ``count`` steps over that with twice as many."""
    x = np.array(STARTS)
    end = solve(f, x, steps=2048, method="rk4")[-1]
    errors = [
        np.abs(solve(f, x, steps=n, method=method)[-1] - end).max()
        for n in (count, 2 * count)
    ]
    return errors[0] / errors[1]


SPACE = (
    Claim(
        "C18.4",
        "Graph smoothing decays at the second eigenvalue.",
        rates,
        "of the last layers the ratio over the second largest eigenvalue by size is "
        "{club:.4f} on the karate club, {cliques:.4f} on two cliques, {star:.4f} on a "
        "star and {line:.4f} on a line; no distance exceeds the power by more than "
        "{above:.4f} times",
        core=(
            *(Bound(name, 0.999, 1.001) for name in GRAPHS),
            Bound("above", high=1 + 1e-9),
        ),
        note="40 layers from random numbers, on the line 400; the distance is that "
        "from the limit, in which a vertex holds the root of its degree",
    ),
    Claim(
        "C18.5",
        "Euler's error is O(1/N); a residual block is one Euler step.",
        steps,
        "with twice the steps the error of Euler falls by {euler, least:.2f} to "
        "{euler, most:.2f} times, that of RK4 by {rk4, least:.1f} to {rk4, most:.1f} "
        "times; one step and a block differ by {block:.0e}",
        core=(
            Bound("euler, least", low=1.95),
            Bound("euler, most", high=2.05),
            Bound("rk4, least", low=14),
            Bound("rk4, most", high=18),
            Bound("block", high=0),
        ),
        note="three fields, a time of 1, Euler from 512 steps and RK4 from 16",
    ),
)

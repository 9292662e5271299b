"""The claims of 9.8, sixty lines of NumPy."""

from itertools import islice, product

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.book.lines import count_code_lines
from nb_lib.data import spirals
from nb_lib.numpy import init, sixty_lines
from nb_lib.numpy.train import accuracy

SIZES, STEPS = (2, 32, 32, 2), 1000
HOW = {"lr": 0.1, "momentum": 0.9, "batch_size": 128}
WIDTHS = (7, 16, 33)


def lines():
    """Count the lines of the module that the section prints."""
    return {"lines": count_code_lines(sixty_lines)}


def spiral():
    """Train five nets on the spirals, and one net beside its twin."""
    return {
        "least accuracy": min(map(learnt_share, range(5))),
        "greatest difference": twins_apart(),
    }


def learnt_share(seed):
    """Train on 600 points for 1,000 steps; return the accuracy on 2,000 new ones."""
    rng = np.random.default_rng(seed)
    x, labels = spirals(600, rng=rng, noise=0.05)
    net = sixty_lines.MLP(SIZES, rng=rng, activation="relu", init=init.he_normal)
    list(islice(sixty_lines.fit(net, x, labels, rng=rng, **HOW), STEPS))
    return accuracy(net, *spirals(2000, rng=rng, noise=0.05))


def twins_apart():
    """Return the greatest difference of a parameter in 1,000 steps of both twins."""
    import torch

    from nb_lib.torch import init as twin_init
    from nb_lib.torch import sixty_lines as twin_lines

    x, labels = spirals(600, rng=np.random.default_rng(0), noise=0.05)
    ours, theirs = (
        module.MLP(SIZES, rng=np.random.default_rng(7), init=table.xavier_normal)
        for module, table in ((sixty_lines, init), (twin_lines, twin_init))
    )
    tensors = torch.from_numpy(x), torch.from_numpy(labels)
    path = sixty_lines.fit(ours, x, labels, rng=np.random.default_rng(8), **HOW)
    twin = twin_lines.fit(theirs, *tensors, rng=np.random.default_rng(8), **HOW)
    gaps = []
    for _ in islice(zip(path, twin, strict=True), STEPS):
        pairs = zip(ours.w + ours.b, [*theirs.w, *theirs.b], strict=True)
        gaps += [np.abs(p - q.detach().numpy()).max() for p, q in pairs]
    return max(gaps)


def alike():
    """Train from weights of one value; return how far units of a layer come apart.

    The third kind of net starts from 0.3 and not from 0: it moves, and must not come
    apart either.
    """
    x, labels = spirals(600, rng=np.random.default_rng(0), noise=0.05)
    apart, moved = [], []
    starts = (("tanh", 0.0), ("sigmoid", 0.0), ("tanh", 0.3))
    for width, (activation, value) in product(WIDTHS, starts):
        rng, sizes = np.random.default_rng(1), (2, width, width, 2)
        how = {"activation": activation, "init": init.zeros}
        net = sixty_lines.MLP(sizes, rng=rng, **how)
        for w in net.w:
            w += value
        descent = sixty_lines.fit(net, x, labels, rng=rng, lr=0.5, batch_size=128)
        list(islice(descent, 500))
        apart += [np.ptp(w, axis=1).max() for w in net.w[:-1]]
        moved += [np.abs(w - value).max() for w in net.w]
    return {"columns apart": max(apart), "largest move": max(moved)}


CLAIMS = (
    Claim(
        "C8.1",
        "The network, its loss and its descent take at most 60 lines.",
        lines,
        "{lines} lines that are neither blank nor comment nor docstring",
        core=(Bound("lines", high=60),),
    ),
    Claim(
        "C8.2",
        "It reaches 97% on the spiral; given the same weights and batches, the "
        "parameters of PyTorch stay within 1e-12 in float64.",
        spiral,
        "at least {least accuracy:.1%} of 2,000 new points; parameters differ by at "
        "most {greatest difference:.0e} in 1,000 steps",
        core=(
            Bound("least accuracy", low=0.97),
            Bound("greatest difference", high=1e-12),
        ),
        note="the worst of 5 seeds, 1,000 steps each; 1 seed for the twins",
        needs=("PyTorch",),
    ),
    Claim(
        "C8.3",
        "Zero initialisation never separates the hidden units: their columns stay "
        "identical, in a computer up to rounding.",
        alike,
        "columns differ by at most {columns apart:.0e}, while weights move by up to "
        "{largest move:.2f}",
        core=(Bound("columns apart", high=1e-12), Bound("largest move", low=0.01)),
        note="widths 7, 16 and 33; tanh and sigmoid from 0, tanh from 0.3; 500 steps",
    ),
)

"""The claims of 9.3, multilayer perceptrons."""

from itertools import islice, product

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy.affine import collapse
from nb_lib.numpy.many_nets import ManyNets, descend, solved, wilson
from nb_lib.numpy.models import MLP, count_parameters
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.perceptron import threshold
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS

SEEDS, STEPS, RATE = 1000, 500, 0.5
INITS = ("he_normal", "xavier_normal", "torch_default")


def by_hand():
    """Set two hidden units by hand, as thresholds and as ReLU; count parameters."""
    both = np.ones(2)
    either, all_of = (threshold(CORNERS, both, b) for b in (-0.5, -1.5))
    fires = threshold(np.stack([either, all_of], axis=1), np.array([1.0, -1.0]), -0.5)
    net = MLP((2, 2, 1), rng=np.random.default_rng(9))
    hand = {"0.w": np.ones((2, 2)), "0.b": [0, -1], "1.w": [[1], [-2]], "1.b": 0}
    for name, value in hand.items():
        net.params[name][:] = value
    counts = [
        count_parameters(MLP((2, h, 1), rng=np.random.default_rng(9))) - (4 * h + 1)
        for h in range(1, 65)
    ]
    return {
        "thresholds off by": np.abs(fires - LABELS[:, 0]).max(),
        "ReLU off by": np.abs(net.forward(CORNERS) - LABELS).max(),
        "count off by": np.abs(counts).max(),
    }


def share(width, activation, init, *, signs=False, lr=RATE):
    """Train 1,000 seeds on XOR; give the share of them that solve it.

    With ``signs`` false and true are -1 and 1 at the input, else 0 and 1.
    """
    x = 2 * CORNERS - 1 if signs else CORNERS
    rngs = [np.random.default_rng(seed) for seed in range(SEEDS)]
    nets = ManyNets((2, width, 1), rngs=rngs, activation=activation, init=init)
    run = descend(nets, x, LABELS, SGD(nets.params, lr=lr), watch=STEPS)
    for _ in islice(run, STEPS):
        pass
    return float(solved(nets, x, LABELS).mean())


def shares():
    """Measure the four shares of the claim, then two of them over eight recipes."""
    usual = {"relu": "he_normal", "tanh": "xavier_normal"}
    found = {
        f"{activation}, {width} units": share(width, activation, init)
        for activation, init in usual.items()
        for width in (2, 8)
    }
    for activation, init in usual.items():
        over = [
            share(2, activation, other, signs=signs)
            for other, signs in product(INITS, (False, True))
        ]
        over += [share(2, activation, init, lr=lr) for lr in (0.1, 3.0)]
        found[f"{activation}, lowest"], found[f"{activation}, highest"] = (
            min(over),
            max(over),
        )
    low, high = wilson(found["relu, 2 units"] * SEEDS, SEEDS)
    return found | {"half interval": (high - low) / 2}


def one_product():
    """Compare deep nets without a bend with one product; let 1,000 of them try XOR."""
    rng, gaps = np.random.default_rng(933), []
    for depth in range(2, 8):
        sizes = tuple(rng.integers(2, 12, size=depth + 1))
        net = MLP(sizes, rng=rng, activation="identity")
        for layer in range(depth):
            net.params[f"{layer}.b"][:] = rng.normal(size=sizes[layer + 1])
        layers = [(net.params[f"{n}.w"], net.params[f"{n}.b"]) for n in range(depth)]
        w, b = collapse(layers)
        x = rng.normal(size=(50, sizes[0]))
        deep = net.forward(x)
        gaps.append(np.abs(deep - (x @ w + b)).max() / np.abs(deep).max())
    return {"gap": max(gaps), "solve XOR": SEEDS * share(8, "identity", "he_normal")}


CLAIMS = (
    Claim(
        "C3.1",
        "Two hidden units with weights set by hand solve XOR exactly; a 2-h-1 net has "
        "4h + 1 parameters.",
        by_hand,
        "thresholds off by {thresholds off by:.0f}, ReLU off by {ReLU off by:.0f}; the "
        "count off by {count off by:.0f} for h = 1 to 64",
        core=(
            Bound("thresholds off by", high=0),
            Bound("ReLU off by", high=0),
            Bound("count off by", high=0),
        ),
    ),
    Claim(
        "C3.2",
        "Existence is not learning: with 2 ReLU units gradient descent solves XOR from "
        "about one seed in five (22%), with 2 tanh units from 58%, with 8 units from "
        "96% and 100%.",
        shares,
        "ReLU {relu, 2 units:.1%} (± {half interval:.1%}) and tanh {tanh, 2 units:.1%} "
        "with 2 units, {relu, 8 units:.1%} and {tanh, 8 units:.1%} with 8; over eight "
        "recipes ReLU {relu, lowest:.0%} to {relu, highest:.0%}, tanh "
        "{tanh, lowest:.0%} to {tanh, highest:.0%}",
        core=(
            Bound("relu, 2 units", 0.15, 0.25),
            about("tanh, 2 units", 0.58, within=0.1),
            about("relu, 8 units", 0.96, within=0.02),
            Bound("tanh, 8 units", low=0.99),
        ),
        beyond=(
            Bound("tanh, lowest", low=0.58 * 0.9),
            Bound("tanh, highest", high=0.58 * 1.1),
        ),
        verdict="holds with limits",
        limits="the levels belong to the recipe: another initialisation, inputs of ±1 "
        "for 0 and 1, or another rate moves them by more than a tenth; at the rate 0.1 "
        "tanh needs more steps than 500",
        note="1,000 seeds, 500 full-batch steps at rate 0.5, cross-entropy; He for "
        "ReLU, Xavier for tanh, inputs 0 and 1. The recipes: He, Xavier, PyTorch's "
        "default, with inputs 0 and 1 or ±1; then the first one at the rates 0.1 and 3",
    ),
    Claim(
        "C3.3",
        "Without a nonlinearity the network equals one matrix product.",
        one_product,
        "greatest relative gap {gap:.0e}; of 1,000 such nets with 8 hidden units "
        "{solve XOR:.0f} solve XOR",
        core=(Bound("gap", high=1e-12), Bound("solve XOR", high=0)),
        note="2 to 7 layers with biases, widths 2 to 11",
    ),
)

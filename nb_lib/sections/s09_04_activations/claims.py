"""The claims of 9.4, activation functions."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy import gated, slopes
from nb_lib.runs import tunnel
from nb_lib.runs.digits import full_mnist, share_right
from nb_lib.sections.s09_04_activations.extrema import against_pytorch, extrema

NETS, WIDTH, LAYERS = 20, 64, 10
SEEDS, STEPS, DEPTH = range(5), 300, 5


def sigmoid_slopes():
    """Find sigmoid's greatest slope, and what ten layers leave of a delta."""
    _, greatest = slopes.steepest(activation="sigmoid", low=-3.0, high=5.0)
    return {
        "greatest slope": greatest,
        "its tenth power": greatest**LAYERS,
        "kept by rotations": kept("orthogonal", 1.0),
        "kept at gain 4": kept("lecun_normal", 4.0),
    }


def kept(init, gain):
    """Return the greatest share of a delta's norm that passes ten sigmoid layers."""
    rng, greatest = np.random.default_rng(942), 0.0
    how = {"activation": "sigmoid"}
    for _ in range(NETS):
        layers = tunnel.Layers(WIDTH, depth=LAYERS + 1, init=init, gain=gain, rng=rng)
        x, dz = rng.normal(size=(2, 64, WIDTH))
        up = list(tunnel.signals(x, layers, **how))
        *_, first = tunnel.deltas(dz, layers, up, **how)
        shares = np.linalg.norm(first, axis=1) / np.linalg.norm(dz, axis=1)
        greatest = max(greatest, shares.max())
    return greatest


def block_sizes():
    """Count the parameters of a plain block of width 4d and a gated one of 8d/3."""
    width = gated.matched_width(768)
    return {
        "plain": count(768, 4 * 768, is_gated=False),
        "gated": count(768, width, is_gated=True),
        "width": width,
    }


def count(d, hidden, *, is_gated):
    """Add up the matrices of one block."""
    return sum(a * b for a, b in gated.shapes(d, hidden, gated=is_gated))


def deep_nets():
    """Train five hidden layers on MNIST with three activations; medians of seeds."""
    sizes = (784, *[64] * DEPTH, 10)
    kinds = {
        "ReLU": {},
        "sigmoid": {"activation": "sigmoid"},
        "tanh": {"activation": "tanh", "init": "xavier_normal"},
        "sigmoid at gain 4": {
            "activation": "sigmoid",
            "init": "xavier_normal",
            "gain": 4.0,
        },
    }
    return {
        name: np.median(
            [
                share_right(full_mnist(), sizes, steps=STEPS, seed=s, **how)
                for s in SEEDS
            ]
        )
        for name, how in kinds.items()
    }


CLAIMS = (
    Claim(
        "C4.1",
        "Values and derivatives of all activations equal PyTorch's, and stay finite "
        "and silent at ±1000.",
        against_pytorch,
        "at most {gap:.0e} apart in either twin; {not finite:.0f} values not finite, "
        "{warnings:.0f} warnings",
        core=(
            Bound("gap", high=1e-12),
            Bound("not finite", high=0),
            Bound("warnings", high=0),
        ),
        note="nine functions and SwiGLU, float64; 601 places from -30 to 30 and ±1000; "
        "torch's softplus with threshold=40, for by default it is cut off at 20",
        needs=("PyTorch",),
    ),
    Claim(
        "C4.2",
        "The slope of the sigmoid is at most 1/4, so ten layers keep at most 0.25^10 ≈ "
        "9.5e-7 of a gradient.",
        sigmoid_slopes,
        "greatest slope {greatest slope:.4f}, to the power of ten "
        "{its tenth power:.2e}; kept by rotations as weights at most "
        "{kept by rotations:.1e}, by random weights of gain 4 up to "
        "{kept at gain 4:.1e}",
        core=(
            Bound("greatest slope", 0.25, 0.25),
            about("its tenth power", 9.5e-7, within=0.005),
            Bound("kept by rotations", high=0.25**LAYERS),
        ),
        beyond=(Bound("kept at gain 4", high=0.25**LAYERS),),
        verdict="holds with limits",
        limits="where the weights do not stretch; large weights pay back what the "
        "slopes take",
        note="20 nets of width 64, 64 examples each, the greatest share",
    ),
    Claim(
        "C4.3",
        "GELU's minimum is -0.1700 at -0.7518, its greatest slope 1.1289 at √2; SiLU's "
        "minimum is -0.2785 at -1.2784, its greatest slope 1.0998 at 2.399. The tanh "
        "form of GELU is off by at most 4.8e-4.",
        extrema,
        "GELU {gelu low:.5f} at {gelu lowest at:.5f}, slope {gelu slope:.5f} at "
        "{gelu steepest at:.5f}; SiLU {silu low:.5f} at {silu lowest at:.5f}, slope "
        "{silu slope:.5f} at {silu steepest at:.5f}; tanh form off by "
        "{tanh form off by:.2e}",
        core=(
            Bound("last digits off by", high=1),
            Bound("from the closed forms", high=1e-14),
            Bound("tanh form off by", high=4.8e-4),
        ),
        beyond=(Bound("last digits off by", high=0.5),),
        verdict="holds with limits",
        limits="the place of SiLU's minimum, -1.27846, rounds to -1.2785: its last "
        "digit was cut off",
        note="bisection in float64, beside closed forms for all but GELU's minimum; "
        "the last digits in their own units",
    ),
    Claim(
        "C4.4",
        "SwiGLU with hidden width 8d/3 has the parameters of a 4d block: at d = 768 "
        "both have 4,718,592.",
        block_sizes,
        "{plain:,.0f} and {gated:,.0f}, at width {width:,.0f}",
        core=(
            Bound("plain", 4_718_592, 4_718_592),
            Bound("gated", 4_718_592, 4_718_592),
        ),
        note="without biases",
    ),
    Claim(
        "C4.5",
        "Activations that do not saturate train where saturating ones stall: on MNIST "
        "at depth 5, after equal steps, about 92% with ReLU and He, about 11% with "
        "sigmoid.",
        deep_nets,
        "ReLU {ReLU:.0%}, sigmoid {sigmoid:.0%}; but tanh, which saturates too, "
        "{tanh:.0%}, and sigmoid with weights of gain 4 {sigmoid at gain 4:.0%}",
        core=(
            about("ReLU", 0.92, within=0.05),
            about("sigmoid", 0.11, within=0.2),
        ),
        beyond=(
            Bound("tanh", high=0.5),
            Bound("sigmoid at gain 4", high=0.5),
        ),
        verdict="holds with limits",
        limits="it is the slope of 1/4 in the middle that stalls the sigmoid, not its "
        "flat ends: tanh trains, and so does sigmoid where the weights make up for it",
        note="median of 5 seeds, 300 steps of SGD at 0.1, width 64, float32; tanh with "
        "Xavier",
        needs=("full MNIST",),
    ),
)

"""The claims of 9.9, loss functions."""

import warnings

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.data import mnist_subset
from nb_lib.numpy import losses
from nb_lib.numpy.activations import log_softmax, sigmoid, softmax
from nb_lib.numpy.models import MLP

DTYPES = ("float16", "float32", "float64")
SETS, NETS = 100, 10


def against_autograd():
    """Compare (p - y) / N with autograd over random shapes and sizes of the logits."""
    import torch

    rng, gap, rest = np.random.default_rng(99), 0.0, 0.0
    for _ in range(SETS):
        n, classes = rng.integers(1, 9), rng.integers(2, 12)
        z = 10 ** rng.uniform(-2, 2) * rng.normal(size=(n, classes))
        labels = rng.integers(0, classes, size=n)
        ours = losses.d_cross_entropy(z, labels)
        x = torch.tensor(z, requires_grad=True)
        torch.nn.functional.cross_entropy(x, torch.tensor(labels)).backward()
        gap = max(gap, np.abs(ours - x.grad.numpy()).max())
        rest = max(rest, np.abs(ours.sum(axis=1)).max())
    return {"gap": gap, "sum of a row": rest}


def wrong_side():
    """Take the slopes of one logit of 10 whose class is 0."""
    z, t = np.array([10.0]), np.array([0.0])
    p = sigmoid(z)
    by_square = losses.d_mse(p, t) / 2 * p * (1 - p)
    return {
        "squared error": by_square[0],
        "cross-entropy": losses.d_binary_cross_entropy(z, t)[0],
    }


def overflows():
    """Find the largest logit whose exponential is finite, and try ours at 10,000."""
    found = {dtype: largest_exponent(dtype) for dtype in DTYPES}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        z = np.array([[1e4, 0.0, -1e4]])
        parts = [f(z.astype(d)) for d in DTYPES for f in (softmax, log_softmax)]
    bad = sum(int((~np.isfinite(part)).sum()) for part in parts)
    return {**found, "not finite": bad, "warnings": len(caught)}


def largest_exponent(dtype):
    """Halve an interval until it holds the last z with a finite e^z."""
    low, high = 0.0, 1000.0
    kind = np.dtype(dtype).type
    while high - low > 1e-4:
        middle = (low + high) / 2
        with np.errstate(over="ignore"):
            is_finite = np.isfinite(np.exp(kind(middle)))
        low, high = (middle, high) if is_finite else (low, middle)
    return low


def best_constants():
    """Compare each claimed constant with the best of a fine grid; start some nets."""
    rng, excess = np.random.default_rng(99), 0.0
    for _ in range(SETS):
        t = rng.standard_t(3, size=11)
        claimed = (
            (losses.mse, t.mean(), {}),
            (losses.mae, np.median(t), {}),
            (losses.pinball, np.sort(t)[9], {"quantile": 0.9}),
        )
        grid = np.linspace(t.min(), t.max(), 401)
        for loss, constant, how in claimed:
            tried = [loss(np.full(11, c), t, **how) for c in grid]
            mine = loss(np.full(11, constant), t, **how)
            excess = max(excess, mine - min(tried))
    return {"excess": excess} | {
        words: untrained(init)
        for words, init in (("small weights", "torch_default"), ("He", "he_normal"))
    }


def untrained(init):
    """Give the median loss of nets that have seen nothing, on small MNIST."""
    (x, labels), _ = mnist_subset()
    starts = []
    for seed in range(NETS):
        net = MLP((784, 128, 10), rng=np.random.default_rng(seed), init=init)
        starts.append(losses.cross_entropy(net.forward(x), labels))
    return float(np.median(starts))


CLAIMS = (
    Claim(
        "C9.1",
        "Softmax with cross-entropy has the gradient p - y: equal to autograd to "
        "1e-15, and its rows sum to 0.",
        against_autograd,
        "at most {gap:.0e} from autograd; rows sum to 0 within {sum of a row:.0e}",
        core=(Bound("gap", high=1e-15), Bound("sum of a row", high=1e-15)),
        note="100 batches of 1 to 8 rows and 2 to 11 classes, logits of sizes 0.01 to "
        "100, float64; the mean over N rows divides by N",
        needs=("PyTorch",),
    ),
    Claim(
        "C9.2",
        "A sigmoid with squared error learns at 4.5e-5 where cross-entropy learns at "
        "0.99995, at a logit of 10 on the wrong side.",
        wrong_side,
        "{squared error:.2e} and {cross-entropy:.5f}",
        core=(
            about("squared error", 4.5e-5, within=0.02),
            about("cross-entropy", 0.99995, within=1e-5),
        ),
        note="half the squared error, as the chapter has it; the whole one learns at "
        "twice that",
    ),
    Claim(
        "C9.3",
        "The naive softmax overflows past 11.1 (float16), 88.7 (float32) and 709.8 "
        "(float64); ours does not, at 10,000.",
        overflows,
        "e^z is finite up to {float16:.2f}, {float32:.2f} and {float64:.2f}; ours at "
        "10,000: {not finite:.0f} values not finite, {warnings:.0f} warnings",
        core=(
            Bound("float16", 11.04, 11.15),
            Bound("float32", 88.65, 88.75),
            Bound("float64", 709.75, 709.85),
            Bound("not finite", high=0),
            Bound("warnings", high=0),
        ),
        note="softmax and log-softmax in all three types",
    ),
    Claim(
        "C9.4",
        "MSE is minimised by the mean, MAE by the median, the pinball loss by the "
        "quantile. An untrained net of ten classes starts near ln 10 = 2.3026.",
        best_constants,
        "at most {excess:.0e} above the best of 401 constants; untrained nets start at "
        "{small weights:.3f} with small weights, at {He:.3f} with He's",
        core=(
            Bound("excess", high=1e-12),
            about("small weights", 2.3026, within=0.005),
            about("He", 2.3026, within=0.1),
        ),
        beyond=(about("He", 2.3026, within=0.005),),
        verdict="holds with limits",
        limits="near means within a half per cent where the first logits are small; "
        "He's weights make some of them large, and the net starts out wrong",
        note="100 samples of 11 numbers with heavy tails; 784-128-10 on small MNIST, "
        "median of 10 seeds, small weights as PyTorch draws them",
    ),
)

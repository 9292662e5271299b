"""The claims of 9.5, universal approximation."""

from functools import cache, partial
from itertools import pairwise, repeat

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy.approximation import interpolant, interpolation_bound, sup_error
from nb_lib.numpy.losses import mse
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.train import descend

LOW, HIGH = -np.pi, np.pi
INTERVAL = {"low": LOW, "high": HIGH}
WIDTHS = (8, 16, 32, 64, 128, 256)
SEEDS, STEPS, LONG, EXAMPLES, LR = range(5), 2000, 20_000, 256, 0.03
INSIDE = np.linspace(LOW, HIGH, 64 * 256 + 1)[:, None]
BEYOND = np.linspace(HIGH, 2 * HIGH, 4097)[:, None]
OUTSIDE = np.concatenate([-BEYOND, BEYOND])
# smooth functions, each with max |f''| on the interval
SMOOTH = {
    "sine": (np.sin, 1.0),
    "wiggle": (lambda x: np.sin(x) + 0.3 * np.sin(5 * x), 8.5),
    "parabola": (np.square, 2.0),
    "exponential": (np.exp, np.exp(HIGH)),
}


def interpolation():
    """Build nets of 8 to 256 pieces for four functions; set errors beside bounds."""
    shares, errors = [], []
    for name, (f, curvature) in SMOOTH.items():
        for pieces in WIDTHS:
            error = sup_error(f, interpolant(f, pieces, **INTERVAL), INSIDE)
            bound = interpolation_bound(curvature, pieces, **INTERVAL)
            shares.append(error / bound)
            if name == "sine":
                errors.append(error)
    slope, _ = np.polyfit(np.log(WIDTHS), np.log(errors), 1)
    return {
        "largest share": max(shares),
        "error at 64": errors[WIDTHS.index(64)],
        "bound at 64": interpolation_bound(1, 64, **INTERVAL),
        "slope": slope,
        "slope from 64 on": np.log2(errors[-1] / errors[WIDTHS.index(64)]) / 2,
    }


@cache
def trained(width, seed, *, activation="relu", init="he_normal", steps=STEPS):
    """Train a net on 256 places of the sine; Adam's rate falls to 0 in a line."""
    cell = (HIGH - LOW) / EXAMPLES
    x = np.arange(LOW + cell / 2, HIGH, cell)[:, None].astype("float32")
    rng = np.random.default_rng(seed)
    sizes = (1, width, 1)
    net = MLP(sizes, rng=rng, activation=activation, init=init, dtype="float32")
    adam = Adam(net.params, lr=LR)
    data = repeat((x, np.sin(x)), steps)
    for step in descend(net, mse, data, adam, watch=steps):
        adam.lr = LR * (1 - step.count / steps)
    return net


tanh_net = partial(trained, activation="tanh", init="xavier_normal")


def gaps(width, train=trained, error=sup_error):
    """Give the error of each seed's net over that of the built one."""
    built = error(np.sin, interpolant(np.sin, width, **INTERVAL), INSIDE)
    errors = [error(np.sin, train(width, seed), INSIDE) for seed in SEEDS]
    return np.array(errors) / built


def rms_error(f, net, x):
    """Give the root of the mean square of f(x) - g(x), which training makes small."""
    return float(np.sqrt(np.mean((f(x) - net.forward(x)) ** 2)))


def built_and_trained():
    """Compare at every width; then more steps, then tanh."""
    found = {width: gaps(width) for width in WIDTHS}
    medians = [np.median(found[width]) for width in WIDTHS]
    built = sup_error(np.sin, interpolant(np.sin, 64, **INTERVAL), INSIDE)
    patient = sup_error(np.sin, trained(64, 0, steps=LONG), INSIDE)
    return {
        "gap at 8": medians[0],
        "gap at 64": medians[3],
        "gap at 256": medians[-1],
        "least growth": min(b / a for a, b in pairwise(medians)),
        "least gap of a seed": min(ratios.min() for ratios in found.values()),
        "gap at 64 after 20,000 steps": patient / built,
        "gap at 8 with tanh": np.median(gaps(8, tanh_net)),
        **{
            f"rms gap at {width}": np.median(gaps(width, error=rms_error))
            for width in (8, 64, 256)
        },
    }


def outside():
    """Look between the interval's ends and twice as far."""
    nets = {
        "built": [interpolant(np.sin, 64, **INTERVAL)],
        "trained": [trained(64, seed) for seed in SEEDS],
        "with tanh": [tanh_net(64, seed) for seed in SEEDS],
    }
    found = {
        name: min(sup_error(np.sin, net, OUTSIDE) for net in some)
        for name, some in nets.items()
    }
    inside = max(
        sup_error(np.sin, net, INSIDE) for some in nets.values() for net in some
    )
    return {**found, "largest inside": inside}


CLAIMS = (
    Claim(
        "C5.1",
        "N ReLU pieces interpolate a smooth f with an error of at most max|f''| h²/8, "
        "for the sine 1.203e-3 against 1.205e-3 at N = 64, and the error falls with "
        "slope -2 on log-log axes.",
        interpolation,
        "for the sine {error at 64:.4g} against {bound at 64:.4g} at N = 64, slope "
        "{slope:.3f} over N = 8 to 256, {slope from 64 on:.4f} from 64 to 256; over "
        "four functions at most {largest share:.6f} of the bound",
        core=(
            Bound("largest share", high=1 + 1e-9),
            about("error at 64", 1.203e-3, within=5e-4),
            about("bound at 64", 1.205e-3, within=5e-4),
            about("slope", -2, within=0.02),
        ),
        note="[-π, π], N = 8, 16, ..., 256; sine, sin x + 0.3 sin 5x, x², exp; errors "
        "on 16,385 places",
    ),
    Claim(
        "C5.2",
        "What can be built need not be found: the trained net of the same width is "
        "worse, and the gap grows with the width.",
        built_and_trained,
        "the trained ReLU net's error is {gap at 8:.1f} times the built one's at width "
        "8, {gap at 64:.0f} times at 64, {gap at 256:.0f} times at 256 (best seed of "
        "all widths: {least gap of a seed:.1f}); after 20,000 steps at 64 "
        "{gap at 64 after 20,000 steps:.1f} times; with tanh at width 8 "
        "{gap at 8 with tanh:.2f} times; judged by the root mean square, on which it "
        "was trained, {rms gap at 8:.2f} times at 8, {rms gap at 64:.0f} at 64, "
        "{rms gap at 256:.0f} at 256",
        core=(
            Bound("gap at 8", low=1),
            Bound("least growth", low=1),
        ),
        beyond=(
            Bound("gap at 8 with tanh", low=1),
            Bound("rms gap at 8", low=1),
        ),
        verdict="holds with limits",
        limits="for ReLU nets; a trained tanh net of 8 units beats 8 straight pieces, "
        "more steps narrow the gap, and judged by the mean square a trained net of 8 "
        "ReLU units is no worse",
        note="sine, 256 examples, Adam, 2,000 steps with the rate falling from 0.03 to "
        "0, He for ReLU and Xavier for tanh, medians of 5 seeds, float32",
    ),
    Claim(
        "C5.3",
        "The theorem speaks of a compact set: outside the interval both the built and "
        "the trained net fail.",
        outside,
        "greatest error between the interval's ends and twice as far: {built:.2f} "
        "built; at least {trained:.2f} trained, {with tanh:.2f} with tanh; inside at "
        "most {largest inside:.3f}",
        core=(
            Bound("built", low=1),
            Bound("trained", low=0.5),
            Bound("with tanh", low=0.5),
            Bound("largest inside", high=0.1),
        ),
        note="sine, width 64, 5 seeds, the best of them outside, the worst inside",
    ),
)

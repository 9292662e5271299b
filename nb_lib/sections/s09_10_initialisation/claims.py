"""The claims of 9.10, initialisation."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.propagation import forward_variances, slope_moment
from nb_lib.runs import tunnel
from nb_lib.runs.digits import full_mnist, share_right

WIDTH, NETS = 512, 8
DEPTHS, SEEDS = (3, 4, 5, 6, 10), range(5)
GAIN = 5 / 3


def ratios():
    """Measure the factor by which a ReLU layer multiplies the mean square."""
    schemes = {"He": "he_normal", "1/fan_in": "lecun_normal"}
    schemes |= {"PyTorch": "torch_default"}
    found = {}
    for name, init in schemes.items():
        sizes, _ = travel(init, depth=21, activation="relu")
        found[name] = (sizes[20] / sizes[0]) ** (1 / 20)
    return found


def travel(init, *, depth, activation, gain=1.0):
    """Send signals up and random deltas down through untrained nets.

    Returns both mean squares, (2, depth), as means over ``NETS`` nets.
    """
    rng, found = np.random.default_rng(10), []
    for _ in range(NETS):
        layers = tunnel.Layers(WIDTH, depth=depth, init=init, gain=gain, rng=rng)
        x, dz = rng.normal(size=(2, 64, WIDTH))
        up = list(tunnel.signals(x, layers, activation=activation))
        down = list(tunnel.deltas(dz, layers, up, activation=activation))[::-1]
        found.append([[tunnel.mean_square(z) for z in zs] for zs in (up, down)])
    return np.mean(found, axis=0)


def tanh_variances():
    """Follow tanh under Xavier with gain 1 and gain 5/3, in theory and in nets."""
    how = {"activation": "tanh"}
    theory = forward_variances(1.0, depth=1000, weight_variance=1, **how)
    forward, _ = travel("xavier_normal", depth=50, **how)
    settled = forward_variances(1.0, depth=60, weight_variance=GAIN**2, **how)[-1]
    up, down = travel("xavier_normal", depth=40, gain=GAIN, **how)
    return {
        "2l·q at layer 1,000": 2000 * theory[-1],
        "2l·q at layer 50 of the nets": 100 * forward[-1],
        "settled at": settled,
        "nets settled at": up[20:].mean(),
        "backward factor": GAIN**2 * slope_moment(settled, **how),
        "backward factor of the nets": (down[5] / down[-1]) ** (1 / 34),
    }


def depths():
    """Train at several depths, with He's and with PyTorch's default scale."""
    he = {depth: usual_share(depth, "he_normal") for depth in DEPTHS}
    default = {depth: usual_share(depth, "torch_default") for depth in DEPTHS}
    adam = {"optimiser": Adam, "lr": 1e-3, "steps": 1000}
    return {
        "He at depth 10": he[10],
        "default at depth 10": default[10],
        "half of He's from depth": next(
            (depth for depth in DEPTHS if default[depth] < he[depth] / 2), np.nan
        ),
        "default at depth 10 under Adam": usual_share(10, "torch_default", **adam),
    }


def usual_share(depth, init, *, steps=300, **options):
    """Return the median accuracy over the seeds."""
    sizes = (784, *[64] * depth, 10)
    how = {"steps": steps, "init": init, **options}
    return np.median([share_right(full_mnist(), sizes, seed=s, **how) for s in SEEDS])


CLAIMS = (
    Claim(
        "C10.1",
        "Behind a ReLU the second moment changes per layer by 1 with He, by 1/2 with "
        "1/fan_in, by 1/6 with PyTorch's default.",
        ratios,
        "{He:.3f} with He, {1/fan_in:.3f} with 1/fan_in, {PyTorch:.4f} with the "
        "default",
        core=(
            about("He", 1, within=0.05),
            about("1/fan_in", 1 / 2, within=0.05),
            about("PyTorch", 1 / 6, within=0.05),
        ),
        note="mean of 8 nets, 20 layers of 512 units",
    ),
    Claim(
        "C10.2",
        "tanh with Xavier does not settle: the variance decays like 1/(2l). With the "
        "gain 5/3 it settles at 1.178, and the backward signal grows by 1.21 a layer.",
        tanh_variances,
        "2l·q = {2l·q at layer 1,000:.3f} at layer 1,000 in theory, "
        "{2l·q at layer 50 of the nets:.2f} at layer 50 of random nets; with the gain "
        "{settled at:.3f} in theory, {nets settled at:.2f} in nets; backward "
        "{backward factor:.3f} and {backward factor of the nets:.2f}",
        core=(
            about("2l·q at layer 1,000", 1, within=0.02),
            about("2l·q at layer 50 of the nets", 1, within=0.2),
            about("settled at", 1.178, within=0.001),
            about("nets settled at", 1.178, within=0.05),
            about("backward factor", 1.21, within=0.005),
            about("backward factor of the nets", 1.21, within=0.02),
        ),
        note="mean of 8 nets of width 512; q is the variance of z in layer l",
    ),
    Claim(
        "C10.3",
        "Careful initialisation is mandatory above about ten layers: on MNIST, after "
        "300 steps of SGD at depth 10, about 90% with He, about 11% with the default "
        "scale; it bites from depth 5 on.",
        depths,
        "{He at depth 10:.0%} with He, {default at depth 10:.0%} with the default "
        "scale, below half of He's from depth {half of He's from depth:.0f}; with the "
        "default scale and Adam, 1,000 steps: {default at depth 10 under Adam:.0%}",
        core=(
            about("He at depth 10", 0.9, within=0.05),
            Bound("default at depth 10", high=0.15),
            Bound("half of He's from depth", 5, 5),
        ),
        beyond=(Bound("default at depth 10 under Adam", high=0.15),),
        verdict="holds with limits",
        limits="mandatory for plain SGD; Adam trains ten layers from the default scale",
        note="median of 5 seeds; depths 3, 4, 5, 6 and 10, width 64, float32",
        needs=("full MNIST",),
    ),
)

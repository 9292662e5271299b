"""§9.4: what a stack of layers leaves of a gradient, by the slope of its activation."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, Slider
from nb_lib.numpy.activations import d_leaky_relu, leaky_relu
from nb_lib.runs import tunnel
from nb_lib.sections.s09_04_activations.picture import GRID, picture, shares

WIDTH, BATCH = 64, 128
SHOWN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus")
SHOWN += ("gelu", "silu", "identity")
FLAT = 1e-3  # a slope below this counts as none, whatever the activation
GAINS = (1.0, 1.2, 1.3, 1.4, 2.0, 3.0, 5.0, 10.0, 10.6, 12.0, 15.0)


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; sizes not yet measured are nan."""

    name: str
    gain: float
    values: np.ndarray  # (201,), f on GRID
    slopes: np.ndarray  # (201,), f' on GRID
    first: np.ndarray  # (bins,), shares of the pre-activations of hidden layer 1
    last: np.ndarray  # (bins,), the same of the last hidden layer
    flat: float  # share of the last hidden layer where |f'| is below FLAT
    rms_slope: float  # root of the mean of f'² in the last hidden layer
    budget: np.ndarray  # (depth + 1,), what the slopes let through to each layer
    sizes: np.ndarray  # (depth + 1,), rms of dL/dz over that of the output, the last


def compute(activation, slope, depth, gain, spread):
    """Send normal x up through random layers, then random deltas down."""
    pair = functions(activation, slope)
    weights, signal = np.random.default_rng(9).spawn(2)
    layers = tunnel.Layers(
        WIDTH, depth=depth + 1, init="lecun_normal", gain=gain, rng=weights
    )
    x, dz = signal.normal(size=(2, BATCH, WIDTH))
    below = list(tunnel.signals(spread * x, layers, activation=pair))
    slopes = [pair[1](z) for z in below[:-1]]
    known = {
        "name": words.ACTIVATIONS[activation],
        "gain": gain,
        "values": pair[0](GRID),
        "slopes": pair[1](GRID),
        "first": shares(below[0]),
        "last": shares(below[-2]),
        "flat": float(np.mean(np.abs(slopes[-1]) < FLAT)),
        "rms_slope": tunnel.mean_square(slopes[-1]) ** 0.5,
        "budget": budget(slopes, gain),
    }
    yield Frame(**known, sizes=np.full(depth + 1, np.nan))
    down = tunnel.deltas(dz, layers, below, activation=pair)
    sizes = np.sqrt([tunnel.mean_square(delta) for delta in down])[::-1]
    yield Frame(**known, sizes=sizes / sizes[-1])


def budget(slopes, gain):
    """Multiply gain · rms slope from the output, 1, down to each hidden layer.

    ``slopes`` holds f' (N, width) of each hidden layer. Each example multiplies along
    its own way, for one that meets steep slopes in one layer does so in the next; then
    the root of the mean square over the examples is taken.
    """
    squares = [np.ones(BATCH)]
    for each in slopes[::-1]:
        squares.append(squares[-1] * gain**2 * np.mean(each**2, axis=1))
    return np.sqrt(np.mean(squares, axis=1))[::-1]


def functions(activation, slope):
    """Give (f, f') of a name; Leaky ReLU takes its slope along."""
    if activation == "leaky_relu":
        return partial(leaky_relu, slope=slope), partial(d_leaky_relu, slope=slope)
    return tunnel.pair(activation)


def describe(frame):
    """Say the numbers that matter in one sentence."""
    depth, factor = len(frame.sizes) - 1, frame.gain * frame.rms_slope
    layers = f"{depth} hidden layer{'s' * (depth > 1)} of {frame.name}"
    kept, how = frame.sizes[0], "the error signal is multiplied by"
    if np.isnan(kept):
        kept, how = frame.budget[0], "the error signal should be multiplied by"
    return (
        f"On its way down through {layers} with weight gain {frame.gain:g} {how} "
        f"{words.rounded(kept)}. The last of these layers contributes a factor of "
        f"{words.rounded(factor)}, the gain times its rms slope of "
        f"{frame.rms_slope:.2g}; {frame.flat:.0%} of its slopes are below {FLAT:g}."
    )


slope = Explorer(
    id="slope",
    title="Slope budget",
    controls={
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, *SHOWN),
            start="sigmoid",
            recorded=("sigmoid", "tanh", "relu", "leaky_relu", "gelu", "silu"),
        ),
        "slope": Slider(
            "leaky slope",
            low=0.0,
            high=1.0,
            start=0.1,
            step=0.01,
            recorded=(0.0, 0.1, 0.6, 1.0),
        ),  # fmt: skip
        "depth": Slider(
            "hidden layers", low=1, high=50, start=10, recorded=(2, 10, 50)
        ),
        "gain": Slider(
            "weight gain",
            low=0.5,
            high=15.0,
            start=1.0,
            step=0.1,
            recorded=GAINS,
        ),  # fmt: skip
        "spread": Slider(
            "input spread",
            low=0.0,
            high=5.0,
            start=1.0,
            step=0.25,
            recorded=(0.0, 1.0, 5.0),
        ),  # fmt: skip
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.6),
    together=("activation", "depth", "gain"),
    also=(
        {
            "activation": ("leaky_relu",),
            "slope": (0.0, 0.6, 1.0),
            "depth": (10, 50),
            "gain": GAINS,
        },
        {"activation": ("relu",), "depth": (10, 50), "spread": (0.0, 5.0)},
    ),
    presets={
        "fifty layers of sigmoid": {"depth": 50},
        "ten layers of tanh": {"activation": "tanh"},
        "gain 3": {"gain": 3.0},
        "fifty layers, gain 10.6": {"depth": 50, "gain": 10.6},
        "fifty layers, gain 15": {"depth": 50, "gain": 15.0},
        "ReLU, gain 1.4": {"activation": "relu", "depth": 50, "gain": 1.4},
        "GELU, gain 1.4": {"activation": "gelu", "depth": 50, "gain": 1.4},
        "tanh, gain 1.4": {"activation": "tanh", "depth": 50, "gain": 1.4},
        "ReLU on its kink": {"activation": "relu", "spread": 0.0},
    },
)

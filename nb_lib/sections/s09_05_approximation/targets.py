"""The functions that 9.5 approximates, and the nets that are built for them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from nb_lib.live import LogSlider
from nb_lib.numpy.approximation import interpolant, interpolation_bound, staircase
from nb_lib.numpy.losses import mse

LOW, HIGH, REACH = -np.pi, np.pi, 2 * np.pi
WIDTH = LogSlider(
    "width", low=2, high=256, start=64, whole=True, recorded=(2, 5, 20, 64, 256)
)
EXAMPLES = 256
SHARPNESS = 20
EDGE = 1e-6  # from either side of 0, where a jump is nearest
PLACES = np.linspace(-REACH, REACH, 321)[:, None]  # where a net is drawn
OUTSIDE = PLACES[(PLACES < LOW) | (PLACES > HIGH)][:, None]
INSIDE = np.sort(np.append(np.linspace(LOW, HIGH, 1025), [-EDGE, EDGE]))[:, None]
FINE = np.sort(np.append(np.linspace(LOW, HIGH, 4097), [-EDGE, EDGE]))[:, None]
INTERVAL = {"low": LOW, "high": HIGH}


def wiggle(x):
    """sin x + 0.3 sin 5x; f'' is -8.5 at π/2, and nowhere larger in size."""
    return np.sin(x) + 0.3 * np.sin(5 * x)


def jump(x):
    """0 left of zero, 1 right of it, 1/2 at it."""
    near = np.abs(x) < EDGE / 1000  # knots come to 0 within rounding
    return np.where(near, 0.5, x > 0)


@dataclass(frozen=True)
class Target:
    """A function, max |f''| on the interval where there is one, and limits for y."""

    f: Callable
    curvature: float | None
    limits: tuple[float, float]


TARGETS = {
    "sin": Target(np.sin, 1.0, (-2.4, 2.4)),
    "|x|": Target(np.abs, None, (-1.6, 7.6)),
    "jump": Target(jump, None, (-1.1, 2.1)),
    "wiggle": Target(wiggle, 8.5, (-2.8, 2.8)),
}


@cache
def examples(function):
    """Return 256 inputs in the middles of equal cells, and the values there."""
    cell = (HIGH - LOW) / EXAMPLES
    x = np.arange(LOW + cell / 2, HIGH, cell)[:, None]
    return x, TARGETS[function].f(x)


def built(function, net, width):
    """Build the net of ``width`` units: "pieces" of ReLU or "steps" of sigmoid."""
    f = TARGETS[function].f
    if net == "pieces":
        return interpolant(f, width, **INTERVAL)
    return staircase(f, width + 1, **INTERVAL, sharpness=SHARPNESS)


@cache
def built_error(function, net, width):
    """Give the greatest error of a built net inside the interval."""
    model, wanted = built(function, net, width), TARGETS[function].f(FINE)
    return float(np.abs(model.forward(FINE) - wanted).max())


@cache
def built_loss(function, width):
    """Give the mean squared error of the ReLU pieces on the examples."""
    x, y = examples(function)
    return float(mse(built(function, "pieces", width).forward(x), y))


def bound(function, width):
    """M h² / 8 for this many pieces, nan where f has no second derivative."""
    curvature = TARGETS[function].curvature
    if curvature is None:
        return np.nan
    return interpolation_bound(curvature, width, **INTERVAL)


def both_errors(function, model):
    """Give the greatest errors inside the interval, and outside up to ``REACH``."""
    f = TARGETS[function].f
    return [float(np.abs(model.forward(x) - f(x)).max()) for x in (INSIDE, OUTSIDE)]

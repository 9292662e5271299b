"""Exercises of 9.10, Initialisation.

9.10.1  ``relu_std(fan_in, slope)`` -> the standard deviation of the weights that keeps
        the second moment through a leaky ReLU of that slope (0 is plain ReLU).
9.10.2  ``xavier_bound(fan_in, fan_out)`` -> a, so that U(-a, a) has the variance
        2 / (fan_in + fan_out).
9.10.3  ``variance_map(q, gain)`` -> the variance of the next layer's z under tanh:
        gain**2 * E[tanh(z)**2] for z ~ N(0, q) and weights of variance
        gain**2 / fan_in. Any quadrature will do; it is compared at 0.2 %.
9.10.4  a tuple ``(lecun, he, default)``: for ReLU, the second moment of the output of
        layer 20 over that of the input, under the weight variances 1 / fan_in,
        2 / fan_in and 1 / (3 fan_in). Compared at 1 %.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy.propagation import signal_moment


def relu_std(fan_in, slope):
    """Give √(2 / ((1 + slope²) fan_in)); He et al. (2015), equation 15."""
    return np.sqrt(2 / ((1 + slope**2) * fan_in))


def xavier_bound(fan_in, fan_out):
    """Give √(6 / (fan_in + fan_out)); Glorot & Bengio (2010), equation 16."""
    return np.sqrt(6 / (fan_in + fan_out))


def variance_map(q, gain):
    """Give gain² E[tanh(z)²], z ~ N(0, q); Poole et al. (2016), equation 3."""
    return gain**2 * signal_moment(q, activation="tanh")


def layer_20():
    """Give the ratio per layer, 1/2, 1 and 1/6, to the power 20."""
    return (1 / 2) ** 20, 1.0, (1 / 6) ** 20


def _without_expectation(q, gain):
    return gain**2 * np.tanh(np.sqrt(q)) ** 2


def _variance_as_std(q, gain):
    return variance_map(q**2, gain)


def _gain_once(q, gain):
    return variance_map(q, gain) / gain


def _gain_forgotten(q, gain):
    return variance_map(q, 1)


def _linear(q, gain):
    return gain**2 * q


EXERCISES = (
    Exercise(
        "9.10.1",
        "The factor 2",
        relu_std,
        lambda: [(64, 0.0), (256, 0.0), (100, 0.2), (50, 1.0)],
        slips={
            "the factor 2 is missing: ReLU sets half of the second moment to 0": (
                lambda fan_in, slope: np.sqrt(1 / ((1 + slope**2) * fan_in))
            ),
            "the slope is missing: a leaky ReLU lets slope**2 of the other half "
            "through": lambda fan_in, slope: np.sqrt(2 / fan_in),
            "the square: the slope enters as 1 + slope**2, not as (1 + slope)**2": (
                lambda fan_in, slope: np.sqrt(2 / fan_in) / (1 + slope)
            ),
            "the square is missing: the slope enters as 1 + slope**2": (
                lambda fan_in, slope: np.sqrt(2 / ((1 + slope) * fan_in))
            ),
            "the factor 2 and the slope are missing: ReLU sets half of the second "
            "moment to 0": lambda fan_in, slope: np.sqrt(1 / fan_in),
            "the root is missing: this is the variance": (
                lambda fan_in, slope: 2 / ((1 + slope**2) * fan_in)
            ),
            "the root is taken of the fraction's lower part only": (
                lambda fan_in, slope: 2 / np.sqrt((1 + slope**2) * fan_in)
            ),
        },
        lesson="At slope 1 nothing is lost, and the 2 is gone.",
    ),
    Exercise(
        "9.10.2",
        "From a variance to a bound",
        xavier_bound,
        lambda: [(64, 64), (784, 128), (10, 500)],
        slips={
            "the standard deviation stands where the bound belongs: U(-a, a) has "
            "variance a**2 / 3": lambda m, n: np.sqrt(2 / (m + n)),
            "the width stands where the half width belongs: U(-a, a) is 2a wide, and "
            "its variance (2a)**2 / 12 is a**2 / 3": lambda m, n: np.sqrt(24 / (m + n)),
            "fan_out is missing: this bound keeps the forward variance only": (
                lambda m, n: np.sqrt(3 / m)
            ),
            "fan_in is missing: this bound keeps the backward variance only": (
                lambda m, n: np.sqrt(3 / n)
            ),
            "the mean of the fans is missing its 1/2: the variance is "
            "2 / (fan_in + fan_out)": lambda m, n: np.sqrt(3 / (m + n)),
            "the root is missing: this is a**2": lambda m, n: 6 / (m + n),
        },
        lesson="A uniform law reaches √3 standard deviations, no further.",
    ),
    Exercise(
        "9.10.3",
        "The critical gain of tanh",
        variance_map,
        lambda: [(1.0, 1.0), (0.3, 5 / 3), (1.178, 5 / 3), (1e-4, 0.9), (4.0, 2.0)],
        slips={
            "the expectation is missing: tanh of the standard deviation is not the "
            "root mean square of tanh": _without_expectation,
            "the variance stands where the standard deviation belongs: z is "
            "sqrt(q) * u for u ~ N(0, 1)": _variance_as_std,
            "the gain enters once: the variance carries its square": _gain_once,
            "the gain is missing": _gain_forgotten,
            "tanh is missing: gain**2 * q holds near zero only": _linear,
        },
        rtol=2e-3,
        lesson="Near zero the map has the slope gain**2: below gain 1 the signal dies, "
        "at 1 it fades like 1/(2l), and at 5/3 it settles where q = 1.178.",
    ),
    Exercise(
        "9.10.4",
        "The signal at layer 20",
        layer_20,
        outputs=("1/fan_in", "He", "PyTorch's default"),
        slips={
            "off by one: 20 layers have 20 ReLUs, the first included": (
                (1 / 2) ** 19,
                1.0,
                (1 / 6) ** 19,
            ),
            "the half that ReLU sets to 0 is missing": (1.0, 2.0**20, (1 / 3) ** 20),
            "the half is missing in PyTorch's default: 1/3 of the variance, then 1/2 "
            "for ReLU": ((1 / 2) ** 20, 1.0, (1 / 3) ** 20),
            "amplitudes stand where second moments belong: square them": (
                (1 / 2) ** 10,
                1.0,
                (1 / 6) ** 10,
            ),
            "one layer's ratio stands where that of 20 belongs": (1 / 2, 1.0, 1 / 6),
        },
        rtol=1e-2,
        lesson="Under PyTorch's default a signal that enters as 1 leaves as 3e-16.",
    ),
)

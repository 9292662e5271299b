"""Exercises of 9.10, Initialisation.

9.10.1  ``relu_std(fan_in, slope)`` -> the standard deviation of the weights that keeps
        the second moment through a leaky ReLU of that slope (0 is plain ReLU).
9.10.2  ``xavier_bound(fan_in, fan_out)`` -> a, so that U(-a, a) has the variance
        2 / (fan_in + fan_out).
9.10.3  a tuple ``(lecun, default, he)``: for ReLU with skip connections, the variance
        of z in layer 20 for inputs of mean square 1, under the weight variances
        1 / fan_in, 1 / (3 fan_in) and 2 / fan_in. Compared at 1%.
9.10.4  ``settled(gain)`` -> the variance of z far up a net of tanh(z / 2) whose weights
        have variance gain**2 / fan_in: 0 where the signal dies. What is below ``FADED``
        counts as 0, because at the critical gain the signal dies slowly.
"""

from numbers import Real

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.numpy.propagation import signal_moment

FADED = 0.06  # the variance at the critical gain after about 32 layers


def relu_std(fan_in, slope):
    """Give √(2 / ((1 + slope²) fan_in)); He et al. (2015), equation 15."""
    return np.sqrt(2 / ((1 + slope**2) * fan_in))


def xavier_bound(fan_in, fan_out):
    """Give √(6 / (fan_in + fan_out)); Glorot & Bengio (2010), equation 16."""
    return np.sqrt(6 / (fan_in + fan_out))


def layer_20():
    """Give q(1) = fan_in · Var(w), then 19 steps of ×(1 + 1/2), (1 + 1/6), (1 + 1)."""
    return (1 + 1 / 2) ** 19, (1 + 1 / 6) ** 19 / 3, 2.0 * 2**19


def settled(gain):
    """Give the q > 0 with gain² E[tanh(z/2)²] = q, z ~ N(0, q), by bisection, or 0."""
    if gain <= 2:  # |tanh(z/2)| < |z|/2: each layer loses
        return 0.0
    low, high = 0.0, float(gain**2)
    for _ in range(60):
        q = (low + high) / 2
        low, high = (q, high) if variance_map(q, gain) > q else (low, q)
    return q


def variance_map(q, gain):
    """Give gain² E[tanh(z/2)²], z ~ N(0, q); Poole et al. (2016), equation 3."""
    return gain**2 * signal_moment(q / 4, activation="tanh")


def run_settled(function, gain):
    """Call an answer to 9.10.4; a number below ``FADED`` has faded: 0."""
    q = function(gain)
    if np.ndim(q) == 0 and hasattr(q, "item"):  # of NumPy or PyTorch
        q = q.item()
    is_number = isinstance(q, Real) and not isinstance(q, bool)
    return 0.0 if is_number and 0 <= q < FADED else q


def _after(layers, step):
    """Answer 9.10.4 by a fixed number of layers of ``step(q, gain)``."""

    def wrong(gain):
        q = 1.0
        for _ in range(layers):
            q = step(q, gain)
        return q

    return wrong


def _whole_tanh(q, gain):
    return gain**2 * signal_moment(q, activation="tanh")


def _without_expectation(q, gain):
    return gain**2 * np.tanh(np.sqrt(q) / 2) ** 2


def _variance_as_std(q, gain):
    return variance_map(q**2, gain)


def _gain_once(q, gain):
    return variance_map(q, gain) / gain


TOO_FEW = {
    "too few layers: at the border the signal fades so slowly that even after "
    f"{layers} of them it is not gone": _after(layers, variance_map)
    for layers in range(2, 33)  # from 33 on q is below FADED
}

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
            "this is a root of 2 too large: is the root taken of the fraction's lower "
            "part only, or has the 2 become a 4?": (
                lambda fan_in, slope: 2 / np.sqrt((1 + slope**2) * fan_in)
            ),
        },
        lesson="At slope 1 nothing is lost, and the 2 is gone.",
        secrets=(r"leaky", r"1 ?\+ ?(s|slope) ?(\^|\*\*|²)"),
    ),
    Exercise(
        "9.10.2",
        "From a variance to a bound",
        xavier_bound,
        lambda: [(64, 64), (784, 128), (10, 500)],
        slips={
            "this is the standard deviation, not the bound: U(-a, a) has "
            "variance a**2 / 3": lambda m, n: np.sqrt(2 / (m + n)),
            "the bound is half of the interval's width: U(-a, a) is 2a wide, and "
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
        lesson="A uniform distribution reaches √3 standard deviations, no further.",
        secrets=(
            r"6 ?/ ?\(?(\\?text\{)?fan",
            r"(√3|sqrt\{?\(?3\)?\}?) ?\\?,?(σ|\\sigma)",
            r"a(\^2|²|\*\*2) ?/ ?3|frac\{a\^2\}\{3\}",
        ),
    ),
    Exercise(
        "9.10.3",
        "The variance at layer 20",
        layer_20,
        outputs=("1/fan_in", "PyTorch's default", "He"),
        slips={
            "off by one: between layer 1 and layer 20 there are 19 steps": (
                1.5**20,
                (7 / 6) ** 20 / 3,
                2.0**21,
            ),
            "the first layer differs from the others: without a ReLU below it and "
            "without a skip connection it multiplies by fan_in times the variance of "
            "its weights": (1.5**20, (7 / 6) ** 20, 2.0**20),
            "the first layer is missing: it multiplies the 1 that enters by fan_in "
            "times the variance of its weights": (1.5**19, (7 / 6) ** 19, 2.0**19),
            "the half that ReLU sets to 0 is missing": (
                2.0**19,
                (4 / 3) ** 19 / 3,
                2.0 * 3**19,
            ),
            "standard deviations where variances belong: square them": (
                1.5**9.5,
                (1 / 3) ** 0.5 * (7 / 6) ** 9.5,
                2.0**10,
            ),
            "the skip connections are missing: z itself is added to what the layer "
            "makes of it": ((1 / 2) ** 19, (1 / 6) ** 19 / 3, 2.0),
            "the skip connection adds anew in every layer: what grows by a constant "
            "factor does not grow by a constant amount": (
                1 + 19 / 2,
                (1 + 19 / 6) / 3,
                40.0,
            ),
        },
        rtol=1e-2,
        lesson="The path that changes nothing adds 1 to the number of a layer, so that "
        "no weights can bring it below 1: section 9.11 needs smaller weights or "
        "normalisation to hold the growth back.",
        secrets=(
            r"2\^\{?-?(19|20)\b",
            r"(7/6|\\frac\{?7\}?\{?6)",
            r"\*\* ?-?(19|20)\b",
            r"524[.,]?288|1[.,]048[.,]576",
            r"variance doubles|twice the variance|doubles? the variance",
        ),
    ),
    Exercise(
        "9.10.4",
        "The critical gain",
        settled,
        lambda: [(1.4,), (2.0,), (2.4,), (3.0,), (10 / 3,)],
        slips={
            **TOO_FEW,
            "the activation is tanh(z / 2), not tanh(z)": _after(300, _whole_tanh),
            "the expectation is missing: tanh of the standard deviation is not the "
            "root mean square of tanh": _after(300, _without_expectation),
            "the variance, where the standard deviation belongs: z is sqrt(q) * u for "
            "u ~ N(0, 1)": _after(300, _variance_as_std),
            "the gain enters once, so that every signal dies: the variance carries its "
            "square": _after(300, _gain_once),
            "this is one layer only: go on until the variance no longer moves": _after(
                1, variance_map
            ),
        },
        rtol=1e-2,
        run=run_settled,
        lesson="Plot it against the gain: it leaves zero at gain 2, because near z = 0 "
        "the slope of tanh(z / 2) is 1/2, and a layer multiplies the variance of a "
        "weak signal by (gain / 2)**2.",
        secrets=(
            r"critical gain",
            r"gains? (above|below|beyond|under) (1|one|2|two)\b",
            r"tanh\(? ?z ?/ ?2|gain ?/ ?2",
            r"fixed point|bisect",
        ),
    ),
)

"""The run of 9.4.1, which hears each warning, with the reference and the slips."""

import warnings

import numpy as np

from nb_lib.book.exercises.reading import Unreadable, is_empty, is_sequence
from nb_lib.numpy.activations import sigmoid

SILENT = "none"


def sigmoid_and_tanh(z):
    """Give both from e^-|z|, which never overflows."""
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1, e) / (1 + e)
    t = np.sign(z) * (1 - e**2) / (1 + e**2)
    return s, t


def silently(function, z):
    """Run an answer to 9.4.1, and add the warnings that it gave to its results."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with np.errstate(over="warn", divide="warn", invalid="warn"):
            results = function(z)
    if is_empty(results):
        return results
    if not is_sequence(results, 2):
        raise Unreadable("two arrays, (sigmoid, tanh)", results)
    messages = sorted({str(warning.message) for warning in caught})
    return *results, "; ".join(messages) or SILENT


def z_cases():
    """Usual arguments, then huge ones, then a tail in which 1 - σ would be lost."""
    yield (np.array([-3.0, -0.5, 0.0, 1.0, 4.0]),)
    yield (np.array([[-1000.0, -20.0], [20.0, 1000.0]]),)
    yield (np.array([-40.0, -38.5]),)


def _both_branches(z):
    s = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    return s, np.tanh(z)


def _naive_sigmoid(z):
    return 1 / (1 + np.exp(-z)), np.tanh(z)


def _divided(z):
    return np.exp(z) / (1 + np.exp(z)), _by_four(z)


def _by_four(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def _by_two(z):
    return sigmoid(z), (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)


def _from_sigmoid(factor, shift):
    return lambda z: (sigmoid(z), factor[0] * sigmoid(factor[1] * z) - shift)


def _cancelled(z):
    upper = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, upper, 1 - upper), np.tanh(z)


def _mirrored(z):
    return 1 / (1 + np.exp(-np.abs(z))), np.tanh(z)


SLIPS = {
    "np.where computes both branches for every z, and the one that is thrown away "
    "still overflows: bound the exponent first, as in e^-|z|": _both_branches,
    "e^-z in the sigmoid or e^-2z in tanh overflows at z = -1000; the value is right, "
    "the warning says how it came about. Take e^-|z|": _naive_sigmoid,
    "e^z / (1 + e^z) is ∞ / ∞ = NaN at z = 1000: take e^-|z|, which never overflows": (
        _divided
    ),
    "(e^z - e^-z) / (e^z + e^-z) is ∞ / ∞ = NaN at both ends, as e^z or e^-z "
    "overflows: take e^-|z|": lambda z: (sigmoid(z), _by_four(z)),
    "(e^2z - 1) / (e^2z + 1) is ∞ / ∞ = NaN at z = 1000: take e^-|z|": _by_two,
    "the order: first sigmoid, then tanh": lambda z: sigmoid_and_tanh(z)[::-1],
    "the factor inside is missing: tanh z = 2 sigmoid(2z) - 1": (
        _from_sigmoid((2, 1), 1)
    ),
    "the factor outside is missing: tanh z = 2 sigmoid(2z) - 1": (
        _from_sigmoid((1, 2), 1)
    ),
    "the shift is missing: tanh z = 2 sigmoid(2z) - 1, from -1 to 1": (
        _from_sigmoid((2, 2), 0)
    ),
    "a difference of nearly equal numbers, such as 1 - sigmoid(|z|) or 1 + tanh(z/2), "
    "cancels: near -40 it is 0, but sigmoid is e^-40 there. Take "
    "e^-|z| / (1 + e^-|z|) for negative z": _cancelled,
    "the branch for negative z is missing: there it is e^-|z| / (1 + e^-|z|)": (
        _mirrored
    ),
}

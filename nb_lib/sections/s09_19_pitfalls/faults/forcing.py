"""Accidental teacher forcing: a forecast that is fed the truth it should forecast."""

import numpy as np

PAST, PERIOD, NOISE = 4, 50, 0.05  # values seen, steps of a period, measuring error


def series(length, *, rng, noise=NOISE):
    """Return a sine with an unknown phase, measured with an error, (length,)."""
    phase = rng.uniform(0, 2 * np.pi)
    clean = np.sin(2 * np.pi * np.arange(length) / PERIOD + phase)
    return clean + noise * rng.normal(size=length)


def fitted(values):
    """Fit the next value to the last four by least squares; return the weights (5,)."""
    past = np.lib.stride_tricks.sliding_window_view(values, PAST)[:-1]
    ones = np.ones((len(past), 1))
    return np.linalg.lstsq(np.hstack([past, ones]), values[PAST:], rcond=None)[0]


def forecast(weights, values, *, is_faulty):
    """Forecast all of ``values`` (T,) but the first four, one after the other."""
    seen = list(values[:PAST])
    answers = []
    for truth in values[PAST:]:
        answers.append(np.dot(weights[:-1], seen[-PAST:]) + weights[-1])
        seen.append(truth if is_faulty else answers[-1])
    return np.array(answers)


def errors(seed, *, noise=NOISE):
    """Return root mean square errors: one step ahead, running free, copying."""
    rng = np.random.default_rng(seed)
    values = series(1000, rng=rng, noise=noise)
    weights, later = fitted(values[:800]), values[800:]
    truth = later[PAST:]
    found = [forecast(weights, later, is_faulty=fault) for fault in (True, False)]
    found.append(later[PAST - 1 : -1])
    return [float(np.sqrt(np.mean((answers - truth) ** 2))) for answers in found]

"""Toy sets in the plane: small, balanced, shuffled, and hard in different ways.

Every set of points has the form ``x (n, 2) float64, labels (n,) int64``. A point is
drawn on a clean shape given its label; then Gaussian noise with standard deviation
``noise`` (in the units of the plane) is added. ``eps`` is that standard normal draw.
Class sizes differ by at most one. Errors: ValueError for n < 1, noise < 0 or fewer
than two classes, TypeError for a fractional n, a noise that is no number or an rng
that is no Generator.
"""

from math import isfinite, pi

import numpy as np

from nb_lib.data._checks import deviation, generator, number, whole_number


def moons(n, *, rng, noise=0.1):
    """Two crescents, x = 4/5 s (cos t - 1/2, sin t - 1/4) + noise eps, t in [0, pi].

    The sign s is +1 for class 0 and -1 for class 1: one moon is the other one turned
    by 180 degrees.
    """
    labels = _labels(n, 2, rng)
    sign, t = 1 - 2 * labels, rng.uniform(0, pi, n)
    upper = _polar(1, t) - [1 / 2, 1 / 4]
    return _scatter(0.8 * sign[:, None] * upper, noise, rng), labels


def circles(n, *, rng, noise=0.1):
    """Two rings, x = r (cos t, sin t) + noise eps, r = 6/5 (class 0) or 1/2."""
    labels = _labels(n, 2, rng)
    radius, t = np.where(labels == 0, 1.2, 0.5), rng.uniform(0, 2 * pi, n)
    return _scatter(_polar(radius, t), noise, rng), labels


def spirals(n, *, rng, noise=0.05, classes=2, turns=1.75):
    """Arms that wind around the origin, x = r (cos t, sin t) + noise eps.

    The radius is r = 7/5 sqrt(u), u uniform in [0, 1], so that the points lie evenly
    along an arm; the angle is t = 2 pi (turns sqrt(u) + label / classes). Neighbouring
    arms are 1.4 / (turns classes) apart.
    """
    labels = _labels(n, classes, rng)
    if not isfinite(number(turns, "turns")):
        raise ValueError(f"turns wants a finite number, got {turns}")
    grown = np.sqrt(rng.uniform(size=n))
    angle = 2 * pi * (turns * grown + labels / classes)
    return _scatter(_polar(1.4 * grown, angle), noise, rng), labels


def xor(n, *, rng, noise=0.1):
    """Four squares; the label is the exclusive or of the signs of x1 and x2.

    |x1| and |x2| are uniform in [0.15, 1.25] before the noise is added: without noise
    a gap of 0.3 separates the classes.
    """
    labels = _labels(n, 2, rng)
    sign = rng.choice([-1, 1], n)
    signs = np.stack([sign, sign * (1 - 2 * labels)], axis=1)
    return _scatter(signs * rng.uniform(0.15, 1.25, (n, 2)), noise, rng), labels


def blobs(n, *, rng, noise=0.1, classes=3):
    """One disc of radius 2/5 per class, the centres evenly spaced on the unit circle.

    x = (cos a, sin a) + 2/5 sqrt(u) (cos t, sin t) + noise eps with the class angle
    a = 2 pi (label / classes + 1/4), u uniform in [0, 1] and t in [0, 2 pi].
    """
    labels = _labels(n, classes, rng)
    centre = _polar(1, 2 * pi * (labels / classes + 1 / 4))
    u, t = rng.uniform(size=n), rng.uniform(0, 2 * pi, n)
    return _scatter(centre + _polar(0.4 * np.sqrt(u), t), noise, rng), labels


def sine(n, *, rng, noise=0.0):
    """A curve to fit, y = sin(pi x) + noise eps, x uniform in [-3/2, 3/2].

    Shapes: x (n, 1), y (n, 1), both float64.
    """
    x = generator(rng).uniform(-1.5, 1.5, (whole_number(n, "n"), 1))
    return x, _scatter(np.sin(pi * x), noise, rng)


def _labels(n, classes, rng):
    """Draw shuffled labels (n,) whose counts differ by at most one."""
    whole_number(n, "n")
    whole_number(classes, "classes", least=2)
    return generator(rng).permutation(np.arange(n) % classes)


def _polar(radius, angle):
    """Turn polar into Cartesian coordinates, (n, 2)."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _scatter(clean, noise, rng):
    return clean + deviation(noise) * rng.normal(size=clean.shape)

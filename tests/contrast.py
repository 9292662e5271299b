"""Contrast of two colours as the WCAG 2.2 define it, between 1 and 21."""

import numpy as np
from matplotlib.colors import to_rgb, to_rgba

LINES, TEXT = 3.0, 4.5  # success criteria 1.4.11 and 1.4.3


def luminance(colour):
    """Return the relative luminance, 0 for black and 1 for white."""
    c = np.array(to_rgb(colour))
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(colour, paper, *, alpha=None):
    """Return the contrast of a colour, translucent or not, to its paper."""
    *rgb, share = to_rgba(colour, alpha)
    seen = share * np.array(rgb) + (1 - share) * np.array(to_rgb(paper))
    low, high = sorted([luminance(seen), luminance(paper)])
    return (high + 0.05) / (low + 0.05)

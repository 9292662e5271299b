"""Guess the likely slip by comparing what came with what was wanted.

Each question below looks at all trials of an answer at once, so that a factor counts as
constant only if it is the same in all.
"""

import re

import numpy as np

from nb_lib.book.exercises.agreement import is_numeric, largest, near
from nb_lib.book.exercises.showing import as_array


def batch_size(trial):
    """Give the length of the first array among the arguments, else 1."""
    for value in trial.inputs.values():
        if getattr(value, "ndim", 0) >= 1:
            return len(value)
    return 1


def ratios(pairs):
    """Give got / wanted for each pair where it is one number, else None."""
    found = []
    for got, wanted in pairs:
        if got.shape != wanted.shape or not np.vdot(wanted, wanted) > 0:
            return None
        ratio = np.vdot(wanted, got) / np.vdot(wanted, wanted)
        if not np.isfinite(ratio) or not near(got, ratio * wanted, 1e-4):
            return None
        found.append(ratio)
    return np.array(found)


def likely_factor(pairs, sizes):
    """Name a factor: -1, 2, 1/2, the batch size or its inverse, or any constant."""
    found = ratios(pairs)
    if found is None or np.allclose(found, 1, atol=1e-3) or not np.all(found):
        return None
    n = np.array(sizes)
    named = {
        "the sign: each value came with the opposite one": -1,
        "a factor 2 too many: each value came twice as large": 2,
        "a missing factor 2: each value came half as large": 0.5,
        "a missing mean: you summed over the N examples and did not divide by N": n,
        "the mean taken twice: divided by the N examples once too often": 1 / n,
    }
    for words, factor in named.items():
        if np.allclose(found, factor, rtol=1e-3):
            return words
    told_apart = len(pairs) > 1 or pairs[0][0].size > 1
    if told_apart and np.allclose(found, found[0], rtol=1e-3):
        return f"a constant factor: each value came {found[0]:.4g} times as large"
    return None


def likely_transpose(got, wanted):
    """Name a transpose by the numbers, or by the shape alone."""
    if got.shape != wanted.shape and got.ndim >= 2 and got.shape == wanted.shape[::-1]:
        return f"a transpose (the shape: wanted {wanted.shape}, got {got.shape})"
    if got.shape == wanted.shape and got.ndim == 2 and near(got, wanted.T, 1e-6):
        return "a transpose: the result is the transpose of what was wanted"
    return None


def likely_shift(got, wanted):
    """Name values that are right but stand in other places."""
    if got.shape != wanted.shape:
        return None
    if wanted.ndim and len(wanted) > 3 and wanted.dtype.kind == "f":
        late, early = near(got[1:], wanted[:-1], 1e-6), near(got[:-1], wanted[1:], 1e-6)
        if late or early:
            return "off by one: the values are right, but each is one place too far on"
    if wanted.ndim == 1 and near(np.sort(got), np.sort(wanted), 1e-6):
        return "the order: these are the right values, but in another order"
    return None


def likely_count(got, wanted):
    """Name whole numbers that are one too large or too small."""
    if got.shape != wanted.shape or {got.dtype.kind, wanted.dtype.kind} - {*"iu"}:
        return None
    for step, word in ((1, "large"), (-1, "small")):
        if np.all(got - wanted == step):
            return f"off by one: each value is one too {word}"
    return None


def likely_rounding(pairs, rtol):
    """Name what is nearly right; shown with few digits it looks right."""
    if any(w.dtype.kind != "f" or not near(g, w, 1e-2) for g, w in pairs):
        return None
    off = max(np.abs(g - w).max() / (largest(w) or 1) for g, w in pairs)
    text = f"off by up to {off:.1g} of the largest value, where {rtol:.1g} is allowed"
    return f"close, but not close enough: {text}"


def likely_power(got, wanted):
    """Name a square or a root, such as a variance for a standard deviation."""
    if not np.all(np.isfinite(wanted)):  # infinity is its own square
        return None
    if near(got, wanted**2, 1e-6):
        return "a square: for example a variance where its root was wanted"
    if near(got**2, wanted, 1e-6):
        return "a root: for example a standard deviation where a variance was wanted"
    return None


def shared(named):
    """Give the first name if all name one kind of slip, their shapes aside."""
    if not all(named):
        return None
    kinds = {re.split("[:(]", words)[0].strip() for words in named}
    return named[0] if len(kinds) == 1 else None


def likely_slip(trials):
    """Give the first slip that explains all failing trials, or None.

    The trials that agree may contradict: then not "each value" is off.
    """
    failing = [trial for trial in trials if not trial.agrees()]
    if not all(is_numeric(t.got) and is_numeric(t.wanted) for t in failing):
        return None
    pairs = [(as_array(t.got), as_array(t.wanted)) for t in failing]
    contradicted = any(np.any(as_array(t.wanted)) for t in trials if t.agrees())
    words = first_words(pairs, list(map(batch_size, failing)), contradicted)
    return words or likely_rounding(pairs, failing[0].rtol)


def first_words(pairs, sizes, contradicted):
    """Ask one question after the other until one has an answer."""
    words = shared([likely_transpose(*pair) for pair in pairs])
    if not (words or contradicted):
        words = likely_factor(pairs, sizes)
        words = words or shared([likely_count(*pair) for pair in pairs])
    told_apart = not all(near(*pair, 1e-5) for pair in pairs)
    for question in (likely_shift, likely_power) if told_apart else ():
        words = words or shared([question(*pair) for pair in pairs])
    return words

"""Whether two showings are the same to a reader's eye, or else where they differ."""

from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from nb_lib.live.page.gate.operations import operations

NEAR = 1e-4  # of the greatest number of an array: how far two numbers may lie apart
TINY = 1e-12  # what rounding may leave of a zero
PIXEL = 1  # sixteenths of a pixel
TONE = 1  # of 255


@dataclass(frozen=True)
class Shown:
    """What some settings show: a sentence, the frame's numbers, the drawing.

    Of a failure there is the sentence only: what was raised.
    """

    sentence: str
    layout: list  # of pairs: a name, and a shape or a word
    numbers: np.ndarray
    still: bytes
    moving: bytes
    is_failure: bool = False


def difference(wanted, got):
    """Return where two showings differ, in a few words, or None."""
    if wanted.is_failure:
        return f"has nothing to agree with: Python {wanted.sentence}"
    if got.is_failure:
        return got.sentence
    if wanted.sentence != got.sentence:
        return f"says {got.sentence!r} for {wanted.sentence!r}"
    return (
        of_numbers(wanted, got)
        or of_drawings(wanted.still, got.still, "what stands still")
        or of_drawings(wanted.moving, got.moving, "what moves")
    )


def of_numbers(wanted, got):
    """Return where the numbers of two frames differ, or None."""
    for one, other in zip_longest(wanted.layout, got.layout):
        if one != other:
            return f"the frame has {other} for {one}"
    start = 0
    for name, shape in wanted.layout:
        if isinstance(shape, str):
            continue
        end = start + int(np.prod(shape))
        if words := apart(wanted.numbers[start:end], got.numbers[start:end]):
            return f"the frame's {name.lstrip('.')} {words}"
        start = end
    return None


def apart(wanted, got):
    """Say which number of two rows differs most, or None where all are near.

    What is endless or no number must be so in both.
    """
    finite = np.isfinite(wanted)
    scale = np.abs(wanted[finite]).max(initial=0)
    with np.errstate(invalid="ignore"):
        gap = np.abs(np.where(finite, got - wanted, 0))
    same = (got == wanted) | (np.isnan(got) & np.isnan(wanted))
    bad = np.where(finite, ~(gap <= NEAR * scale + TINY), ~same)
    if not bad.any():
        return None
    i = int(np.flatnonzero(bad)[np.argmax(gap[bad])])
    return f"has {got[i]:.6g} for {wanted[i]:.6g} at {i}"


def of_drawings(wanted, got, where):
    """Return the first operation in which two display lists differ, or None."""
    if wanted == got:
        return None
    pairs = zip_longest(operations(wanted), operations(got))
    for n, (one, other) in enumerate(pairs):
        if words := of_operations(one, other):
            return f"draws {where} otherwise, operation {n}: {words}"
    return None


def of_operations(one, other):
    """Return how two operations differ, or None; places and tones may be one apart."""
    if one is None or other is None or one.name != other.name:
        names = (each.name if each else "nothing" for each in (other, one))
        return " for ".join(names)
    if one.exact != other.exact:
        pairs = zip_longest(other.exact, one.exact)
        first = next(pair for pair in pairs if pair[0] != pair[1])
        return f"{one.name} with {first[0]!r} for {first[1]!r}"
    for what, most in (("places", PIXEL), ("tones", TONE)):
        p, q = (getattr(each, what).astype(int) for each in (one, other))
        gap = np.abs(p - q).max(initial=0)
        if gap > most:
            return f"{one.name} with {what} up to {gap} apart"
    return None

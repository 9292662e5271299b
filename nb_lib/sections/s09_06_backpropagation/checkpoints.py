"""The judge of 9.6.4: it walks back through 100 layers with what was kept."""

from nb_lib import words
from nb_lib.book.exercises.reading import Refused, is_sequence, whole

LAYERS = 100


def peak(kept, layers=LAYERS):
    """Return the greatest number of arrays h that are in memory at once.

    ``kept`` are the layers after which h was kept on the way forward. The walk back
    takes one stretch after the other, from the last: it computes the h within the
    stretch anew from the one kept before it, goes back through them, and forgets them
    together with the kept one.
    """
    starts = [0, *sorted(kept)]
    ends = [*starts[1:], layers]
    held = [
        number + (end - start - 1)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return max(held)


def best(layers=LAYERS):
    """Return the smallest peak that any choice has.

    With a peak of m the stretch behind n kept arrays has at most m - n + 1 layers, so
    all of them together have at most (m + 1) + m + ... + 1.
    """
    m = 0
    while (m + 1) * (m + 2) // 2 < layers:
        m += 1
    return m


def judge_kept(answer):
    """Want the layers whose h is kept, with the smallest peak."""
    kept = checked(answer)
    found = peak(kept)
    arrays = words.counted(len(kept), "array")
    finding = f"You keep {arrays}, and at most {found} are in memory at once."
    if found == best():
        return True, finding, "No choice does with fewer."
    if found < LAYERS // 4:
        return False, finding, "That is far below 99, and still not the smallest."
    return False, finding, "Which stretch needs most? Make it shorter."


def checked(answer):
    """Want a sequence of different whole numbers from 1 to 99."""
    if not is_sequence(answer):
        raise Refused("The answer is a list of layers, such as [25, 50, 75].")
    kept = [whole(layer) for layer in answer]
    if any(layer is None or not 1 <= layer < LAYERS for layer in kept):
        raise Refused(f"Each layer is a whole number from 1 to {LAYERS - 1}.")
    if len(set(kept)) < len(kept):
        raise Refused("A layer is listed twice; its h can be kept only once.")
    return kept

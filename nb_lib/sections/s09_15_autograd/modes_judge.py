"""The judge of 9.15.3: from how many outputs on does forward mode win?"""

from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.sections.s09_15_autograd.modes import compute

INPUTS, MOST = 7, 1_000


def costs(outputs, *, is_kept):
    """Give the products of both modes; with ``is_kept`` the values are found once."""
    c = compute(INPUTS, outputs)
    return c.forward - is_kept * (INPUTS - 1) * c.once, c.reverse


def judge_modes(answer):
    """Want two counts of outputs, the first ones at which forward mode is cheaper."""
    pair = answer if is_sequence(answer, 2) else (None, None)
    first, kept = whole(pair[0]), whole(pair[1])
    if first is None or kept is None:
        raise Refused("The answer is two whole numbers, one for each way of counting.")
    if not (1 <= first <= MOST and 1 <= kept <= MOST):
        raise Refused(f"Both are from 1 to {MOST:,}.")
    for outputs, is_kept, way in (
        (first, False, "each pass evaluates the net anew"),
        (kept, True, "the values are found once and kept"),
    ):
        forward, reverse = costs(outputs, is_kept=is_kept)
        said = (
            f"If {way}, then forward mode costs "
            f"{forward:,} products with {outputs} outputs, and reverse mode {reverse:,}"
        )
        if forward >= reverse:
            return False, f"{said}: forward mode is not yet the cheaper one."
        forward, reverse = costs(outputs - 1, is_kept=is_kept)
        if outputs > 1 and forward < reverse:
            return False, f"{said}, but one output fewer is enough already."
    lesson = (
        "A pass of dual numbers pays for the values again, and a walk back does not."
    )
    return True, "Both numbers are right.", lesson

"""The judge of 9.14.3: which loss scales keep two gradients alive in float16."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, whole

SMALL, LARGE, MOST = 5e-9, 0.03, 60


def survives(exponent):
    """Whether the small gradient is above 0 and the large one finite in float16."""
    scale = 2.0**exponent
    with np.errstate(over="ignore", under="ignore"):
        small, large = np.float16(SMALL * scale), np.float16(LARGE * scale)
    return bool(small > 0), bool(np.isfinite(large))


def judge_scales(answer):
    """Want the first and the last exponent with which both survive."""
    pair = [whole(k) for k in answer] if is_sequence(answer, 2) else [None]
    if any(k is None for k in pair):
        raise Refused("The answer is two whole numbers: the exponents of the scales.")
    if any(abs(k) > MOST for k in pair):
        raise Refused(
            f"The exponents lie between -{MOST} and {MOST}. Give j, not the scale 2^j."
        )
    least, most = pair
    if least > most:
        raise Refused("The smallest exponent comes first.")
    if not survives(least)[0]:
        return False, f"With 2^{least} the small gradient becomes 0."
    if survives(least - 1)[0]:
        return False, (
            f"With 2^{least} the small gradient survives, but it does so with a "
            "smaller scale too. What happens to a number between two neighbours?"
        )
    if not survives(most)[1]:
        return False, f"The first one is right. With 2^{most} the large one overflows."
    if survives(most + 1)[1]:
        return False, f"The first one is right. There is still room above 2^{most}."
    lesson = "Nobody has to hit one right scale: there is a wide range of them."
    return True, f"From 2^{least} to 2^{most} both survive.", lesson

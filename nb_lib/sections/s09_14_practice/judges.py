"""The judges of 9.14.3 and 9.14.4: scales for float16, and a change put to the test."""

from functools import cache

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.sections.s09_14_practice.trials import CHANGES, trial

SMALL, LARGE, MOST = 5e-9, 0.03, 60
SEEDS, ENOUGH = range(10), 9  # as many wins of ten: by chance in 1 of 90 cases


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
        raise Refused(f"The exponents lie between -{MOST} and {MOST}.")
    least, most = pair
    if not survives(least)[0]:
        return False, f"With 2^{least} the small gradient becomes 0."
    if survives(least - 1)[0]:
        return False, (
            f"With 2^{least} the small gradient survives, but with 2^{least - 1} it "
            "does too: what is rounded may be rounded up."
        )
    if not survives(most)[1]:
        return False, f"The first one is right. With 2^{most} the large one overflows."
    if survives(most + 1)[1]:
        return False, f"The first one is right. There is still room above 2^{most}."
    lesson = "Nobody has to hit one right scale: there is a wide range of them."
    return True, f"From 2^{least} to 2^{most} both survive.", lesson


@cache
def wins(change):
    """Count the seeds on which the change lowers the final loss."""
    return sum(trial(change, seed) < before(seed) for seed in SEEDS)


@cache
def before(seed):
    """Return the final loss of the run without any change."""
    return trial(None, seed)


def judge_change(answer):
    """Want the name of the change and its wins, which are counted again."""
    pair = answer if is_sequence(answer, 2) else (None, None)
    name, count = pair[0], whole(pair[1])
    if name not in CHANGES or count is None or not 0 <= count <= len(SEEDS):
        raise Refused(
            'The answer is a pair: "A", "B" or "C", and on how many of the ten seeds '
            "it lowers the loss."
        )
    if count != wins(name):
        return False, (
            f"Change {name} does not win on {count} of the seeds 0 to 9. Compare "
            "trial(name, seed) with trial(None, seed) for each of them."
        )
    finding = f"Change {name} wins on {count} of {len(SEEDS)} seeds"
    if count < ENOUGH:
        return False, f"{finding}. A coin does as well often enough."
    return True, f"{finding}, which a coin does in about one of a hundred cases."

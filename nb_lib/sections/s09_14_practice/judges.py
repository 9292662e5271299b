"""The judge of 9.14.4: three changes put to the test, and what chance would do."""

from functools import cache
from math import comb

from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.sections.s09_14_practice.trials import CHANGES, trial

SEEDS = range(10)
RARE = 0.05  # chance does as well less often than this: then it is a finding


@cache
def wins(change):
    """Count the seeds on which the change lowers the final loss."""
    return sum(trial(change, seed) < before(seed) for seed in SEEDS)


@cache
def before(seed):
    """Return the final loss of the run without any change."""
    return trial(None, seed)


def by_chance(count, n=10):
    """Return how often the best of three coins shows so many heads or more of n."""
    one = sum(comb(n, heads) for heads in range(count, n + 1)) / 2**n
    return 1 - (1 - one) ** len(CHANGES)


def judge_change(answer):
    """Want the name of the change and its wins, which are counted again."""
    pair = answer if is_sequence(answer, 2) else (None, None)
    name, count = pair[0], whole(pair[1])
    is_known = isinstance(name, str) and name in CHANGES
    if not is_known or count is None or not 0 <= count <= len(SEEDS):
        raise Refused(
            'The answer is a pair: "A", "B" or "C", and on how many of the ten seeds '
            "it lowers the loss."
        )
    if count != wins(name):
        return False, (
            f"Change {name} does not win on {count} of the seeds 0 to 9. Compare "
            "trial(name, seed) with trial(None, seed) for each of them."
        )
    chance = by_chance(count)
    finding = f"Change {name} wins on {count} of {len(SEEDS)} seeds"
    if chance > RARE:
        return False, (
            f"{finding}. Of three changes that do nothing, the best wins as often in "
            f"{chance:.0%} of all cases."
        )
    return (
        True,
        f"{finding}. Of three changes that do nothing, the best wins as often in one "
        f"case of {1 / chance:.0f}.",
        "A second one wins on each of the first five seeds, and five of five among "
        f"three tried is no rarity ({by_chance(5, 5):.0%}).",
    )

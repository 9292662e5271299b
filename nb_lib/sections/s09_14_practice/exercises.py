"""Exercises of 9.14, Training in practice.

9.14.1  ``join(mean, seen, new, rows)`` -> ``(mean, seen)``: the mean gradient over all
        rows so far, once the mean ``new`` of ``rows`` further rows has come.
9.14.2  ``edge(curvature, momentum)`` -> the rate from which momentum descent on a
        parabola no longer settles.
9.14.3  a pair ``(least, most)``: the exponents j of the smallest and of the largest
        loss scale 2**j that keep gradients of 5e-9 above 0 and of 0.03 finite.
9.14.4  a pair ``(name, wins)``: the change that is an improvement, and on how many of
        the seeds 0 to 9 it lowers the final loss.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_14_practice.judges import judge_change
from nb_lib.sections.s09_14_practice.scale_judge import judge_scales


def join(mean, seen, new, rows):
    """Move the mean towards the new one by the share of the new rows."""
    seen_now = seen + rows
    return mean + (new - mean) * (rows / seen_now), seen_now


def join_cases():
    """Give a first micro-batch, a smaller last one, and two of one size."""
    rng = np.random.default_rng(14)
    for seen, rows in ((0, 4), (32, 5), (7, 7), (3, 12)):
        mean = np.zeros(3) if seen == 0 else rng.normal(size=3)
        yield mean, seen, rng.normal(size=3), rows


def edge(curvature, momentum):
    """Give 2 (1 + μ) / λ: at it a root of the recursion reaches -1."""
    return 2 * (1 + momentum) / curvature


EXERCISES = (
    Exercise(
        "9.14.1",
        "A batch of unknown size",
        join,
        join_cases,
        outputs=("mean", "seen"),
        slips={
            "the mean of means: 32 rows and 5 rows do not weigh the same": (
                lambda m, s, g, n: ((m + g) / 2 if s else g, s + n)
            ),
            "the mean of means, which at the start also halves the first one": (
                lambda m, s, g, n: ((m + g) / 2, s + n)
            ),
            "this is a sum: as rows come, the share of the old mean has to shrink": (
                lambda m, s, g, n: (m + g * n / (s + n), s + n)
            ),
            "the shares are swapped: the more rows are new, the more the new mean "
            "counts": lambda m, s, g, n: (m * n / (s + n) + g * s / (s + n), s + n),
            "this is the sum over rows: divide by their number": (
                lambda m, s, g, n: (m * s + g * n, s + n)
            ),
            "seen: count the new rows too": (
                lambda m, s, g, n: (join(m, s, g, n)[0], s)
            ),
        },
        lesson="So accumulation needs neither the size of the batch in advance nor "
        "equal micro-batches.",
        secrets=(r"seen ?\+ ?rows", r"rows ?/ ?\(", r"running mean"),
    ),
    Exercise(
        "9.14.2",
        "Momentum at the edge",
        edge,
        lambda: [(10.0, 0.0), (10.0, 0.9), (0.5, 0.5), (3.0, 0.99)],
        slips={
            "momentum is missing: this is the edge without it": lambda c, m: 2 / c,
            "the sign: this would be so if all steps pointed one way, but at the edge "
            "they alternate and partly cancel": lambda c, m: 2 * (1 - m) / c,
            "1 / (1 - μ) adds up steps that all point one way: at the edge they "
            "alternate": lambda c, m: 2 / ((1 - m) * c),
            "the 2 is missing: at 1 / λ plain descent arrives in one step": (
                lambda c, m: (1 + m) / c
            ),
            "the place of λ: a steeper parabola wants smaller steps": (
                lambda c, m: 2 * (1 + m) * c
            ),
        },
        lesson="Alternating gradients cancel in the velocity, so momentum 0.9 allows "
        "nearly twice the rate.",
        secrets=(r"1 ?\+ ?\\mu", r"1 ?\+ ?momentum", r"0\.38\b", r"1\.9 times"),
    ),
    Exercise(
        "9.14.3",
        "The room for a scale",
        judge=judge_scales,
        secrets=(
            r"2\^\{?21\b",
            r"2\*\*21",
            r"5e-9",
            r"half of (\$?2\^\{?-24|the smallest)",
            r"2\^\{?-25",
            r"2\.98",
        ),
    ),
    Exercise(
        "9.14.4",
        "Which improvement is one?",
        judge=judge_change,
        secrets=(r'trial\("', r"change (A|B|C)\b", r"0\.07\b"),
    ),
)

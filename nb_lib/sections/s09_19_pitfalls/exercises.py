"""Exercises of 9.19, Pitfalls.

9.19.1  a mapping from each case of the clinic, 1 to 10, to one word of ``DIAGNOSES``.
9.19.2  ``steps_until(lr, curvature, factor)`` -> the fewest steps after which a
        gradient on a parabola has at least ``factor`` times its first size, or inf.
9.19.3  the cases in which the right repair raises the accuracy in use by five points.
9.19.4  the names of ``CHECKS`` in the order with the least expected time.
"""

import math
from functools import cache
from types import MappingProxyType

from nb_lib.book.exercises import Exercise
from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.sections.s09_19_pitfalls.clinic.run import CASES, compute

DIAGNOSES = {
    "healthy": "none",
    "silent bug": "silent",
    "leakage": "leakage",
    "broken split": "split",
    "exploded gradients": "rate",
    "dead ReLUs": "rate",
    "NaN loss": "stable",
    "teacher forcing": "forcing",
    "off-by-one mask": "mask",
}
HINTS = {
    "healthy": "Do all three parts agree, and do the gradients fall with the loss?",
    "silent bug": "Then the gradients would not fall with the loss.",
    "leakage": "How many classes are there, and what would chance give in use?",
    "broken split": "In use it would know some classes well and the others not at all.",
    "exploded gradients": "Look at the norms: do they grow from step to step?",
    "dead ReLUs": "The panel of dead hidden units would show it.",
    "NaN loss": "Before a NaN of this kind the curves look healthy.",
    "teacher forcing": "That needs a forecast that is good until it feeds on itself.",
    "off-by-one mask": "That needs tokens, guessed perfectly in all parts but use.",
}
FOUND = {  # (bugs of the last hundred that it would have found, its seconds)
    "gradient": (4, 20.0),
    "leakage": (30, 40.0),
    "split": (18, 0.5),
    "rate": (10, 6.0),
    "alive": (2, 1.0),
    "finite": (16, 0.2),
    "forecast": (4, 3.0),
    "mask": (16, 1.5),
}
CHECKS = MappingProxyType(FOUND)  # the reader may look, and not change it


def truth(case):
    """Return the diagnosis of a case in words."""
    fault = CASES[case][1]
    if fault == "rate":
        return "dead ReLUs" if compute(case=case, repair="none").dead[-1, 1] == 1 \
            else "exploded gradients"  # fmt: skip
    return {code: words for words, code in DIAGNOSES.items()}[fault]


def diagnosis(words):
    """Return the diagnosis that is meant, whatever its capitals, or None."""
    known = {name.casefold(): name for name in DIAGNOSES}
    return known.get(words.strip().casefold()) if isinstance(words, str) else None


def judge_diagnoses(answer):
    """Want a diagnosis of each case; give the score and a hint for the first slip."""
    if not isinstance(answer, dict) or set(map(whole, answer)) != set(CASES):
        raise Refused('The answer is a dict {1: "healthy", 2: ..., 10: ...}.')
    given = {whole(case): diagnosis(words) for case, words in answer.items()}
    for case in CASES:
        if given[case] is None:
            raise Refused(
                f"Case {case} has no diagnosis. It is one of {', '.join(DIAGNOSES)}."
            )
    wrong = [case for case in CASES if given[case] != truth(case)]
    score = f"{len(CASES) - len(wrong)} of {len(CASES)} are right."
    if not wrong:
        return True, score
    first = wrong[0]
    return False, score, f"Case {first}: not {given[first]}. {HINTS[given[first]]}"


def steps_until(lr, curvature, factor):
    """Return the first t with |1 - η λ|^t at least the factor."""
    growth = abs(1 - lr * curvature)
    if growth <= 1:
        return math.inf
    return math.ceil(math.log(factor) / math.log(growth) - 1e-9)


def growth_cases():
    """Rates below, at and past the limit."""
    yield 0.3, 10.0, 1000.0
    yield 0.21, 10.0, 1e38
    yield 0.1, 10.0, 10.0
    yield 0.7, 3.0, 5.0
    yield 0.02, 50.0, 7.0
    yield 1.0, 3.0, 4.0
    yield 0.2, 10.0, 2.0  # the limit itself: swings for ever, and never grows


@cache
def mended():
    """Return the cases whose accuracy in use rises by five points when repaired."""
    found = set()
    for case, (_, fault, *_) in CASES.items():
        ill, well = (compute(case=case, repair=r).right[-1, 2] for r in ("none", fault))
        if well - ill > 0.05:
            found.add(case)
    return found


def judge_mended(answer):
    """Want the cases that are better in use after their repair."""
    is_several = is_sequence(answer) or isinstance(answer, set)
    numbers = set(map(whole, answer)) if is_several else {None}
    if not numbers <= set(CASES):
        raise Refused("The answer is a list of cases from 1 to 10, such as [1, 2].")
    missing, extra = mended() - numbers, numbers - mended()
    if not missing and not extra:
        return (
            True,
            "These runs are better in use, and of the rest two were healthy.",
            "In the other two only the score was repaired: it is now as bad as the "
            "model, which is worth knowing.",
        )
    kind = "is missing" if missing else "is not better in use"
    return False, f"At least one case {kind}. Try each with its repair in the clinic."


def expected_time(order):
    """Return the mean seconds until the check that finds the bug has run."""
    spent, total = 0.0, 0.0
    for name in order:
        spent += CHECKS[name][1]
        total += CHECKS[name][0] * spent
    return total / sum(count for count, _ in CHECKS.values())


def judge_order(answer):
    """Want the order of all checks with the least expected time."""
    names = list(answer) if is_sequence(answer) else []
    if not all(isinstance(n, str) for n in names) or sorted(names) != sorted(CHECKS):
        raise Refused(f"The answer lists each of {', '.join(CHECKS)} once.")
    best = expected_time(sorted(CHECKS, key=lambda n: CHECKS[n][1] / CHECKS[n][0]))
    time = expected_time(names)
    found = f"A bug is found after {time:.2f} s on average"
    if time > best + 1e-9:
        return False, f"{found}. There is an order that needs less."
    return True, f"{found}, and no order needs less."


EXERCISES = (
    Exercise(
        "9.19.1",
        "Diagnose all ten",
        judge=judge_diagnoses,
        secrets=(r"case (\d+|one|two|three) (is|has|was)", r"\{1: \"(?!healthy\")"),
    ),
    Exercise(
        "9.19.2",
        "Steps until it is too late",
        steps_until,
        growth_cases,
        slips={
            "the size: past the limit 1 - η λ is negative, and its size counts": (
                lambda lr, curvature, factor: math.inf
                if 1 - lr * curvature <= 1
                else math.log(factor) / math.log(1 - lr * curvature)
            ),
            "the sign: 1 + η λ, but the step goes against the gradient": (
                lambda lr, curvature, factor: math.ceil(
                    math.log(factor) / math.log(1 + lr * curvature)
                )
            ),
            "not rounded: a step is taken whole or not at all": (
                lambda lr, curvature, factor: math.inf
                if abs(1 - lr * curvature) <= 1
                else math.log(factor) / math.log(abs(1 - lr * curvature))
            ),
            "rounded down: then the factor is not reached yet": (
                lambda lr, curvature, factor: math.inf
                if abs(1 - lr * curvature) <= 1
                else math.floor(math.log(factor) / math.log(abs(1 - lr * curvature)))
            ),
        },
        secrets=(r"log\(factor\)", r"\\ln .*\\ln"),
    ),
    Exercise("9.19.3", "What is better in use?", judge=judge_mended,
             secrets=(r"better in use", r"[{\[]2, 3, 4",)),
    Exercise("9.19.4", "Order the checks", judge=judge_order,
             secrets=(r"seconds per bug", r"divided by its (cost|seconds)")),
)  # fmt: skip

"""Exercises that check themselves: ``check("9.8.1", my_function)``.

The reader's answer and the reference run on the same cases. What differs is shown as a
counterexample, and the slip is named in words: the label "slip" stands before what is
certain, "likely" before a guess.
"""

import copy

from nb_lib.book.exercises.agreement import close
from nb_lib.book.exercises.answer import Answer
from nb_lib.book.exercises.exercise import find
from nb_lib.book.exercises.guard import fresh
from nb_lib.book.exercises.naming import first_wrong_part, named
from nb_lib.book.exercises.reading import (
    Refused,
    Unreadable,
    Unwritten,
    is_empty,
    settled,
)
from nb_lib.book.exercises.showing import shown
from nb_lib.book.exercises.telling import (
    UNWRITTEN,
    WHERE,
    fault,
    nothing,
    out_of_time,
    raised,
    told_inputs,
)

IN_SINGLE = (
    "Your result is in float32, which keeps seven digits, and it is right to within "
    "their rounding; the book computes in float64, which keeps sixteen."
)


def check(id, answer):
    """Judge an answer to an exercise; the result shows what is right and what is not.

    ``answer`` is the function or the value that the exercise asks for. Whatever the
    answer does, a verdict comes back, and the session's settings are as before. Raises
    ValueError for an unknown id.
    """
    exercise = find(id)
    with fresh():
        try:
            return judged(exercise, answer)
        except Unwritten:
            return exercise.verdict("empty", ("", UNWRITTEN))
        except Refused as refusal:
            return exercise.verdict("wrong", ("", str(refusal)))
        except Exception as error:  # what the reader's code raises is caught before
            return fault(exercise, error)


def judged(exercise, answer):
    """Let the exercise's own judge decide, or compare with the reference."""
    if not callable(answer):
        answer = settled(answer)
    if is_empty(answer):
        return exercise.verdict("empty", ("", WHERE.format("your answer")))
    if exercise.judge:
        passed, *sentences = exercise.judge(answer)
        rows = [("", sentence) for sentence in sentences]
        return exercise.verdict("right" if passed else "wrong", *rows)
    if callable(answer) != bool(exercise.cases):
        return wrong_kind(exercise, answer)
    return compared(exercise, answer) if exercise.cases else valued(exercise, answer)


def wrong_kind(exercise, answer):
    """Say that a function was wanted and a value came, or the other way round."""
    wanted = (
        "a function, without calling it"
        if exercise.cases
        else "a value: call your function first"
    )
    return exercise.verdict("wrong", ("wanted", wanted), ("got", shown(answer)))


def valued(exercise, answer):
    """Compare an answer that is a value."""
    wanted = exercise.run(exercise.reference)
    return summed_up(exercise, [exercise.trial({}, answer, wanted)])


def compared(exercise, function):
    """Run all cases, then show the first that fails."""
    tried, trials = Answer(function), []
    for case in exercise.cases():
        wanted = exercise.run(exercise.reference, *copy.deepcopy(case))
        inputs, given, got = exercise.inputs(case), copy.deepcopy(case), None
        try:
            got = exercise.run(tried, *given)
        except Unreadable as error:
            return unreadable(exercise, case, *error.args)
        except BaseException as error:
            if error is not tried.error or isinstance(error, KeyboardInterrupt):
                raise
            if not tried.is_unfinished():
                return stopped(exercise, case, trials, tried)
        if is_empty(got):
            return nothing(exercise, tried, inputs if trials else {}, got)
        changed = changes(inputs, given, exercise.may_change)
        if changed:
            agrees = exercise.trial(inputs, got, wanted).agrees()
            return mutated(exercise, changed, agrees)
        trials.append(exercise.trial(inputs, got, wanted))
    return summed_up(exercise, trials)


def stopped(exercise, case, trials, tried):
    """Say how the reader's function ended, unless a slip that is named tells more."""
    if not all(trial.agrees() for trial in trials):
        return summed_up(exercise, trials)
    if tried.is_out_of_time():
        return out_of_time(exercise, case)
    if isinstance(tried.error, Refused):
        rows = ("", str(tried.error)), *told_inputs(exercise.inputs(case))
        return exercise.verdict("wrong", *rows)
    return raised(exercise, case, tried.function, tried.error)


def unreadable(exercise, case, wanted, got):
    """Say what form of result was wanted, and what came."""
    rows = told_inputs(exercise.inputs(case))
    return exercise.verdict("wrong", *rows, ("wanted", wanted), ("got", shown(got)))


def summed_up(exercise, trials):
    """Turn the trials of one answer into its verdict."""
    failing = [trial for trial in trials if not trial.agrees()]
    if not failing:
        text = "Your value agrees."
        if exercise.cases:
            text = f"{len(trials)} of {len(trials)} cases agree."
        rows = [("", f"{text} {exercise.lesson}".strip())]
        if any(trial.is_single for trial in trials):
            rows += [("", IN_SINGLE)]
        return exercise.verdict("right", *rows)
    right, name, parts = first_wrong_part(exercise, trials)
    rows = [("right", ", ".join(right))] if right else []
    rows += named(exercise, trials, failing, parts, len(right))
    first = next(part for part in parts if not part.agrees())
    rows += told_inputs(first.inputs)
    rows += [("wanted", name + shown(first.wanted))]
    rows += [("got", name + shown(first.got))]
    return exercise.verdict("wrong", *rows)


def changes(inputs, given, allowed):
    """Name the arguments that no longer hold what they held."""
    pairs = zip(inputs.items(), given, strict=True)
    return [
        name
        for (name, before), after in pairs
        if (hasattr(before, "shape") or isinstance(before, list))
        and name not in allowed
        and not close(after, before, 1e-7)
    ]


def mutated(exercise, names, agrees):
    """Say that the answer changed its arguments."""
    rows = [("right", "the result itself")] if agrees else []
    text = f"your function changes its argument {', '.join(names)}: copy it first"
    return exercise.verdict("wrong", *rows, ("slip", text))

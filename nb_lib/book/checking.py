"""Exercises that check themselves: ``check("9.8.1", my_function)``.

The reader's answer and the reference run on the same cases. What differs is shown as a
counterexample, and the likely slip is named in words.
"""

import copy
import traceback
import warnings
from itertools import permutations

import numpy as np

from nb_lib.book.agreement import close
from nb_lib.book.exercise import Trial, Unreadable, find
from nb_lib.book.slips import likely_slip
from nb_lib.book.verdict import shown, shown_briefly


def check(id, answer):
    """Judge an answer to an exercise; the result shows what is right and what is not.

    ``answer`` is the function or the value that the exercise asks for. Raises
    ValueError for an unknown id.
    """
    exercise = find(id)
    if is_empty(answer):
        return exercise.verdict("empty", ("", "Write your answer, then run the cell."))
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if exercise.judge:
            return judged(exercise, answer)
        if callable(answer) != bool(exercise.cases):
            return wrong_kind(exercise, answer)
        return compared(exercise, answer)


def is_empty(answer):
    """Whether nothing was written yet: None, ``...``, several of them, or {}."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, (tuple, list)):
        return len(answer) > 0 and all(is_empty(entry) for entry in answer)
    return isinstance(answer, dict) and not answer


def judged(exercise, answer):
    """Let the exercise's own judge decide; a refused setting is a wrong answer."""
    try:
        passed, *sentences = exercise.judge(answer)
    except (ValueError, TypeError) as error:
        passed, sentences = False, [str(error)]
    rows = [("", sentence) for sentence in sentences]
    return exercise.verdict("right" if passed else "wrong", *rows)


def wrong_kind(exercise, answer):
    """Say that a function was wanted and a value came, or the other way round."""
    wanted = "a function" if exercise.cases else "a value"
    return exercise.verdict("wrong", ("wanted", wanted), ("got", shown(answer)))


def compared(exercise, answer):
    """Run all cases, then show the first that fails."""
    trials = []
    for case in exercise.cases() if exercise.cases else [()]:
        wanted = exercise.run(exercise.reference, *copy.deepcopy(case))
        function, given = answer, copy.deepcopy(case)
        if not exercise.cases:
            got = answer
        else:
            try:
                got = exercise.run(function, *given)
            except NotImplementedError:
                got = None
            except Unreadable as error:
                return unreadable(exercise, case, *error.args)
            except Exception as error:  # the reader's own: shown, never raised
                if not all(trial.agrees() for trial in trials):
                    return summed_up(exercise, trials)  # a named slip tells more
                return raised(exercise, case, function, error)
        inputs = exercise.inputs(case)
        if is_empty(got):
            return nothing(exercise, inputs if trials else {})
        changed = changes(inputs, given, exercise.may_change)
        if changed:
            return mutated(exercise, changed, close(got, wanted, exercise.rtol))
        trials.append(Trial(inputs, got, wanted, exercise.rtol))
    return summed_up(exercise, trials)


def nothing(exercise, inputs):
    """Tell a body that is still to be written from a way through it without return."""
    if not inputs:
        text = "Your function returns None: write its body, then run the cell."
        return exercise.verdict("empty", ("", text))
    text = "a return is missing: here None came, in other cases a result did"
    return exercise.verdict("wrong", ("likely", text), *told_inputs(inputs))


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
        return exercise.verdict("right", ("", f"{text} {exercise.lesson}".strip()))
    right, name, parts = first_wrong_part(exercise, trials)
    words = exercise.named_slip(trials) or wrong_form(exercise, failing)
    if not words and name:
        words = exercise.named_slip(trials, len(right))
    words = words or likely_slip(parts)
    parts = [part for part in parts if not part.agrees()]
    rows = [("right", ", ".join(right))] if right else []
    rows += [("likely", words)] if words else []
    rows += told_inputs(parts[0].inputs)
    rows += [("wanted", name + shown(parts[0].wanted))]
    rows += [("got", name + shown(parts[0].got))]
    return exercise.verdict("wrong", *rows)


def told_inputs(inputs):
    """Give the row that shows the arguments of a case, one a line."""
    lines = [f"{name} = {shown_briefly(value)}" for name, value in inputs.items()]
    return [("inputs", "\n".join(lines))] if lines else []


def wrong_form(exercise, failing):
    """Say how many results were wanted, or in which order, if that is what is wrong."""
    names, got, wanted = exercise.outputs, failing[0].got, failing[0].wanted
    if not names:
        one = isinstance(got, tuple) and len(got) > 1 and not isinstance(wanted, tuple)
        if one and (np.ndim(wanted) == 0 or any(map(is_sequence, got))):
            return f"the number of results: wanted 1, got {len(got)}"
        return None
    if any(not is_sequence(t.got, len(names)) for t in failing):
        return f"the number of results: wanted {len(names)} ({', '.join(names)})"
    for order in permutations(range(len(names))):
        if all(close([t.got[i] for i in order], t.wanted, t.rtol) for t in failing):
            return f"the order of the results: wanted {', '.join(names)}"
    return None


def first_wrong_part(exercise, trials):
    """Split results that have named parts; give the right names and the wrong part."""
    names, right = exercise.outputs, []
    whole = [t for t in trials if not is_sequence(t.got, len(names))]
    if not names or whole:
        return right, "", whole or trials
    for index, name in enumerate(names):
        parts = [trial.part(index) for trial in trials]
        if not all(part.agrees() for part in parts):
            return right, f"{name} = ", parts
        right.append(name)
    raise AssertionError("a failing trial has a failing part")


def is_sequence(result, length=None):
    """Whether the result is a tuple, list or array (of that length)."""
    sequence = isinstance(result, (tuple, list)) or getattr(result, "ndim", 0) > 0
    return sequence and length in (None, len(result))


def raised(exercise, case, function, error):
    """Show the reader's exception in one line, with its line in their function."""
    code = getattr(function, "__code__", None)
    first = getattr(code, "co_firstlineno", 0)
    name = getattr(function, "__name__", type(function).__name__)
    message = (str(error).splitlines() or [""])[0]
    text = f"{type(error).__name__}: {message[:120]}".removesuffix(": ")
    frames = traceback.walk_tb(error.__traceback__)
    numbers = [number for frame, number in frames if frame.f_code is code]
    if numbers:
        text += f" (line {numbers[-1] - first + 1} of {name})"
    rows = told_inputs(exercise.inputs(case))
    return exercise.verdict("wrong", ("raised", text), *rows)


def changes(inputs, given, allowed):
    """Name the arguments that no longer hold what they held."""
    pairs = zip(inputs.items(), given, strict=True)
    return [
        name
        for (name, before), after in pairs
        if hasattr(before, "shape") and name not in allowed
        if not close(after, before, 1e-7)
    ]


def mutated(exercise, names, agrees):
    """Say that the answer changed its arguments."""
    rows = [("right", "the result itself")] if agrees else []
    text = f"your function changes its argument {', '.join(names)}: copy it first"
    return exercise.verdict("wrong", *rows, ("likely", text))

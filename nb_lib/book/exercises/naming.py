"""Which slip a wrong answer shows: the declared ones come first, then general ones."""

from itertools import permutations

from nb_lib.book.exercises.agreement import close
from nb_lib.book.exercises.form import wrong_form, wrong_number
from nb_lib.book.exercises.reading import is_sequence
from nb_lib.book.exercises.slips import likely_slip


def named(exercise, trials, failing, parts, n_right):
    """Give the row that names the slip, or no row.

    ``parts`` are the trials of the first wrong part, after ``n_right`` right ones.
    """
    if words := exercise.named_slip(trials):
        return [("likely", words)]
    counts = [wrong_number(exercise.outputs, t.got, t.wanted) for t in failing]
    if exercise.outputs and any(counts) or all(counts):
        return [("slip", next(filter(None, counts)))]
    if words := swapped(exercise.outputs, failing):
        return [("likely", words)]
    if n_right == 0 and (words := shared_by_parts(exercise.outputs, trials)):
        return [("likely", words)]
    if exercise.outputs and (words := exercise.named_slip(trials, n_right)):
        return [("likely", words)]
    if words := wrong_form([part for part in parts if not part.agrees()]):
        return [("slip", words)]
    words = likely_slip(parts)
    return [("likely", words)] if words else []


def shared_by_parts(names, trials):
    """Give the slip that is the same in every part of the results, or None."""
    parts = [[t.part(i) for t in trials] for i in range(len(names))]
    found = [likely_slip(part) if agree_nowhere(part) else None for part in parts]
    return found[0] if found and len(set(found)) == 1 else None


def agree_nowhere(trials):
    """Whether no trial agrees."""
    return not any(trial.agrees() for trial in trials)


def swapped(names, failing):
    """Name the order of the results if another one makes all of them right."""
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

"""Settings that a reader proposes: refused in one sentence, or completed and run."""

from itertools import islice

from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, real, whole
from nb_lib.book.exercises.showing import kind_of, shown, shown_briefly


def completed(settings, rules):
    """Fill in what is missing; a rule is (start, low, high) or (start, choices).

    A rule of a start alone allows any value. Numbers may be NumPy's or PyTorch's.
    Raises Refused if settings is no dict, or for an unknown name, a value out of range
    or one that is no choice.
    """
    if not isinstance(settings, dict):
        raise Refused(f"The settings should be a dict, got {kind_of(settings)}.")
    for name in settings:
        if name not in rules:
            choose = f"choose {', '.join(rules)}"
            raise Refused(f"There is no setting {shown(name)}: {choose}.")
    given = {name: read(name, v, *rules[name][1:]) for name, v in settings.items()}
    return {name: given.get(name, rule[0]) for name, rule in rules.items()}


def read(name, value, *allowed):
    """Give a value that is one of the choices or in the range as a Python one."""
    if not allowed:
        return value
    if len(allowed) == 1:
        if not (isinstance(value, str) and value in allowed[0]):
            choices = ", ".join(allowed[0])
            raise Refused(f"{name} is one of {choices}, got {shown_briefly(value)}.")
        return value
    low, high = allowed
    is_whole = isinstance(low, int) and isinstance(high, int)
    number = whole(value) if is_whole else real(value)
    if number is None or not low <= number <= high:
        kind = "a whole number" if is_whole else "a number"
        raise Refused(
            f"{name} is {kind} from {low} to {high}, got {shown_briefly(value)}."
        )
    return number


def first_divergence(run, steps):
    """Take so many steps of a training run; give the one that diverged, or None."""
    from nb_lib.numpy.train import has_diverged

    watch = watched(islice(run, steps), steps)
    diverged = (step.count for step in watch if has_diverged(step.loss))
    try:
        return next(diverged, None)
    finally:
        diverged.close()
        watch.close()

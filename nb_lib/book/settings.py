"""Settings that a reader proposes: refused in one sentence, or completed and run."""

from itertools import islice
from numbers import Real


def completed(settings, rules):
    """Fill in what is missing; a rule is (start, low, high) or (start, choices).

    A rule of a start alone allows any value.
    Raises TypeError if settings is no dict, ValueError for an unknown name, a value out
    of range or one that is no choice.
    """
    if not isinstance(settings, dict):
        kind = type(settings).__name__
        raise TypeError(f"The settings should be a dict, got a {kind}.")
    for name, value in settings.items():
        if name not in rules:
            raise ValueError(
                f"There is no setting {name!r}: choose {', '.join(rules)}."
            )
        refuse_unless(name, value, *rules[name][1:])
    return {name: settings.get(name, rule[0]) for name, rule in rules.items()}


def refuse_unless(name, value, *allowed):
    """Raise ValueError unless value is one of the choices or in the range."""
    if len(allowed) < 2:
        if allowed and value not in allowed[0]:
            raise ValueError(
                f"{name} is one of {', '.join(allowed[0])}, got {value!r}."
            )
        return
    low, high = allowed
    is_whole = isinstance(low, int) and isinstance(high, int)
    wanted = int if is_whole else Real
    if not isinstance(value, wanted) or not low <= value <= high:
        kind = "a whole number" if is_whole else "a number"
        raise ValueError(f"{name} is {kind} from {low} to {high}, got {value!r}.")


def first_divergence(run, steps):
    """Take so many steps of a training run; give the one that diverged, or None."""
    from nb_lib.numpy.train import has_diverged

    diverged = (step.count for step in islice(run, steps) if has_diverged(step.loss))
    return next(diverged, None)

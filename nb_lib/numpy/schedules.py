"""Schedules: the learning rate as a share of its highest value, step by step.

Each function takes ``count``, the number of updates done so far, and returns the share
in [0, 1] for the next one. With ``warm_up`` W the first W updates climb evenly,
(count + 1) / (W + 1). After the last of ``steps`` updates the share stays where it is.
A ``Schedule`` sets the rate of an optimiser by one of them. Numbers below 0, and a
warm-up longer than the run, are a ValueError.
"""

import math

from nb_lib.numpy._floats import floats, setting
from nb_lib.numpy._settings import check_number


def constant(count, *, warm_up=0):
    """1, after a warm-up."""
    count, warm_up = floats(count), setting(warm_up)
    check_number("constant", "count", count, 0)
    return min(1.0, _climb(count, warm_up))


def step_decay(count, *, every, factor=0.1, warm_up=0):
    """factor^⌊n / every⌋, where n counts from the end of the warm-up."""
    count, every = floats(count), setting(every)
    factor, warm_up = setting(factor), setting(warm_up)
    check_number("step_decay", "every", every, 1)
    check_number("step_decay", "a factor", factor, 0, 1)
    if count < warm_up:
        return _climb(count, warm_up)
    return factor ** ((count - warm_up) // every)


def cosine(count, *, steps, least=0.0, warm_up=0):
    """least + (1 - least) (1 + cos(π s)) / 2, where s in [0, 1] is the share done.

    Source: Ilya Loshchilov and Frank Hutter (2017), equation 5, without restarts.
    """
    count, steps = floats(count), setting(steps)
    least, warm_up = setting(least), setting(warm_up)
    _check_span("cosine", steps, warm_up)
    check_number("cosine", "least", least, 0, 1)
    if count < warm_up:
        return _climb(count, warm_up)
    done = min(1.0, (count - warm_up) / (steps - warm_up))
    return _between(1.0, least, done)


def one_cycle(count, *, steps, rising=0.3, start=1 / 25, end=1e-4 / 25):
    """Rise from start to 1 on half a cosine, then fall to end on another.

    ``rising`` is the share of the steps that rise.

    Source: Leslie Smith and Nicholay Topin (2018), in the form of
    ``torch.optim.lr_scheduler.OneCycleLR``.
    """
    count, steps, rising = floats(count), setting(steps), setting(rising)
    start, end = setting(start), setting(end)
    check_number("one_cycle", "steps", steps, 2)
    check_number("one_cycle", "rising", rising, 0, below=1)
    top, last = rising * steps - 1, steps - 1
    if count <= top:
        return _between(start, 1.0, count / top if top else 1.0)
    return _between(1.0, end, min(1.0, (count - top) / (last - top)))


def inverse_sqrt(count, *, warm_up):
    """min(n / W, √(W / n)) with n = count + 1: an even climb, then 1/√n.

    Source: Ashish Vaswani et al. (2017), equation 3, with its peak set to 1.
    """
    count, warm_up = floats(count), setting(warm_up)
    check_number("inverse_sqrt", "a warm_up", warm_up, 1)
    n = count + 1
    return min(n / warm_up, math.sqrt(warm_up / n))


class Schedule:
    """Set ``optimiser.lr`` to its first value times ``share(count)``.

    ``share`` is one of the functions above with its settings,
    ``partial(cosine, steps=300)``, or any function of the count. Call ``step`` after
    each update.
    """

    def __init__(self, optimiser, share):
        self.optimiser, self.share = optimiser, share
        self.highest, self.count = optimiser.lr, 0
        self._set()

    def step(self):
        """Count one update, and set the rate of the next."""
        self.count += 1
        self._set()

    def state_dict(self):
        """Return what another ``Schedule`` needs to go on from here."""
        return {"highest": self.highest, "count": self.count}

    def load_state_dict(self, state):
        """Go on from where the other was."""
        self.highest, self.count = state["highest"], state["count"]
        self._set()

    def _set(self):
        self.optimiser.lr = float(self.highest * self.share(self.count))


def _climb(count, warm_up):
    return (count + 1) / (warm_up + 1)


def _between(first, last, share):
    """Go from first to last on half a cosine."""
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2


def _check_span(name, steps, warm_up):
    check_number(name, "steps", steps, 1)
    if not 0 <= warm_up < steps:
        raise ValueError(
            f"{name} wants a warm_up from 0 to less than {steps} steps, got {warm_up}"
        )

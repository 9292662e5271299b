"""Schedules: the learning rate as a share of its highest value, step by step.

The shares are plain numbers, so both twins take the same functions; what differs is how
the rate reaches the optimiser. In one's own work: ``torch.optim.lr_scheduler``, whose
``StepLR``, ``CosineAnnealingLR``, ``OneCycleLR`` and ``LinearLR`` walk the same path.
"""

from torch.optim.lr_scheduler import LambdaLR

from nb_lib.numpy.schedules import (
    constant,
    cosine,
    inverse_sqrt,
    one_cycle,
    step_decay,
)

__all__ = [
    "Schedule",
    "constant",
    "cosine",
    "inverse_sqrt",
    "one_cycle",
    "step_decay",
]


class Schedule(LambdaLR):
    """Set the learning rate of each group to its first value times ``share(count)``.

    ``share`` is one of the functions above with its settings,
    ``partial(cosine, steps=300)``, or any function of the count. Call ``step`` after
    each update.
    """

    def __init__(self, optimiser, share):
        super().__init__(optimiser, share)

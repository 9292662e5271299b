"""The doctor: a context manager around any PyTorch loop."""

import torch
from torch import nn

from nb_lib.doctor.findings import Report
from nb_lib.doctor.passes import note_evaluation
from nb_lib.doctor.probe import overfits
from nb_lib.doctor.rules import diagnosis
from nb_lib.doctor.watching import Watch


def diagnose(model, optimiser):
    """Return a doctor for ``model`` (nn.Module) and ``optimiser`` (torch.optim).

    Anything else is a TypeError.
    """
    if not isinstance(model, nn.Module):
        kind = type(model).__name__
        raise TypeError(f"diagnose wants a model (nn.Module) first, got {kind}")
    if not isinstance(optimiser, torch.optim.Optimizer):
        kind = type(optimiser).__name__
        raise TypeError(f"diagnose wants an optimiser of torch.optim, got {kind}")
    return Doctor(model, optimiser)


class Doctor(Watch):
    """Watches a training loop and says what is wrong with it.

    Use it through ``diagnose``. The run is never changed: weights and random numbers
    are the same with and without it, bit for bit, and no hook is left behind.
    """

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def watch(self, loss):
        """Note the loss of the step that was just taken (a scalar tensor or a number).

        It is needed only for a loss that no ``backward`` was called on.
        """
        step = max(self.evidence.step - 1, 0)
        self.evidence.losses.setdefault(step, scalar("watch", loss))

    def batch(self, x, y):
        """Note a batch before its step: inputs x (N, ...), targets y (N, ...)."""
        together("batch", x, y)
        self.told = x, y

    def test(self, loss, output=None, y=None):
        """Note an evaluation: its loss; output (N, ...) and y (N, ...) if given."""
        if output is not None and y is not None:
            together("test", output, y)
        evidence = self.evidence
        evidence.tests[evidence.step] = scalar("test", loss)
        if self.now is not None:  # it was made with gradients on
            note_evaluation(evidence, self.now, self.x, is_told=True)
        elif evidence.evaluations:
            evidence.evaluations[-1].is_told = True

    def report(self):
        """Return the findings so far, gravest first. Printed, it is a short text."""
        return Report(diagnosis(self), self.evidence.step, self.failure)

    def single_batch(self, loss, x, y, *, steps=100):
        """Try to learn one batch by heart; return what was found.

        ``loss(output, y)`` is the loss. Model, optimiser and random numbers of the run
        are given back as they were, bit for bit.
        """
        if steps < 1:
            raise ValueError(f"single_batch wants at least one step, got {steps}")
        together("single_batch", x, y)
        was_paused, self.is_paused = self.is_paused, True
        self.hang_leaves(False)
        try:
            found = tuple(overfits(self.model, self.optimiser, loss, x, y, steps))
        finally:
            self.is_paused = was_paused
        return Report(found, steps)


def scalar(caller, loss):
    """Return a loss as a number; a tensor of several is a ValueError."""
    if isinstance(loss, torch.Tensor) and loss.numel() != 1:
        raise ValueError(f"{caller} wants one loss, got shape {tuple(loss.shape)}")
    return float(loss.detach() if isinstance(loss, torch.Tensor) else loss)


def together(caller, x, y):
    """Raise a ValueError unless x and y hold the same number of examples."""
    if len(x) != len(y):
        raise ValueError(
            f"{caller} wants as many targets as inputs, got {len(x)} and {len(y)}"
        )

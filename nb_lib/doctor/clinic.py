"""The doctor: a context manager around any PyTorch loop."""

from contextlib import ExitStack, contextmanager

import torch

from nb_lib.doctor.doors import scalar, together, watchable
from nb_lib.doctor.findings import Report
from nb_lib.doctor.hooks import Hook
from nb_lib.doctor.listening import ACTIVE, join, leave
from nb_lib.doctor.passes import note_evaluation
from nb_lib.doctor.probe import overfits
from nb_lib.doctor.rules import diagnosis
from nb_lib.doctor.watching import Watch
from nb_lib.doctor.weights import version


def diagnose(model, optimiser):
    """Return a doctor for ``model`` (nn.Module) and ``optimiser`` (torch.optim).

    Anything else is a TypeError, as is a scripted model or one on the meta device.
    """
    watchable(model, optimiser)
    return Doctor(model, optimiser)


class Doctor(Watch):
    """Watches a training loop and says what is wrong with it.

    Use it through ``diagnose``. The run is never changed: weights and random numbers
    are the same with and without it, bit for bit, and no hook is left behind.
    """

    def __enter__(self):
        """Hang the hooks in and write down the weights' versions."""
        if self.handles:
            raise RuntimeError("this doctor is watching already: make another one")
        self.versions = {id(p): version(p) for p in self.model.parameters()}
        model, hang = self.model, self.handles.append
        before, after = Hook(self.before_pass, model), Hook(self.after_pass, model)
        hang(model.register_forward_pre_hook(before, with_kwargs=True))
        hang(model.register_forward_hook(after))
        hang(self.optimiser.register_step_pre_hook(self.before_step))
        hang(self.optimiser.register_step_post_hook(self.after_step))
        self.hang_leaves(True)
        self.companions = join(self)
        for doctor in ACTIVE:
            doctor.is_alone = len(ACTIVE) == 1 and doctor.is_alone
        return self

    def __exit__(self, *error):
        """Take every hook out again."""
        leave(self)
        for handle in (*self.handles, *self.leaves):
            handle.remove()
        self.handles, self.leaves = [], []
        self.x = self.output = self.told = self.now = None
        self.trail.clear()

    @contextmanager
    def looking_away(self):
        """See nothing for a while, not even that weights were moved and put back."""
        was_paused, self.is_paused = self.is_paused, True
        still = [p for p in self.model.parameters() if not self.is_moved(p)]
        self.hang_leaves(False)
        try:
            yield
        finally:
            self.is_paused = was_paused
            self.versions |= {id(p): version(p) for p in still}

    def watch(self, loss):
        """Note the loss of the step that was just taken (a scalar tensor or a number).

        It is needed only for a loss that no ``backward`` was called on.
        """
        step = max(self.evidence.step - 1, 0)
        self.evidence.losses.setdefault(step, scalar("watch", loss))

    def batch(self, x, y):
        """Note a batch before its step: inputs x (N, ...), targets y (N, ...)."""
        self.told = together("batch", x, y)

    def test(self, loss, output=None, y=None):
        """Note an evaluation: its loss; output (N, ...) and y (N, ...) if given.

        Only tensors are compared in length: a model may give several things at once.
        """
        if isinstance(output, torch.Tensor) and isinstance(y, torch.Tensor):
            together("test", output, y)
        evidence = self.evidence
        evidence.tests[evidence.step] = scalar("test", loss)
        if self.now is not None:  # it was made with gradients on
            note_evaluation(evidence, self.now, self.x, is_told=True)
        elif evidence.evaluations:
            evidence.evaluations[-1].is_told = True

    def report(self):
        """Return the findings so far, gravest first. Printed, it is a short text."""
        evidence = self.evidence
        is_heard = bool(evidence.losses)
        return Report(diagnosis(self), evidence.step, self.failure, is_heard=is_heard)

    def single_batch(self, loss, x, y, *, steps=100):
        """Try to learn one batch by heart; return what was found.

        ``loss(output, y)`` is the loss, a tensor of one number. Ask between two steps:
        model, optimiser and random numbers of the run are given back as they were, bit
        for bit, but a graph that waits for its backward pass is lost.
        """
        if steps < 1:
            raise ValueError(f"single_batch wants at least one step, got {steps}")
        together("single_batch", x, y)
        with ExitStack() as stack:
            for doctor in {self, *ACTIVE}:
                stack.enter_context(doctor.looking_away())
            found = tuple(overfits(self.model, self.optimiser, loss, x, y, steps))
        return Report(found, steps)

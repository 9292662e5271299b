"""A training that is watched: what is kept of each step, and a frame when one is asked.

A frame is offered after every step as the method that builds it. Who asks decides which
to build: the worker in a kernel now and then, the recorder the last. So a run knows
nothing of clocks, and equal settings give equal frames.
"""

from itertools import islice

from nb_lib.numpy.train import has_diverged


class Training:
    """What the steps of one training have shown so far; a subclass adds ``frame()``."""

    def __init__(self):
        self.losses, self.watched, self.norms = [], [], []
        self.deltas, self.diverged_at = (), None

    def take(self, step):
        """Note one ``Step`` of ``descend``."""
        self.losses.append(step.loss)
        if step.grad_norms is not None:
            self.watched.append(step.count)
            self.norms.append(step.grad_norms)
            self.deltas = step.delta_norms
        if has_diverged(step.loss):
            self.diverged_at = step.count

    def offers(self, steps, most):
        """Take up to ``most`` steps; offer ``frame`` after each, until it is over."""
        for step in islice(steps, most):
            self.take(step)
            yield self.frame
            if self.is_over:
                return

    @property
    def is_over(self):
        """Whether nothing more can be learnt from this run."""
        return self.diverged_at is not None

"""The doctor: a context manager around any PyTorch loop."""

import math

import torch

from nb_lib.doctor.findings import Report
from nb_lib.doctor.probe import overfits
from nb_lib.doctor.rules import RULES
from nb_lib.doctor.rules.data import entropy
from nb_lib.doctor.watching import ACTIVE, Watch
from nb_lib.doctor.pairs import Pairs


class Doctor(Watch):
    """Watches a training loop and says what is wrong with it.

    Use it through ``diagnose``. The run is never changed: weights and random numbers
    are the same with and without it, bit for bit, and no hook is left behind.
    """

    def __enter__(self):
        self.start()
        self.companions = list(ACTIVE)
        return self

    def __exit__(self, *error):
        self.stop()

    def watch(self, loss):
        """Note the loss of a training step (a tensor or a number)."""
        self.evidence.losses.setdefault(self.evidence.step - 1, float(loss))

    def batch(self, x, y):
        """Note a batch before its step: inputs x (N, ...), targets y (N, ...)."""
        if y.dim() == 1 and not y.is_floating_point():
            self.pairs.add(x, y)

    def test(self, loss, output=None, y=None):
        """Note an evaluation: its loss; output and y are looked at if given."""
        self.evidence.tests[self.evidence.step] = float(loss)
        last = self.evidence.passes[-1:]
        self.evidence.tested_awake += [p for p in last if p.awake and not p.learns]

    def report(self):
        """Return the findings so far, gravest first. Printed, it is a short text."""
        found = [finding for rule in RULES for finding in rule(self)]
        return Report(found, self.evidence.step)

    def single_batch(self, loss, x, y, *, steps=100):
        """Try to learn one batch by heart on a copy; return the findings.

        ``loss(output, y)`` is the loss; the model, its optimiser and the random numbers
        of the run stay as they are.
        """
        self.is_paused = True
        try:
            found = tuple(overfits(self.model, self.optimiser, loss, x, y, steps))
        finally:
            self.is_paused = False
        return Report(found, steps)

    @property
    def is_judged(self):
        """Say whether the loss has to fall: a known loss, its targets not constant.

        Players of a game (two doctors at once, a discriminator's ones and zeros) and
        losses that the graph does not name may do as they like.
        """
        readings = self.evidence.readings
        known = len(readings) > len(self.evidence.losses) / 2
        return self.alone and known and not self.evidence.plays

    def marginal_entropy(self):
        """Return what guessing by the labels' shares costs, in nats."""
        return entropy(torch.cat(self.evidence.labels))

    def steps_of_first_epoch(self):
        """Return the step at which half of a batch had been seen before."""
        return self.evidence.first_repeat or self.evidence.step

    @property
    def normalises_input(self):
        """Say whether the first layer with weights scales or looks up its input."""
        layers = sorted(self.evidence.layers.values(), key=lambda layer: layer.depth)
        return bool(layers) and layers[0].normalises

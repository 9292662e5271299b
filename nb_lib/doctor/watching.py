"""Stand beside a training loop and write down what it does, without touching it."""

import math
from itertools import chain

import torch

from nb_lib.doctor.evidence import Evidence, first_tensor, rms, rows_of
from nb_lib.doctor.graph import scale_of
from nb_lib.doctor.hooks import Hook, harmless, is_idle
from nb_lib.doctor.inputs import note_scale, note_single, note_targets
from nb_lib.doctor.layers import look
from nb_lib.doctor.pairs import Pairs
from nb_lib.doctor.passes import moody, note_evaluation, note_training, pass_of
from nb_lib.doctor.rows import Rows
from nb_lib.doctor.weights import has_gradient, note_weights, version, where_it_broke


def is_looked_at(step):
    """Say whether step is one to look at closely: all of the first 10, then fewer."""
    return step < 10 or step % (5 if step < 60 else 30 if step < 300 else 100) == 0


class Watch:
    """Collect the evidence of a run in ``evidence``, while its hooks hang."""

    def __init__(self, model, optimiser):
        self.model, self.optimiser = model, optimiser
        self.evidence, self.rows, self.pairs = Evidence(), Rows(), Pairs()
        self.names = {id(p): name for name, p in model.named_parameters()}
        self.moody = moody(model)
        self.handles, self.leaves, self.trail = [], [], []
        self.is_open = self.is_clean = self.is_stepping = False
        self.is_looking = self.is_inside = self.is_asked = False
        self.is_paused, self.failure, self.is_alone = False, None, True
        self.x = self.output = self.now = None  # of this pass
        self.told = None  # what ``batch`` was told
        self.versions, self.companions = {}, []

    def parameters(self):
        """Yield the parameters that the optimiser steps."""
        return chain.from_iterable(g["params"] for g in self.optimiser.param_groups)

    def is_moved(self, p):
        """Say whether anything was written into a parameter since the start."""
        return version(p) != self.versions.get(id(p))

    @harmless
    def before_pass(self, model, args, kwargs):
        """Begin a forward pass of the whole model."""
        self.hang_leaves(torch.is_grad_enabled())
        self.begin(first_tensor(args, kwargs))
        self.is_inside = True

    def begin(self, x):
        """Note a forward pass: its mode and its examples x (N, ...)."""
        learns, step = torch.is_grad_enabled(), self.evidence.step
        self.trail.clear()
        self.x, self.output = rows_of(x), None
        self.now = pass_of(self.model, self.moody, step)
        self.is_looking = learns and is_looked_at(step)
        self.is_open |= learns
        if not learns:
            note_evaluation(self.evidence, self.now, self.x)
            self.now = self.x = None

    def hang_leaves(self, learns):
        """Listen to the modules inside while the model learns, and only then."""
        if learns and not self.leaves:
            for name, module in self.model.named_modules():
                if isinstance(module, torch.jit.RecursiveScriptModule):
                    continue  # its modules take no hooks
                if not any(module.children()) or module._parameters:
                    hook = Hook(self.leaf(name), module)
                    self.leaves.append(module.register_forward_hook(hook))
        elif not learns:
            while self.leaves:
                self.leaves.pop().remove()
            self.trail.clear()

    def leaf(self, name):
        """Return a hook that remembers what the module ``name`` was given and gave.

        Parts of a model may be called without the whole; then the first begins a pass.
        """

        def remember(module, args, output):
            if is_idle(self) or not torch.is_grad_enabled():
                return
            if not self.is_inside and not self.trail:
                self.begin_part(args)
            self.trail.append((name, module, args, output))

        return remember

    @harmless
    def begin_part(self, args):
        """Begin a pass through a part of the model."""
        self.begin(first_tensor(args))

    @harmless
    def after_pass(self, model, args, output):
        """End a forward pass of the whole model."""
        self.is_inside = False
        self.output = output if torch.is_grad_enabled() else None

    @harmless
    def before_backward(self, loss):
        """Write down the loss, what it compares, and whether gradients were cleared."""
        evidence, step = self.evidence, self.evidence.step
        if not self.is_open or loss is None or loss.numel() != 1:
            return
        self.is_asked |= self.is_stepping  # by a closure
        if self.is_stepping and evidence.backwards:  # its further trials
            return
        if is_looked_at(step):
            if not self.is_clean:
                self.is_clean = not any(map(has_gradient, self.parameters()))
            note_targets(self, loss)
        note_single(self, loss)
        self.note_pass()
        value = float(loss.detach()) / scale_of(loss)
        known = evidence.losses.get(step, 0.0)
        evidence.backwards += 1
        evidence.losses[step] = known + (value - known) / evidence.backwards
        if evidence.broken is None and not math.isfinite(value):
            named = self.model.named_parameters()
            evidence.broken = where_it_broke(step, self.x, self.trail, named)
        self.trail.clear()
        self.x = self.told = self.output = self.now = None
        self.is_looking = self.is_inside = False

    def note_pass(self):
        """Write down the forward pass that a backward pass is about to follow."""
        evidence, x, step = self.evidence, self.x, self.evidence.step
        if self.now is not None:
            note_training(evidence, self.now)
        if x is not None and not self.rows.is_full:
            self.rows.add(x, step)
        if self.is_looking and x is not None:
            self.rows.look(x, step)
            note_scale(evidence, x)
        if self.is_looking and evidence.broken is None:
            look(self)

    @harmless
    def note_signal(self, layer, step, dy):
        """Write down the error signal dy at a layer's output, if there is one."""
        if dy is not None:
            layer.signal[step] = rms(dy)

    @harmless
    def before_step(self, optimiser, args, kwargs):
        """Keep the weights for a moment, to see how far the step moves them."""
        self.kept, self.is_stepping = [], True
        if is_looked_at(self.evidence.step):
            self.kept = [(p, p.detach().clone()) for p in self.parameters()]

    @harmless
    def after_step(self, optimiser, args, kwargs):
        """Write down gradients, sizes and updates, then count the step."""
        evidence, slope = self.evidence, 0.0
        for p, before in self.kept:
            name = self.names.get(id(p), "a parameter outside the model")
            slope += note_weights(evidence, name, p, before)
        if self.kept and not self.is_asked:
            evidence.slopes[evidence.step] = slope
        if self.kept and evidence.backwards:
            named = self.model.named_parameters()
            evidence.graded |= {name for name, p in named if p.grad is not None}
            evidence.cleared[evidence.step] = self.is_clean
        self.kept = []
        self.is_open = self.is_clean = self.is_stepping = self.is_asked = False
        evidence.backwards = 0
        evidence.step += 1
        self.hang_leaves(True)

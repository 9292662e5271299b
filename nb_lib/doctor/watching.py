"""Stand beside a training loop and write down what it does, without touching it."""

import functools
import math
from itertools import chain

import torch
from torch import nn

from nb_lib.doctor.evidence import Evaluation, Evidence, Pass, first_tensor
from nb_lib.doctor.inputs import note_scale, note_targets
from nb_lib.doctor.layers import look
from nb_lib.doctor.pairs import Pairs
from nb_lib.doctor.rows import Rows, keys
from nb_lib.doctor.weights import has_gradient, note_weights, where_it_broke

ACTIVE = []  # the doctors at work, outermost first
MOODY = (nn.modules.dropout._DropoutNd, nn.modules.batchnorm._NormBase)
EVALUATIONS = 2000  # passes without gradients that are remembered


def is_looked_at(step):
    """Say whether step is one to look at closely: all of the first 20, then fewer."""
    return step < 20 or step % (10 if step < 300 else 50) == 0


def listen(tensors, *args, **kwargs):
    """Tell each doctor which loss is about to be taken back, then take it back."""
    loss = first_tensor(tensors)
    for doctor in ACTIVE:
        doctor.before_backward(loss)
    return listen.original(tensors, *args, **kwargs)


def harmless(hook):
    """Let a hook that fails end the watching rather than the run."""

    @functools.wraps(hook)
    def guarded(self, *args, **kwargs):
        if self.is_paused:
            return
        try:
            hook(self, *args, **kwargs)
        except Exception as error:
            self.is_paused, self.failure = True, error
            self.hang_leaves(False)

    return guarded


class Watch:
    """Collect the evidence of a run in ``evidence``, between ``start`` and ``stop``."""

    def __init__(self, model, optimiser):
        self.model, self.optimiser = model, optimiser
        self.evidence, self.rows, self.pairs = Evidence(), Rows(), Pairs()
        self.names = {id(p): name for name, p in model.named_parameters()}
        self.moody = [(n, m) for n, m in model.named_modules() if isinstance(m, MOODY)]
        self.handles, self.leaves, self.trail = [], [], []
        self.is_open = self.is_clean = self.is_stepping = self.is_looking = False
        self.is_paused, self.failure, self.is_alone = False, None, True
        self.x = self.told = None  # this pass's input; what ``batch`` was told

    def parameters(self):
        """Yield the parameters that the optimiser steps."""
        return chain.from_iterable(g["params"] for g in self.optimiser.param_groups)

    def start(self):
        """Hang the hooks in and write down the weights' versions."""
        if self.handles:
            raise RuntimeError("this doctor is watching already: make another one")
        hang = self.handles.append
        hang(self.model.register_forward_pre_hook(self.before_pass, with_kwargs=True))
        hang(self.model.register_forward_hook(self.after_pass))
        hang(self.optimiser.register_step_pre_hook(self.before_step))
        hang(self.optimiser.register_step_post_hook(self.after_step))
        self.versions = {id(p): p._version for p in self.model.parameters()}
        if not ACTIVE:
            listen.original, torch.autograd.backward = torch.autograd.backward, listen
        ACTIVE.append(self)
        for doctor in ACTIVE:
            doctor.is_alone = len(ACTIVE) == 1 and doctor.is_alone
        self.companions = list(ACTIVE)

    def stop(self):
        """Take every hook out again."""
        for handle in (*self.handles, *self.leaves):
            handle.remove()
        self.handles, self.leaves, self.x, self.told = [], [], None, None
        self.trail.clear()
        ACTIVE.remove(self)
        if not ACTIVE:
            torch.autograd.backward = listen.original

    def is_moved(self, p):
        """Say whether anything was written into a parameter since the start."""
        return p._version != self.versions.get(id(p))

    @harmless
    def before_pass(self, model, args, kwargs):
        """Note a forward pass: its mode, its rows, the scale of its input."""
        x, learns = first_tensor(args, kwargs), torch.is_grad_enabled()
        self.x = x if learns else None
        self.trail.clear()
        self.hang_leaves(learns)
        x = x if x is not None and x.dim() > 1 and len(x) else None
        step = self.evidence.step
        self.is_looking = learns and is_looked_at(step)
        self.note_pass(learns, x)
        self.is_open |= learns
        if x is None or not learns:
            return
        if not self.rows.is_full:
            self.rows.add(x, step)
        if self.is_looking:
            self.rows.look(x, step)
            note_scale(self.evidence, x)

    def note_pass(self, learns, x):
        """Write down the model's mode; of an evaluation, the rows."""
        evidence = self.evidence
        asleep = tuple(name for name, m in self.moody if not m.training)
        awake = tuple(name for name, m in self.moody if m.training)
        training = self.model.training or any(m.training for m in self.model.modules())
        if not learns:
            found = None if x is None else keys(x)
            if len(evidence.evaluations) < EVALUATIONS:
                made = Evaluation(evidence.step, training, awake, found)
                evidence.evaluations.append(made)
            return
        mode, last = (training, asleep, awake), evidence.passes[-1:]
        if last and (last[0].training, last[0].asleep, last[0].awake) == mode:
            last[0].count += 1
        else:
            evidence.passes.append(Pass(evidence.step, *mode))

    def hang_leaves(self, learns):
        """Listen to the modules inside while the model learns, and only then."""
        if learns and not self.leaves:
            for name, module in self.model.named_modules():
                if not any(module.children()) or module._parameters:
                    leaf = self.leaf(name)
                    self.leaves.append(module.register_forward_hook(leaf))
        elif not learns:
            while self.leaves:
                self.leaves.pop().remove()
            self.trail.clear()

    def leaf(self, name):
        """Return a hook that remembers what the module ``name`` was given and gave."""
        add = self.trail.append
        return lambda module, args, output: add((name, module, args, output))

    @harmless
    def after_pass(self, model, args, output):
        """Look closely at what passed through the layers, if it is time to."""
        if self.is_looking:
            look(self.evidence, self.trail, output)

    @harmless
    def before_backward(self, loss):
        """Write down the loss, what it compares, and whether gradients were cleared."""
        evidence, step = self.evidence, self.evidence.step
        if not self.is_open or loss is None or loss.numel() != 1:
            return
        if self.is_stepping and evidence.backwards:  # a closure's further trials
            return
        if is_looked_at(step):
            if not self.is_clean:
                self.is_clean = not any(map(has_gradient, self.parameters()))
            note_targets(self, loss)
        value = float(loss.detach())
        known = evidence.losses.get(step, 0.0)
        evidence.backwards += 1
        evidence.losses[step] = known + (value - known) / evidence.backwards
        if evidence.broken is None and not math.isfinite(value):
            named = self.model.named_parameters()
            evidence.broken = where_it_broke(step, self.x, self.trail, named)
        self.trail.clear()
        self.x = self.told = None

    @harmless
    def before_step(self, optimiser, args, kwargs):
        """Keep the weights for a moment, to see how far the step moves them."""
        self.kept, self.is_stepping = [], True
        if is_looked_at(self.evidence.step):
            self.kept = [(p, p.detach().clone()) for p in self.parameters()]

    @harmless
    def after_step(self, optimiser, args, kwargs):
        """Write down gradients, sizes and updates, then count the step."""
        evidence = self.evidence
        for p, before in self.kept:
            name = self.names.get(id(p), "a parameter outside the model")
            note_weights(evidence, name, p, before)
        if self.kept and evidence.backwards:
            evidence.cleared[evidence.step] = self.is_clean
        self.kept = []
        self.is_open = self.is_clean = self.is_stepping = False
        evidence.backwards = 0
        evidence.step += 1

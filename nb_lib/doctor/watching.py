"""Stand beside a training loop and write down what it does, without touching it."""

import math
from itertools import chain

import torch
from torch import nn

from nb_lib.doctor.evidence import Evidence, Layer, Pass, Weights, rms
from nb_lib.doctor.graph import after_moves, name_of, read
from nb_lib.doctor.pairs import Pairs
from nb_lib.doctor.rows import keys

ACTIVE = []  # the doctors at work, outermost first
MODES = (nn.modules.dropout._DropoutNd, nn.modules.batchnorm._NormBase)
PATHS = ("View", "Reshape", "UnsafeView", "MaxPool2DWithIndices", "AvgPool2D", "Mul")
CURVES = ("Relu", "Tanh", "Sigmoid")
WINDOW = 8  # looks that share one record of which units were alive
ROWS = 100_000  # fingerprints kept at most


def is_looked_at(step):
    """Say whether step is one to look at closely: all of the first 20, then fewer."""
    return step < 20 or step % (10 if step < 300 else 50) == 0


def first_tensor(*values):
    """Return the first tensor in nested arguments, or None."""
    for value in values:
        if isinstance(value, torch.Tensor):
            return value
        if isinstance(value, dict):
            value = tuple(value.values())
        if isinstance(value, list | tuple):
            found = first_tensor(*value)
            if found is not None:
                return found
    return None


def listen(tensors, *args, **kwargs):
    """Tell each doctor which loss is about to be taken back, then take it back."""
    loss = first_tensor(tensors)
    for doctor in ACTIVE:
        doctor.before_backward(loss)
    return listen.original(tensors, *args, **kwargs)


class Watch:
    """Collect the evidence of a run in ``evidence``, between ``start`` and ``stop``."""

    def __init__(self, model, optimiser):
        self.model, self.optimiser = model, optimiser
        self.evidence = Evidence()
        self.names = {id(p): name for name, p in model.named_parameters()}
        self.moody = [(n, m) for n, m in model.named_modules() if isinstance(m, MODES)]
        self.trained, self.examined = {}, []  # fingerprints: training, evaluation
        self.trail, self.handles = [], []
        self.is_open = self.is_clean = self.looks = self.is_paused = False
        self.alone, self.pairs, self.x = True, Pairs(), None

    def parameters(self):
        """Yield the parameters that the optimiser steps."""
        return chain.from_iterable(g["params"] for g in self.optimiser.param_groups)

    def start(self):
        """Hang the hooks in and write down the weights' versions."""
        hang = self.handles.append
        hang(self.model.register_forward_pre_hook(self.before_pass, with_kwargs=True))
        for name, module in self.model.named_modules():
            if not any(module.children()) or module._parameters:
                hang(module.register_forward_hook(self.leaf(name)))
        hang(self.model.register_forward_hook(self.after_pass))
        hang(self.optimiser.register_step_pre_hook(self.before_step))
        hang(self.optimiser.register_step_post_hook(self.after_step))
        self.versions = {id(p): p._version for p in self.model.parameters()}
        if not ACTIVE:
            listen.original, torch.autograd.backward = torch.autograd.backward, listen
        ACTIVE.append(self)
        for doctor in ACTIVE:
            doctor.alone = len(ACTIVE) == 1

    def stop(self):
        """Take every hook out again."""
        for handle in self.handles:
            handle.remove()
        ACTIVE.remove(self)
        if not ACTIVE:
            torch.autograd.backward = listen.original
        self.trail.clear()
        self.touched = {
            name
            for name, p in self.model.named_parameters()
            if p._version != self.versions.get(id(p))
        }

    def before_pass(self, model, args, kwargs):
        """Note a forward pass: its mode, its rows, the scale of its input."""
        self.looks = False
        if self.is_paused:
            return
        x = first_tensor(args, kwargs)
        learns = torch.is_grad_enabled()
        self.x = x if learns else None
        on = {flag: [] for flag in (False, True)}
        for name, module in self.moody:
            on[module.training].append(name)
        rows = len(x) if x is not None and x.dim() else 0
        step = self.evidence.step
        modes = tuple(on[False]), tuple(on[True])
        self.evidence.passes.append(Pass(step, learns, model.training, *modes, rows))
        self.trail.clear()
        self.is_open |= learns
        self.looks = learns and is_looked_at(step)
        if x is not None and x.dim() > 1 and len(self.trained) < ROWS:
            self.note_rows(keys(x), learns)
        if self.looks and x is not None and x.is_floating_point() and x.dim() > 1:
            self.note_scale(x.detach())

    def note_rows(self, found, learns):
        """Keep the fingerprints of a batch, apart for training and evaluation."""
        if learns:
            old = sum(key in self.trained for key in found)
            if found and self.evidence.first_repeat is None and old > len(found) / 2:
                self.evidence.first_repeat = self.evidence.step
            self.trained.update(dict.fromkeys(found, self.evidence.step))
        elif found:
            self.examined.append((self.evidence.step, found))

    def note_scale(self, x):
        """Write down the scale of the input, and of its features if it is a table."""
        scale = {"rms": rms(x), "mean": float(x.float().mean())}
        if x.dim() == 2 and len(x) > 1:
            spread = x.float().std(dim=0)
            spread = spread[spread > 0]
            if len(spread):
                scale["spread"] = float(spread.max() / spread.median())
        self.evidence.inputs.append(scale)

    def leaf(self, name):
        """Return a hook that remembers what the module ``name`` was given and gave."""

        def remember(module, args, output):
            if torch.is_grad_enabled() and not self.is_paused:
                self.trail.append((name, module, first_tensor(args), output))

        return remember

    def after_pass(self, model, args, output):
        """Look closely at what passed through the layers, if it is time to."""
        if not self.looks:
            return
        for depth, (name, module, x, y) in enumerate(self.trail):
            if module._parameters:
                layer = self.layer(name, module, depth)
                self.look_at_input(layer, x)
                self.look_at_signal(layer, first_tensor(y))

    def layer(self, name, module, depth):
        """Return the record of a layer, made when it is first seen."""
        if name not in self.evidence.layers:
            kind = type(module).__name__
            normalises = "Norm" in kind or "Embedding" in kind
            self.evidence.layers[name] = Layer(name, depth, normalises=normalises)
        return self.evidence.layers[name]

    def look_at_signal(self, layer, y):
        """Let the backward pass write down the error signal at a layer's output."""
        step = self.evidence.step
        if y is not None and y.requires_grad:
            y.register_hook(lambda dy: layer.signal.__setitem__(step, rms(dy)))

    def look_at_input(self, layer, x):
        """Write down how many units below a layer are dead or saturated."""
        node = None if x is None or x.grad_fn is None else after_moves(x.grad_fn, PATHS)
        if node is None or name_of(node) not in CURVES:
            return
        layer.kind, step, x = name_of(node), self.evidence.step, x.detach()
        units = x.movedim(1, -1) if x.dim() == 4 else x
        units = units.reshape(-1, units.shape[-1])
        if layer.kind == "Relu":
            return self.note_alive(layer, (units > 0).any(dim=0), len(x))
        low = -1.0 if layer.kind == "Tanh" else 0.0
        far = (units > 0.98) | (units < low + 0.02)
        layer.squashed[step] = float(far.float().mean())

    def note_alive(self, layer, alive, rows):
        """Join what was alive to the layer's window; close the window when full."""
        if layer.alive is None or layer.alive.shape != alive.shape:
            layer.alive, layer.rows, layer.looks = alive, 0, 0
        layer.alive, layer.rows = layer.alive | alive, layer.rows + rows
        layer.looks += 1
        if layer.looks >= WINDOW:
            dead = 1 - float(layer.alive.float().mean())
            layer.windows[self.evidence.step] = dead
            layer.alive = None

    def before_backward(self, loss):
        """Write down the loss, what it compares, and whether gradients were cleared."""
        if self.is_paused or not self.is_open or loss is None or loss.numel() != 1:
            return
        evidence, step = self.evidence, self.evidence.step
        self.is_clean |= not any(map(has_gradient, self.parameters()))
        value = float(loss.detach())
        known = evidence.losses.get(step, 0.0)
        evidence.backwards += 1
        evidence.losses[step] = known + (value - known) / evidence.backwards
        if not math.isfinite(value) and evidence.broken is None:
            evidence.broken = (step, *self.where_it_broke())
        reading = read(loss)
        if reading is not None:
            self.note_targets(reading)
        self.trail.clear()
        self.x = None

    def note_targets(self, reading):
        """Keep what the loss compares with, as far as the rules will ask."""
        evidence, target = self.evidence, reading.target
        evidence.readings[evidence.step] = (
            reading.kind,
            reading.classes,
            reading.terms,
            reading.squashed_twice,
        )
        if target is None:
            return
        if target.numel() > 1 and len(evidence.constant) < 200:
            evidence.constant.append(bool((target == target.flatten()[0]).all()))
        if target.is_floating_point() and reading.kind != "cross_entropy":
            evidence.targets.append(target.detach().flatten()[:256])
        elif target.dim() == 1 and len(evidence.labels) < 2000:
            evidence.labels.append(target.detach())
            if self.x is not None:
                self.pairs.add(self.x, target.detach())

    def where_it_broke(self):
        """Return the module where a number was first not finite, and what it was."""
        for name, _module, x, y in self.trail:
            x, y = first_tensor(x), first_tensor(y)
            if x is not None and not is_finite(x):
                first = name == self.trail[0][0]
                return (("input",) if first else (name,)), "its input"
            if y is not None and not is_finite(y):
                return (name,), "its output"
        return ("loss",), "the loss"

    def before_step(self, optimiser, args, kwargs):
        """Keep the weights for a moment, to see how far the step moves them."""
        self.kept = []
        if not self.is_paused and is_looked_at(self.evidence.step):
            self.kept = [(p, p.detach().clone()) for p in self.parameters()]

    def after_step(self, optimiser, args, kwargs):
        """Write down gradients, sizes and updates, then count the step."""
        if self.is_paused:
            return
        evidence, step = self.evidence, self.evidence.step
        if evidence.backwards and step and not self.is_clean:
            evidence.uncleared.append(step)
        for p, before in self.kept:
            self.note_weights(p, before)
        if evidence.broken is None:
            self.note_broken_gradient()
        self.kept = []
        self.is_open = self.is_clean = False
        evidence.backwards = 0
        evidence.step += 1

    def note_weights(self, p, before):
        """Write down one parameter's gradient, size and relative update."""
        name = self.names.get(id(p), "a parameter outside the model")
        weights = self.evidence.weights.setdefault(name, Weights(name))
        if p.grad is None:
            weights.missing += p.requires_grad
            return
        weights.seen += 1
        step, size = self.evidence.step, float(before.norm())
        gradient = p.grad.coalesce().values() if p.grad.is_sparse else p.grad
        weights.gradient[step], weights.size[step] = float(gradient.norm()), size
        if p.dim() > 1 and size > 0:
            weights.ratio[step] = float((p.detach() - before).norm()) / size

    def note_broken_gradient(self):
        """Find a gradient that is not finite though the loss was."""
        first = next((p for p in self.parameters() if p.grad is not None), None)
        if first is None or first.grad.is_sparse or is_finite(first.grad):
            return
        bad = [p for p in self.parameters() if p.grad is not None]
        bad = [self.names.get(id(p), "?") for p in bad if not is_finite(p.grad)]
        self.evidence.broken = (self.evidence.step, (bad[-1],), "its gradient")


def is_finite(tensor):
    """Say whether all entries are finite. Their sum tells, unless it overflows itself."""
    whole = tensor.detach()
    return bool(torch.isfinite(whole.sum())) or bool(torch.isfinite(whole).all())


def has_gradient(p):
    """Say whether a parameter holds a gradient that is not zero."""
    if p.grad is None:
        return False
    return bool((p.grad._values() if p.grad.is_sparse else p.grad).any())

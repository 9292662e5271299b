"""Another doctor, written from its published rules, and what such doctors need.

SageMaker Debugger's built-in rules with the defaults of its documentation, each checked
at every step; ``umlaut.py`` has the third doctor. Where a rule may mean several of our
faults, any of them counts as named.
"""

import torch
from torch import nn

EPOCH = 25  # steps


class Baseline:
    """What both need: hooks on one run, and the names of the rules that fired."""

    def __init__(self):
        self.fired, self.handles = set(), []

    def start(self, doctor):
        """Hang the hooks in beside a doctor, whose losses are read too."""
        self.doctor, hang = doctor, self.handles.append
        for module in doctor.model.modules():
            if isinstance(module, nn.ReLU | nn.Tanh | nn.Sigmoid):
                hang(module.register_forward_hook(self.activation))
        hang(doctor.model.register_forward_hook(self.whole, with_kwargs=False))
        hang(doctor.optimiser.register_step_pre_hook(self.before_step))
        hang(doctor.optimiser.register_step_post_hook(self.after_step))

    def stop(self):
        """Take the hooks out again."""
        for handle in self.handles:
            handle.remove()

    def losses(self):
        """Return the training losses so far."""
        return list(self.doctor.evidence.losses.values())

    def activation(self, module, args, output):
        pass

    def whole(self, model, args, output):
        pass

    def before_step(self, optimiser, args, kwargs):
        pass

    def after_step(self, optimiser, args, kwargs):
        pass

    def note(self, output, y):
        pass

    def test(self, loss, output, y):
        pass


class Debugger(Baseline):
    """SageMaker Debugger's rules that apply to any network, at their defaults."""

    names = {
        "VanishingGradient": {"vanishing_gradients"},
        "ExplodingTensor": {"nan", "exploding_gradients"},
        "DeadRelu": {"dead_units"},
        "SaturatedActivation": {"saturated_units"},
        "PoorWeightInitialization": {
            *("bad_start", "vanishing_gradients", "exploding_gradients"),
        },
        "WeightUpdateRatio": {"update_ratio", "lr_too_large", "lr_too_small"},
        "LossNotDecreasing": {"no_learning"},
        "Overfit": {"overfit"},
        "UnchangedTensor": {"not_stepped"},
    }
    FIRST = 10  # steps that PoorWeightInitialization analyses

    def __init__(self):
        super().__init__()
        self.last, self.weights = 0, {}

    def activation(self, module, args, output):
        """DeadRelu: under 1% active, in over 50% of a layer; and saturation."""
        if not torch.is_grad_enabled():
            return
        x = args[0].detach().reshape(len(output), -1)
        if isinstance(module, nn.ReLU):
            dead = (x > 0).float().mean(dim=0) < 0.01
            self.fired |= {"DeadRelu"} if float(dead.float().mean()) > 0.5 else set()
            return
        low, high = (
            (-9.4999, 9.4999) if isinstance(module, nn.Tanh) else (-23, 16.99999)
        )
        inside = ((x > low) & (x < high)).float().mean(dim=0) < 0.01
        if float(inside.float().mean()) > 0.5:
            self.fired.add("SaturatedActivation")

    def before_step(self, optimiser, args, kwargs):
        """VanishingGradient: mean |g| < 1e-7; ExplodingTensor: not finite."""
        step, variances = self.doctor.evidence.step, []
        parameters = [*self.doctor.parameters()]
        for p in parameters:
            if p.grad is None:
                continue
            g = p.grad.to_dense().flatten()
            if float(g.abs().mean()) < 1e-7:
                self.fired.add("VanishingGradient")
            if not bool(torch.isfinite(g).all()):
                self.fired.add("ExplodingTensor")
            elif step < self.FIRST and p.ndim > 1:
                variances.append(float(p.detach().var()))
                low, high = torch.quantile(g[:100_000], torch.tensor([0.05, 0.95]))
                if float(high - low) < 0.001:
                    self.fired.add("PoorWeightInitialization")
        if variances and max(variances) > 10 * max(min(variances), 1e-30):
            self.fired.add("PoorWeightInitialization")
        self.weights = {id(p): p.detach().clone() for p in parameters}

    def after_step(self, optimiser, args, kwargs):
        """WeightUpdateRatio, UnchangedTensor, and LossNotDecreasing."""
        for p in self.doctor.parameters():
            before = self.weights[id(p)]
            change = float((p.detach() - before).abs().mean())
            ratio = change / (float(before.abs().mean()) + 1e-9)
            if ratio > 10.0 or ratio < 1e-8:
                self.fired.add("WeightUpdateRatio")
        losses = self.losses()
        tail = torch.tensor(losses[-3:])
        if len(tail) == 3 and torch.allclose(tail, tail[:1], rtol=1e-5, atol=1e-8):
            self.fired.add("UnchangedTensor")
        if len(losses) - 1 - self.last >= 10:
            old, self.last = losses[self.last], len(losses) - 1
            if not losses[-1] < old * (1 - 0.1 / 100):
                self.fired.add("LossNotDecreasing")

    def test(self, loss, output, y):
        """Overfit: mean validation loss over 10% above the mean training loss."""
        losses = self.losses()[-EPOCH:]
        mean = sum(losses) / max(1, len(losses))
        if mean > 0 and (loss - mean) / mean > 0.1:
            self.fired.add("Overfit")

"""UMLAUT's heuristics, to compare with: checked once an epoch, here every ``EPOCH``.

Source: Eldon Schoop, Forrest Huang and Björn Hartmann (CHI 2021).
"""

import torch
from torch import nn

from clinic.baselines import EPOCH, Baseline


class Umlaut(Baseline):
    """UMLAUT's heuristics, as its published code states them."""

    names = {
        "InputNotNormalized": {"input_scale"},
        "NaNInLoss": {"nan"},
        "LearningRateHigh": {"lr_too_large"},
        "LearningRateLow": {"lr_too_small"},
        "Overfitting": {"overfit"},
        "OverconfidentValidation": {"leakage", "train_mode"},
        "MissingActivation": set(),
    }

    def __init__(self):
        super().__init__()
        self.epochs, self.right, self.rows = [], 0, 0

    def start(self, doctor):
        super().start(doctor)
        layers = [m for m in doctor.model.modules() if not any(m.children())]
        pairs = zip(layers, layers[1:], strict=False)
        if any(isinstance(a, nn.Linear) and isinstance(b, nn.Linear) for a, b in pairs):
            self.fired.add("MissingActivation")

    def whole(self, model, args, output):
        """Inputs outside [-1, 1], looked at once an epoch."""
        x, step = args[0].detach(), self.doctor.evidence.step
        is_asked = step % EPOCH == 0 and torch.is_grad_enabled()
        if is_asked and x.is_floating_point() and float(x.abs().max()) > 1:
            self.fired.add("InputNotNormalized")

    def after_step(self, optimiser, args, kwargs):
        """A learning rate above 0.01 or below 1e-7; a loss that is NaN."""
        rates = [group["lr"] for group in optimiser.param_groups]
        if self.doctor.evidence.step % EPOCH == 0:
            self.fired |= {"LearningRateHigh"} if max(rates) > 0.01 else set()
            self.fired |= {"LearningRateLow"} if min(rates) < 1e-7 else set()
        losses = self.losses()
        if losses and losses[-1] != losses[-1]:
            self.fired.add("NaNInLoss")

    def note(self, output, y):
        """Count what was right in training."""
        if output_is_classes(output, y):
            self.right += int((output.argmax(1) == y).sum())
            self.rows += len(y)

    def test(self, loss, output, y):
        """Validation up while training falls; validation too good, from epoch 3 on."""
        recent = self.losses()[-EPOCH:]
        now = sum(recent) / max(1, len(recent)), loss
        if self.epochs and now[1] > self.epochs[-1][1] and now[0] <= self.epochs[-1][0]:
            self.fired.add("Overfitting")
        self.epochs.append(now)
        if output_is_classes(output, y) and self.rows and len(self.epochs) > 3:
            right = float((output.argmax(1) == y).float().mean())
            if right > 0.95 or right > self.right / self.rows:
                self.fired.add("OverconfidentValidation")
        self.right = self.rows = 0


def output_is_classes(output, y):
    """Say whether an output (N, C) and labels (N,) belong together."""
    is_tensor = isinstance(output, torch.Tensor) and output.ndim == 2
    return is_tensor and y.ndim == 1 and not y.is_floating_point()

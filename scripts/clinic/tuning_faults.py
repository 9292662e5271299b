"""The variant of each fault to tune on: functions (architecture, seed) -> program."""

import torch
from torch import nn

from clinic.architectures import build
from clinic.changes import change, groups, redraw, rescale
from clinic.programs import adam, sgd


def sunk_bias(name, seed):
    p = build(name, seed, activation=nn.ReLU)
    nn.init.constant_(p.model.tower[0].bias, -50.0)
    return p


def wide_tanh(name, seed):
    p = build(name, seed, activation=nn.Tanh)
    rescale(p.model.tower, 30)
    return p


def deep_sigmoid(name, seed):
    return build(name, seed, activation=nn.Sigmoid, depth=10)


def deep_normal_relu(name, seed):
    p = build(name, seed, activation=nn.ReLU, depth=10)
    redraw(p.model.tower, 1.0)
    return p


def log_of_zero(name, seed):
    def loss(logits, y):
        return -(500 * logits).softmax(1).gather(1, y[:, None]).log().mean()

    return change(build(name, seed), loss=loss)


def empty_inputs(name, seed):
    return change(build(name, seed), prepare=lambda x: 0 * x)


def wide_head(name, seed):
    p = build(name, seed)
    rescale(p.model.head, 100)
    return p


def slow_tower(name, seed):
    return change(build(name, seed), optimiser=groups("tower.0", 1e-9, 2e-3))


class Cut(nn.Module):
    """Detach what passes."""

    def forward(self, x):
        return x.detach()


def detached(name, seed):
    p = build(name, seed)
    p.model.tower = nn.Sequential(Cut(), *p.model.tower)
    return p


def head_only(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m.head))


def never_cleared(name, seed):
    return change(build(name, seed), clears=lambda step, is_new_epoch: False)


def always_evaluating(name, seed):
    return change(build(name, seed), trains=lambda step, tested: False)


def training_at_test(name, seed):
    return change(build(name, seed), evaluates=False)


def softmax_layer(name, seed):
    p = build(name, seed)
    p.model.last = nn.Softmax(dim=1)
    return p


def permuted_labels(name, seed):
    p = build(name, seed)
    return change(p, y=p.y[torch.randperm(len(p.y))])


def copied_rows(name, seed):
    p = build(name, seed)
    p.x_test[:120], p.y_test[:120] = p.x[:120], p.y[:120]
    return p


def sorted_rows(name, seed):
    return change(build(name, seed), order=lambda p: torch.argsort(p.y, stable=True))


def as_bytes(name, seed):
    return change(build(name, seed), prepare=lambda x: 255 * x)


def leaping_sgd(name, seed):
    return change(build(name, seed), optimiser=lambda m: sgd(m, 20.0))


def creeping_adam(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m, 1e-8))


def few_rows(name, seed):
    p = build(name, seed)
    parts = {"x": p.x[:64], "y": p.y[:64], "steps": 300}
    return change(p, **parts, optimiser=lambda m: adam(m, 5e-3))


TUNING_FAULTS = {
    "dead_units": sunk_bias,
    "saturated_units": wide_tanh,
    "vanishing_gradients": deep_sigmoid,
    "exploding_gradients": deep_normal_relu,
    "nan": log_of_zero,
    "no_learning": empty_inputs,
    "bad_start": wide_head,
    "update_ratio": slow_tower,
    "no_gradient": detached,
    "not_stepped": head_only,
    "grads_not_cleared": never_cleared,
    "eval_mode": always_evaluating,
    "train_mode": training_at_test,
    "double_softmax": softmax_layer,
    "labels_shuffled": permuted_labels,
    "leakage": copied_rows,
    "class_sorted": sorted_rows,
    "input_scale": as_bytes,
    "lr_too_large": leaping_sgd,
    "lr_too_small": creeping_adam,
    "overfit": few_rows,
}

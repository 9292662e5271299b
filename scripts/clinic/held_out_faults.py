"""The variant of each fault held out: functions (architecture, seed) -> program."""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.changes import change, groups, redraw
from clinic.programs import adam


def negative_weights(name, seed):
    p = build(name, seed, activation=nn.ReLU, depth=3)
    with torch.no_grad():
        p.model.tower[3].weight.abs_().neg_()
        p.model.tower[3].bias.fill_(-0.3)
    return p


def wide_sigmoid(name, seed):
    p = build(name, seed, activation=nn.Sigmoid, depth=2)
    redraw(p.model.tower, 6.0)
    return p


def deep_small_tanh(name, seed):
    p = build(name, seed, activation=nn.Tanh, depth=8)
    redraw(p.model.tower, 0.01)
    return p


def deep_orthogonal(name, seed):
    p = build(name, seed, activation=nn.LeakyReLU, depth=10)
    for layer in p.model.tower[::3]:
        nn.init.orthogonal_(layer.weight, gain=6.0)
    return p


def root_of_zero(name, seed):
    p = build(name, seed)
    nn.init.zeros_(p.model.head.bias)

    def loss(logits, y):
        size = p.model.head.bias.square().sum().sqrt()
        return F.cross_entropy(logits, y) + 1e-3 * size

    return change(p, loss=loss)


def ascent(name, seed):
    def optimiser(model):
        return torch.optim.SGD(model.parameters(), lr=0.02, maximize=True)

    return change(build(name, seed), optimiser=optimiser)


def wrong_bias(name, seed):
    p = build(name, seed)
    with torch.no_grad():
        p.model.head.bias[0] = 40.0
    return p


def wild_head(name, seed):
    return change(build(name, seed), optimiser=groups("head", 30.0, 1e-4))


class Still(nn.Module):
    """Run a module without gradients."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        with torch.no_grad():
            return self.inner(x)


def without_gradients(name, seed):
    p = build(name, seed)
    p.model.stem = Still(p.model.stem)
    return p


def late_head(name, seed):
    p = build(name, seed)

    def replace(model):
        model.head = nn.Linear(model.head.in_features, model.head.out_features)

    return change(p, after_setup=replace)


def cleared_by_epoch(name, seed):
    return change(build(name, seed), clears=lambda step, is_new_epoch: is_new_epoch)


def evaluating_after_test(name, seed):
    return change(build(name, seed), trains=lambda step, tested: not tested)


def training_at_silent_test(name, seed):
    return change(build(name, seed), evaluates=False, tells=False, tests_every=20)


def sigmoid_layer(name, seed):
    def loss(output, y):
        targets = F.one_hot(y, output.shape[1]).float()
        return F.binary_cross_entropy_with_logits(output, targets)

    p = build(name, seed)
    p.model.last = nn.Sigmoid()
    return change(p, loss=loss)


def shifted_labels(name, seed):
    p = build(name, seed)
    return change(p, y=p.y.roll(1))


def split_after_copying(name, seed):
    p = build(name, seed)
    x, y = torch.cat([p.x[:1000]] * 2), torch.cat([p.y[:1000]] * 2)
    order = torch.randperm(len(x))
    x, y = x[order], y[order]
    return change(p, x=x[:1600], y=y[:1600], x_test=x[1600:], y_test=y[1600:])


def one_class_a_batch(name, seed):
    def order(p):
        by_class = [torch.nonzero(p.y == c).flatten() for c in p.y.unique()]
        whole = [b[: len(b) // p.batch * p.batch].split(p.batch) for b in by_class]
        blocks = [block for blocks in whole for block in blocks]
        return torch.cat([blocks[i] for i in torch.randperm(len(blocks))])

    return change(build(name, seed), order=order)


def far_from_zero(name, seed):
    return change(build(name, seed), prepare=lambda x: x + 300)


def leaping_adam(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m, 0.6))


def creeping_sgd(name, seed):
    plain = lambda m: torch.optim.SGD(m.parameters(), lr=1e-6)  # noqa: E731
    return change(build(name, seed), optimiser=plain)


def noisy_labels(name, seed):
    p = build(name, seed)
    y = p.y[:160].clone()
    y[:64] = y[torch.randperm(64)]
    parts = {"x": p.x[:160], "y": y, "steps": 400}
    return change(p, **parts, optimiser=lambda m: adam(m, 5e-3))


HELD_OUT_FAULTS = {
    "dead_units": negative_weights,
    "saturated_units": wide_sigmoid,
    "vanishing_gradients": deep_small_tanh,
    "exploding_gradients": deep_orthogonal,
    "nan": root_of_zero,
    "no_learning": ascent,
    "bad_start": wrong_bias,
    "update_ratio": wild_head,
    "no_gradient": without_gradients,
    "not_stepped": late_head,
    "grads_not_cleared": cleared_by_epoch,
    "eval_mode": evaluating_after_test,
    "train_mode": training_at_silent_test,
    "double_softmax": sigmoid_layer,
    "labels_shuffled": shifted_labels,
    "leakage": split_after_copying,
    "class_sorted": one_class_a_batch,
    "input_scale": far_from_zero,
    "lr_too_large": leaping_adam,
    "lr_too_small": creeping_sgd,
    "overfit": noisy_labels,
}

"""Twenty-one faults, each in two variants: one to tune on, one held out.

A variant is a function from (architecture, seed) to a program. ``also`` names what a
report may rightly add, because it follows from the fault.
"""

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.programs import adam, sgd

ALSO = {
    "dead_units": {"vanishing_gradients", "no_learning"},
    "saturated_units": {"vanishing_gradients", "no_learning", "bad_start"},
    "vanishing_gradients": {"no_learning", "saturated_units", "dead_units"},
    "exploding_gradients": {
        *("bad_start", "lr_too_large", "dead_units", "saturated_units", "nan"),
        *("update_ratio", "no_learning"),
    },
    "nan": {"bad_start", "no_learning"},
    "no_learning": {"lr_too_large", "dead_units", "bad_start", "input_scale"},
    "bad_start": {"lr_too_large", "nan", "dead_units", "update_ratio"},
    "update_ratio": {"lr_too_large", "no_learning", "dead_units"},
    "no_gradient": set(),
    "not_stepped": {"no_gradient"},
    "grads_not_cleared": {"nan", "lr_too_large", "dead_units", "no_learning"},
    "eval_mode": {"overfit"},
    "train_mode": set(),
    "double_softmax": {"no_learning", "vanishing_gradients"},
    "labels_shuffled": {"no_learning", "overfit"},
    "leakage": set(),
    "class_sorted": {"no_learning", "overfit"},
    "input_scale": {"bad_start", "saturated_units", "dead_units", "no_learning"},
    "lr_too_large": {
        *("dead_units", "nan", "no_learning", "exploding_gradients", "update_ratio"),
        *("saturated_units", "vanishing_gradients"),
    },
    "lr_too_small": {"no_learning"},
    "overfit": set(),
}


def change(program, **parts):
    """Replace parts of a program."""
    for name, part in parts.items():
        setattr(program, name, part)
    return program


def rescale(module, factor):
    """Multiply all matrices of a module."""
    with torch.no_grad():
        for p in module.parameters():
            if p.ndim > 1:
                p.mul_(factor)


def redraw(module, std):
    """Draw all matrices of a module from a normal distribution."""
    for p in module.parameters():
        if p.ndim > 1:
            nn.init.normal_(p, std=std)


def sunk_bias(name, seed):
    p = build(name, seed, activation=nn.ReLU)
    nn.init.constant_(p.model.tower[0].bias, -50.0)
    return p


def negative_weights(name, seed):
    p = build(name, seed, activation=nn.ReLU, depth=3)
    with torch.no_grad():
        p.model.tower[3].weight.abs_().neg_()
        p.model.tower[3].bias.fill_(-0.3)
    return p


def wide_tanh(name, seed):
    p = build(name, seed, activation=nn.Tanh)
    rescale(p.model.tower, 30)
    return p


def wide_sigmoid(name, seed):
    p = build(name, seed, activation=nn.Sigmoid, depth=2)
    redraw(p.model.tower, 6.0)
    return p


def deep_sigmoid(name, seed):
    return build(name, seed, activation=nn.Sigmoid, depth=10)


def deep_small_tanh(name, seed):
    p = build(name, seed, activation=nn.Tanh, depth=8)
    redraw(p.model.tower, 0.01)
    return p


def deep_normal_relu(name, seed):
    p = build(name, seed, activation=nn.ReLU, depth=10)
    redraw(p.model.tower, 1.0)
    return p


def deep_orthogonal(name, seed):
    p = build(name, seed, activation=nn.LeakyReLU, depth=10)
    for layer in p.model.tower[::3]:
        nn.init.orthogonal_(layer.weight, gain=6.0)
    return p


def log_of_zero(name, seed):
    def loss(logits, y):
        return -(500 * logits).softmax(1).gather(1, y[:, None]).log().mean()

    return change(build(name, seed), loss=loss)


def root_of_zero(name, seed):
    p = build(name, seed)
    nn.init.zeros_(p.model.head.bias)

    def loss(logits, y):
        size = p.model.head.bias.square().sum().sqrt()
        return F.cross_entropy(logits, y) + 1e-3 * size

    return change(p, loss=loss)


def empty_inputs(name, seed):
    return change(build(name, seed), prepare=lambda x: 0 * x)


def ascent(name, seed):
    def optimiser(model):
        return torch.optim.SGD(model.parameters(), lr=0.02, maximize=True)

    return change(build(name, seed), optimiser=optimiser)


def wide_head(name, seed):
    p = build(name, seed)
    rescale(p.model.head, 100)
    return p


def wrong_bias(name, seed):
    p = build(name, seed)
    with torch.no_grad():
        p.model.head.bias[0] = 40.0
    return p


def groups(part, lr, usual):
    """Return a way to make Adam with a learning rate of its own for one part."""

    def optimiser(model):
        odd = [*model.get_submodule(part).parameters()]
        rest = [p for p in model.parameters() if all(p is not q for q in odd)]
        groups = [{"params": rest}, {"params": odd, "lr": lr}]
        return torch.optim.Adam(groups, lr=usual)

    return optimiser


def slow_tower(name, seed):
    return change(build(name, seed), optimiser=groups("tower.0", 1e-9, 2e-3))


def wild_head(name, seed):
    return change(build(name, seed), optimiser=groups("head", 30.0, 1e-4))


class Cut(nn.Module):
    """Detach what passes."""

    def forward(self, x):
        return x.detach()


class Still(nn.Module):
    """Run a module without gradients."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        with torch.no_grad():
            return self.inner(x)


def detached(name, seed):
    p = build(name, seed)
    p.model.tower = nn.Sequential(Cut(), *p.model.tower)
    return p


def without_gradients(name, seed):
    p = build(name, seed)
    p.model.stem = Still(p.model.stem)
    return p


def head_only(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m.head))


def late_head(name, seed):
    p = build(name, seed)

    def replace(model):
        model.head = nn.Linear(model.head.in_features, model.head.out_features)

    return change(p, after_setup=replace)


def never_cleared(name, seed):
    return change(build(name, seed), clears=lambda step, is_new_epoch: False)


def cleared_by_epoch(name, seed):
    return change(build(name, seed), clears=lambda step, is_new_epoch: is_new_epoch)


def always_evaluating(name, seed):
    return change(build(name, seed), trains=lambda step, tested: False)


def evaluating_after_test(name, seed):
    return change(build(name, seed), trains=lambda step, tested: not tested)


def training_at_test(name, seed):
    return change(build(name, seed), evaluates=False)


def training_at_silent_test(name, seed):
    return change(build(name, seed), evaluates=False, tells=False, tests_every=20)


def softmax_layer(name, seed):
    p = build(name, seed)
    p.model.last = nn.Softmax(dim=1)
    return p


def sigmoid_layer(name, seed):
    def loss(output, y):
        targets = F.one_hot(y, output.shape[1]).float()
        return F.binary_cross_entropy_with_logits(output, targets)

    p = build(name, seed)
    p.model.last = nn.Sigmoid()
    return change(p, loss=loss)


def permuted_labels(name, seed):
    p = build(name, seed)
    return change(p, y=p.y[torch.randperm(len(p.y))])


def shifted_labels(name, seed):
    p = build(name, seed)
    return change(p, y=p.y.roll(1))


def copied_rows(name, seed):
    p = build(name, seed)
    p.x_test[:120], p.y_test[:120] = p.x[:120], p.y[:120]
    return p


def split_after_copying(name, seed):
    p = build(name, seed)
    x, y = torch.cat([p.x[:1000]] * 2), torch.cat([p.y[:1000]] * 2)
    order = torch.randperm(len(x))
    x, y = x[order], y[order]
    return change(p, x=x[:1600], y=y[:1600], x_test=x[1600:], y_test=y[1600:])


def sorted_rows(name, seed):
    return change(build(name, seed), order=lambda p: torch.argsort(p.y, stable=True))


def one_class_a_batch(name, seed):
    def order(p):
        by_class = [torch.nonzero(p.y == c).flatten() for c in p.y.unique()]
        whole = [b[: len(b) // p.batch * p.batch].split(p.batch) for b in by_class]
        blocks = [block for blocks in whole for block in blocks]
        return torch.cat([blocks[i] for i in torch.randperm(len(blocks))])

    return change(build(name, seed), order=order)


def as_bytes(name, seed):
    return change(build(name, seed), prepare=lambda x: 255 * x)


def far_from_zero(name, seed):
    return change(build(name, seed), prepare=lambda x: x + 300)


def leaping_sgd(name, seed):
    return change(build(name, seed), optimiser=lambda m: sgd(m, 20.0))


def leaping_adam(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m, 0.6))


def creeping_adam(name, seed):
    return change(build(name, seed), optimiser=lambda m: adam(m, 1e-8))


def creeping_sgd(name, seed):
    plain = lambda m: torch.optim.SGD(m.parameters(), lr=1e-6)  # noqa: E731
    return change(build(name, seed), optimiser=plain)


def few_rows(name, seed):
    p = build(name, seed)
    parts = {"x": p.x[:64], "y": p.y[:64], "steps": 300}
    return change(p, **parts, optimiser=lambda m: adam(m, 5e-3))


def noisy_labels(name, seed):
    p = build(name, seed)
    y = p.y[:160].clone()
    y[:64] = y[torch.randperm(64)]
    parts = {"x": p.x[:160], "y": y, "steps": 400}
    return change(p, **parts, optimiser=lambda m: adam(m, 5e-3))


# fault: (variant to tune on, variant held out)
FAULTS = {
    "dead_units": (sunk_bias, negative_weights),
    "saturated_units": (wide_tanh, wide_sigmoid),
    "vanishing_gradients": (deep_sigmoid, deep_small_tanh),
    "exploding_gradients": (deep_normal_relu, deep_orthogonal),
    "nan": (log_of_zero, root_of_zero),
    "no_learning": (empty_inputs, ascent),
    "bad_start": (wide_head, wrong_bias),
    "update_ratio": (slow_tower, wild_head),
    "no_gradient": (detached, without_gradients),
    "not_stepped": (head_only, late_head),
    "grads_not_cleared": (never_cleared, cleared_by_epoch),
    "eval_mode": (always_evaluating, evaluating_after_test),
    "train_mode": (training_at_test, training_at_silent_test),
    "double_softmax": (softmax_layer, sigmoid_layer),
    "labels_shuffled": (permuted_labels, shifted_labels),
    "leakage": (copied_rows, split_after_copying),
    "class_sorted": (sorted_rows, one_class_a_batch),
    "input_scale": (as_bytes, far_from_zero),
    "lr_too_large": (leaping_sgd, leaping_adam),
    "lr_too_small": (creeping_adam, creeping_sgd),
    "overfit": (few_rows, noisy_labels),
}

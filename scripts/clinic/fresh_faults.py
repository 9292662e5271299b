"""A third variant of each fault, written down before the rules were mended.

The held-out half had been looked at once when these were written; the rules that were
mended after that look were first run on these programs when they were counted.
"""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from clinic.architectures import build
from clinic.changes import change, groups, rescale
from clinic.programs import adam, rmsprop


def mostly_sunk(name, seed):
    """Four of five units of a layer start far below zero."""
    p = build(name, seed, activation=nn.ReLU, depth=2)
    bias = p.model.tower[3].bias
    with torch.no_grad():
        bias[torch.arange(len(bias)) % 5 != 0] = -25.0
    return p


def far_biases(name, seed):
    """Biases of both signs push each tanh to an end."""
    p = build(name, seed, activation=nn.Tanh, depth=2)
    signs = torch.arange(len(p.model.tower[0].bias)) % 2 * 2 - 1
    with torch.no_grad():
        p.model.tower[0].bias.copy_(9.0 * signs)
    return p


def shrinking_layers(name, seed):
    """Nine layers that each leave a seventh of what they are given."""
    p = build(name, seed, activation=nn.LeakyReLU, depth=9)
    for layer in p.model.tower[::3]:
        nn.init.orthogonal_(layer.weight, gain=0.15)
    return p


class Plus(nn.Module):
    """A residual layer without any norm: x + relu(W x)."""

    def __init__(self, width):
        super().__init__()
        self.mix = nn.Linear(width, width)
        nn.init.orthogonal_(self.mix.weight, gain=6.0)

    def forward(self, x):
        return x + F.relu(self.mix(x))


def growing_residuals(name, seed):
    p = build(name, seed)
    width = p.model.head.in_features
    p.model.tower = nn.Sequential(*(Plus(width) for _ in range(10)))
    return p


def unsafe_softmax(name, seed):
    """A softmax by hand, without the largest logit taken away."""

    def loss(logits, y):
        e = (400 * logits).exp()
        return -(e / e.sum(1, keepdim=True)).gather(1, y[:, None]).log().mean()

    return change(build(name, seed), loss=loss)


def negated(name, seed):
    return change(build(name, seed), loss=lambda z, y: -F.cross_entropy(z, y))


def cold(name, seed):
    """A temperature of a hundredth where one was meant."""
    return change(build(name, seed), loss=lambda z, y: F.cross_entropy(z / 0.01, y))


def wild_tower(name, seed):
    return change(build(name, seed), optimiser=groups("tower.0", 3.0, 3e-4))


class Forgotten(nn.Module):
    """A net with a layer that its forward pass never calls."""

    def __init__(self, inner):
        super().__init__()
        self.inner, self.spare = inner, nn.Linear(20, 20)

    def forward(self, x):
        return self.inner(x)


def forgotten_layer(name, seed):
    p = build(name, seed)
    return change(p, model=Forgotten(p.model))


def copied_model(name, seed):
    """The optimiser was made for a copy of the model."""
    return change(build(name, seed), optimiser=lambda m: adam(copy.deepcopy(m)))


def cleared_now_and_then(name, seed):
    return change(build(name, seed), clears=lambda step, is_new_epoch: step % 12 == 0)


def evaluating_from_the_middle(name, seed):
    return change(build(name, seed), trains=lambda step, tested: step < 75)


def partly_evaluating(name, seed):
    """Before a test only the head is put into evaluation mode."""
    p = build(name, seed)
    whole = p.model.train

    def train(mode=True):
        return whole(True) if mode else p.model.head.train(False)

    p.model.train = train
    return p


def softmax_and_likelihood(name, seed):
    """A softmax in the model, a second one in the loss."""
    p = build(name, seed)
    p.model.last = nn.Softmax(dim=1)
    return change(p, loss=lambda z, y: F.nll_loss(F.log_softmax(z, dim=1), y))


def shuffled_inputs(name, seed):
    """The inputs of a batch change places, their labels do not."""
    return change(build(name, seed), prepare=lambda x: x[torch.randperm(len(x))])


def trained_on_the_test(name, seed):
    """A part of the test rows went into the training rows."""
    p = build(name, seed)
    p.x[:150], p.y[:150] = p.x_test[:150], p.y_test[:150]
    return p


def sorted_files(name, seed):
    """Two files, each sorted by class, one after the other."""

    def order(p):
        middle = len(p.y) // 2
        first = torch.argsort(p.y[:middle], stable=True)
        return torch.cat([first, middle + torch.argsort(p.y[middle:], stable=True)])

    return change(build(name, seed), order=order)


def one_wide_column(name, seed):
    """One column is measured in another unit."""

    def prepare(x):
        x = x.clone()
        x[..., 7] *= 2000
        return x

    return change(build(name, seed), prepare=prepare)


def leaping_rmsprop(name, seed):
    return change(build(name, seed), optimiser=lambda m: rmsprop(m, 0.3))


def endless_warm_up(name, seed):
    """A learning rate that would take ten million steps to warm up."""

    def optimiser(model):
        made = adam(model)
        slow = torch.optim.lr_scheduler.LambdaLR(made, lambda s: (s + 1) / 1e7)
        made.register_step_post_hook(lambda *_: slow.step())
        return made

    return change(build(name, seed), optimiser=optimiser)


def no_dropout(name, seed):
    """A net for 1,600 rows that has 40, for very long, without dropout."""
    p = build(name, seed)
    for module in p.model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    rescale(p.model.head, 2)
    return change(p, x=p.x[:40], y=p.y[:40], steps=400)


FRESH_FAULTS = {
    "dead_units": mostly_sunk,
    "saturated_units": far_biases,
    "vanishing_gradients": shrinking_layers,
    "exploding_gradients": growing_residuals,
    "nan": unsafe_softmax,
    "no_learning": negated,
    "bad_start": cold,
    "update_ratio": wild_tower,
    "no_gradient": forgotten_layer,
    "not_stepped": copied_model,
    "grads_not_cleared": cleared_now_and_then,
    "eval_mode": evaluating_from_the_middle,
    "train_mode": partly_evaluating,
    "double_softmax": softmax_and_likelihood,
    "labels_shuffled": shuffled_inputs,
    "leakage": trained_on_the_test,
    "class_sorted": sorted_files,
    "input_scale": one_wide_column,
    "lr_too_large": leaping_rmsprop,
    "lr_too_small": endless_warm_up,
    "overfit": no_dropout,
}

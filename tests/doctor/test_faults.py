"""Each fault in a small run is called by its name, and where it is."""

import pytest
import torch
from doctor.loops import adam, clouds, named, net, train
from torch import nn
from torch.nn import functional as F

from nb_lib.doctor import diagnose
from nb_lib.doctor.findings import SECTIONS

X, Y = clouds()


def scaled(model, factor, only=lambda name: True):
    """Multiply some of a model's parameters."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if only(name):
                p.mul_(factor)
    return model


def sunk(model):
    """Push all units of the first layer far below zero."""
    with torch.no_grad():
        model[0].bias.fill_(-100)
    return model


class Cut(nn.Module):
    """A net whose body is cut off from its head."""

    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(12, 7), nn.Linear(7, 3)

    def forward(self, x):
        return self.head(torch.relu(self.body(x)).detach())


def log_of_zero(logits, y):
    """The cross-entropy written by hand, on logits that are far apart."""
    return -(200 * logits).softmax(1).log()[torch.arange(len(y)), y].mean()


def evaluating(doctor, step):
    """Evaluate on new rows every tenth step, in whatever mode the model is."""
    if step % 10 == 9:
        x, y = clouds(rows=60, seed=0)
        with torch.no_grad():
            output = doctor.model(x + 0.1)
        doctor.test(F.cross_entropy(output, y), output, y)


def leaking(doctor, step):
    """Test on twenty rows of the training set and twenty new ones."""
    if step % 10 == 9:
        x, y = clouds(rows=40)
        x[20:] += 0.5
        with torch.no_grad():
            doctor.test(F.cross_entropy(doctor.model(x), y))


def few_noisy():
    """Return 30 rows with labels of chance: nothing to learn but by heart."""
    rng = torch.Generator().manual_seed(5)
    return X[:30], torch.randint(3, (30,), generator=rng)


def trained(model, lr=3e-3, **settings):
    return train(model, adam(model, lr), **settings)


def groups(model):
    """Give the first layer a learning rate a million times smaller."""
    slow, *fast = model.children()
    fast = [p for layer in fast for p in layer.parameters()]
    slow = {"params": slow.parameters(), "lr": 1e-9}
    return torch.optim.Adam([slow, {"params": fast}], lr=3e-3)


def leaf(model, optimiser_of, **settings):
    return train(model, optimiser_of(model), **settings)


def spoilt():
    x = X.clone()
    x[7, 3] = torch.nan
    return x, Y


CASES = {
    "dead_units": lambda: trained(sunk(net())),
    "saturated_units": lambda: trained(scaled(net(nn.Tanh), 20, lambda n: n[0] == "0")),
    "vanishing_gradients": lambda: trained(net(nn.Sigmoid, depth=12)),
    "exploding_gradients": lambda: trained(scaled(net(depth=8), 12)),
    "nan": lambda: trained(net(), loss=log_of_zero),
    "no_learning": lambda: trained(net(), loss=lambda z, y: -F.cross_entropy(z, y)),
    "bad_start": lambda: trained(scaled(net(), 300, lambda n: n[0] == "4")),
    "update_ratio": lambda: leaf(net(), groups),
    "no_gradient": lambda: trained(Cut()),
    "not_stepped": lambda: train(net(), adam(net())),
    "grads_not_cleared": lambda: trained(net(), clears=False),
    "eval_mode": lambda: trained(net(dropout=0.3).eval()),
    "train_mode": lambda: trained(net(dropout=0.3), after=evaluating),
    "double_softmax": lambda: trained(nn.Sequential(net(), nn.Softmax(1))),
    "labels_shuffled": lambda: trained(net(), data=(X, Y[torch.randperm(240)])),
    "leakage": lambda: trained(net(), after=leaking),
    "class_sorted": lambda: trained(net(), order=torch.argsort(Y)),
    "input_scale": lambda: trained(net(), data=(255 * X, Y)),
    "lr_too_large": lambda: trained(net(), lr=10.0),
    "lr_too_small": lambda: trained(net(), lr=1e-8),
    "overfit": lambda: trained(
        net(width=99), 0.02, data=few_noisy(), batch=10, after=evaluating
    ),
}


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_is_called_by_its_name(fault):
    assert fault in named(CASES[fault]())


def test_every_fault_has_a_case():
    assert {*CASES, "single_batch"} == set(SECTIONS)


def test_a_number_that_is_not_finite_is_found_where_it_began():
    at_once = trained(net(), data=spoilt(), order=torch.arange(240)).report()[0]
    assert (at_once.fault, at_once.where, at_once.step) == ("nan", ("input",), 0)
    inside = net()
    inside[2].register_forward_hook(lambda m, a, y: y / 0 if m.training else y)
    found = trained(inside).report()[0]
    assert (found.where, found.step) == (("2",), 0)
    in_loss = trained(net(), loss=log_of_zero).report()[0]
    assert in_loss.where == ("loss",)


def test_faults_are_found_in_their_layers():
    dead = next(f for f in trained(sunk(net())).report() if f.fault == "dead_units")
    assert dead.where == ("2",)  # the layer that the dead units feed
    cut = trained(Cut()).report()[0]
    assert cut.where == ("body.weight", "body.bias")


def test_what_follows_from_large_inputs_is_not_said_again():
    bytes_in = trained(net(), data=(255 * X, Y), lr=1e-4)
    assert named(bytes_in) == {"input_scale"}


@pytest.mark.parametrize("unbatched", [False, True])
def test_single_examples_show_their_order_in_a_short_run(unbatched):
    def one_by_one(order):
        model = net()
        sgd = torch.optim.SGD(model.parameters(), lr=0.01)
        with diagnose(model, sgd) as doctor:
            for row in order:
                sgd.zero_grad()
                x, y = (X[row], Y[row]) if unbatched else (X[row, None], Y[row, None])
                F.cross_entropy(model(x), y).backward()
                sgd.step()
        return doctor

    assert "class_sorted" in named(one_by_one(torch.argsort(Y)))
    assert not named(one_by_one(torch.randperm(240)))


def test_a_test_loss_that_falls_to_the_end_is_no_overfit():
    doctor = trained(net())
    falling = (1.09, 1.08, 0.98, 0.69, 0.54, 0.8, 0.8, 0.47, 0.42, 0.21, 0.19, 0.11)
    doctor.evidence.tests = dict(enumerate(falling))
    assert not named(doctor)
    doctor.evidence.tests = dict(enumerate(falling[::-1]))
    assert named(doctor) == {"overfit"}


def test_rare_labels_are_not_called_shuffled():
    for seed in range(4):  # the first of them were
        x = torch.randn(800, 12, generator=torch.Generator().manual_seed(seed))
        y = (x[:, :2].sum(1) > 2.3).long()  # one row in twenty
        assert not named(trained(net(), data=(x, y), steps=150)), seed

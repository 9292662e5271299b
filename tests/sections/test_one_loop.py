"""The loop and the table of 9.20 against PyTorch and the book's own optimisers."""

from itertools import islice

import numpy as np
import pytest

from nb_lib.numpy import optimisers, train
from nb_lib.sections.s09_20_summary.directions import DIRECTIONS
from nb_lib.sections.s09_20_summary.four import four, xor
from nb_lib.sections.s09_20_summary.loop import descend

torch = pytest.importorskip("torch")
THEIRS = {
    "SGD": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "RMSProp": (torch.optim.RMSprop, {}),
    "Adam": (torch.optim.Adam, {}),
    "AdamW": (torch.optim.AdamW, {"weight_decay": 0.01}),
}


@pytest.mark.parametrize("name", THEIRS)
def test_every_line_of_the_table_is_pytorch_s(name):
    rng, kept = np.random.default_rng(9), {}
    theta = rng.normal(size=(3, 4))
    twin = torch.tensor(theta, requires_grad=True)
    kind, settings = THEIRS[name]
    optimiser = kind([twin], lr=0.05, **settings)
    for t in range(1, 101):
        g = rng.normal(size=theta.shape) * 10.0 ** rng.integers(-3, 3)
        theta -= 0.05 * DIRECTIONS[name](theta, g, kept, t)
        twin.grad = torch.from_numpy(g.copy())
        optimiser.step()
    assert np.allclose(theta, twin.detach().numpy(), rtol=1e-11, atol=1e-11)


def test_the_loop_is_the_library_s():
    """The same losses as ``nb_lib.numpy.train.descend`` with the library's Adam."""
    for name in four():
        model, loss, batches = four()[name]
        ours = [*descend(model, loss, islice(batches, 6), DIRECTIONS["Adam"], 0.01)]
        model, loss, batches = four()[name]
        adam = optimisers.Adam(model.params, lr=0.01)
        steps = train.descend(model, loss, islice(batches, 6), adam)
        assert np.allclose(ours, [step.loss for step in steps], rtol=1e-5), name


@pytest.mark.slow
def test_the_xor_net_is_slow_from_some_seeds_and_stuck_from_few():
    """The page of claims says so beside C20.2."""
    left = np.array([shares_left(xor(seed)) for seed in range(60)])
    assert 0.02 < np.mean(left[:, 0] > 0.5) < 0.15
    assert 0 < np.mean(left[:, 1] > 0.5) < 0.08


def shares_left(parts):
    """Return what is left of the first loss after 120 steps of Adam and after 300."""
    model, loss, batches = parts
    run = [*descend(model, loss, islice(batches, 300), DIRECTIONS["Adam"], 0.01)]
    return np.mean(run[110:120]) / run[0], np.mean(run[-10:]) / run[0]


def test_the_letter_before_is_asked_for():
    tokens, targets = next(four()["letters, attention"][2])
    assert (targets.reshape(tokens.shape)[:, 1:] == tokens[:, :-1]).all()

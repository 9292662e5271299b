"""Nets with normalisation: the twin, PyTorch's own layers, and what they must equal."""

from itertools import islice, product

import numpy as np
import pytest

from nb_lib.data import minibatches, moons
from nb_lib.numpy import losses, models, train
from nb_lib.numpy.normed import NORMS, PLACES, NormedMLP
from nb_lib.numpy.optimisers import SGD

torch = pytest.importorskip("torch")

SIZES, N = (3, 5, 5, 5, 2), 7
CASES = list(product(NORMS, PLACES))


def test_both_twins_walk_the_same_way(rng):
    """All norms at all places: logits and gradients, float64 to rounding."""
    from nb_lib.torch.normed import NormedMLP as Twin

    x, dy = rng.normal(size=(N, 3)), rng.normal(size=(N, 2))
    for norm, place in CASES:
        pair = [
            kind(SIZES, rng=np.random.default_rng(3), norm=norm, place=place)
            for kind in (NormedMLP, Twin)
        ]
        ours, twin = pair
        logits = ours.forward(x)
        ours.backward(dy)
        theirs = twin(torch.from_numpy(x))
        theirs.backward(torch.from_numpy(dy))
        assert list(ours.params) == list(twin.params) == list(ours.grads)
        np.testing.assert_allclose(logits, theirs.detach(), rtol=1e-9, atol=1e-11)
        for name, parameter in twin.params.items():
            np.testing.assert_allclose(
                ours.grads[name], parameter.grad, rtol=1e-8, atol=1e-10
            )
        ours.training = False
        evaluated = twin.eval()(torch.from_numpy(x)).detach()
        np.testing.assert_allclose(ours.forward(x), evaluated, rtol=1e-9, atol=1e-11)
        assert [d.shape for d in ours.deltas] == [(N, size) for size in SIZES[1:]]


def test_each_place_is_what_torch_nn_puts_there(rng):
    """Written out once more with torch.nn.functional, on the same weights."""
    from torch.nn import functional

    for place in PLACES:
        net = NormedMLP(SIZES, rng=rng, norm="layer", place=place)
        x = torch.from_numpy(rng.normal(size=(N, 3)))
        w = [torch.from_numpy(net.params[f"{n}.w"]) for n in range(4)]

        def norm(z):
            return functional.layer_norm(z, (5,))

        z = x @ w[0]
        if place == "plain":
            for n in (1, 2, 3):
                z = torch.relu(norm(z)) @ w[n]
        elif place == "pre":
            z = z + torch.relu(norm(z)) @ w[1]
            z = z + torch.relu(norm(z)) @ w[2]
            z = torch.relu(norm(z)) @ w[3]
        else:
            z = norm(z)
            z = norm(z + torch.relu(z) @ w[1])
            z = norm(z + torch.relu(z) @ w[2])
            z = torch.relu(z) @ w[3]
        np.testing.assert_allclose(net.forward(x.numpy()), z, rtol=1e-9, atol=1e-12)


def test_without_a_norm_it_is_the_mlp(rng):
    for place, skip in (("plain", False), ("pre", True), ("post", True)):
        nets = [
            kind(SIZES, rng=np.random.default_rng(5), **how)
            for kind, how in (
                (NormedMLP, {"norm": "none", "place": place}),
                (models.MLP, {"skip": skip}),
            )
        ]
        x = rng.normal(size=(N, 3))
        np.testing.assert_array_equal(*(net.forward(x) for net in nets))


def test_it_learns_and_evaluates(rng):
    x, labels = moons(200, noise=0.1, rng=rng)
    net = NormedMLP((2, 8, 8, 2), rng=rng, norm="batch", place="pre")
    data = minibatches(x, labels, 20, rng=rng)
    run = train.descend(net, losses.cross_entropy, data, SGD(net.params, lr=0.3))
    *_, last = islice(run, 200)
    net.training = False
    assert len(last.grad_norms) == 3  # of the weights, not of gamma
    assert net.training is net.norms[0].training is False
    assert train.accuracy(net, x, labels) > 0.95


REFUSED = {
    "norm": ({"norm": "instance"}, r"norm"),
    "place": ({"place": "before"}, r"place"),
    "widths": ({"place": "pre", "sizes": (3, 5, 4, 2)}, r"width"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_settings_get_one_sentence(backend, case):
    how, words = REFUSED[case]
    sizes = how.get("sizes", SIZES)
    how = {name: value for name, value in how.items() if name != "sizes"}
    with pytest.raises(ValueError, match=words):
        backend.module("normed").NormedMLP(sizes, rng=np.random.default_rng(1), **how)

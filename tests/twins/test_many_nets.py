"""Many nets: each is the MLP trained alone, and both twins walk one path."""

from itertools import islice

import numpy as np
import pytest

from nb_lib.numpy.models import MLP

SIZES, S, N = (3, 5, 4, 1), 6, 7
XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LABELS = np.array([[0.0], [1.0], [1.0], [0.0]])


def seeds(n=S):
    return [np.random.default_rng(seed) for seed in range(n)]


def nets_of(backend, sizes=SIZES, n=S, **settings):
    return backend.module("many_nets").ManyNets(sizes, rngs=seeds(n), **settings)


def trained(backend, nets, x, targets, *, lr=0.3, steps=40, watch=1):
    """Train the nets; return its steps."""
    optimiser = backend.module("optimisers").SGD(nets.params, lr=lr)
    data = backend.array(x), backend.array(targets)
    run = backend.module("many_nets").descend(nets, *data, optimiser, watch=watch)
    return list(islice(run, steps))


@pytest.fixture
def example(rng):
    return rng.normal(size=(N, 3)), rng.integers(0, 2, size=(N, 1)).astype(float)


def alone(seed, x, targets, *, lr=0.3, steps=40, **settings):
    """Train one MLP the plain way; return it with all its steps."""
    from nb_lib.numpy.losses import binary_cross_entropy
    from nb_lib.numpy.optimisers import SGD
    from nb_lib.numpy.train import descend

    net = MLP(SIZES, rng=np.random.default_rng(seed), **settings)
    data = ((x, targets) for _ in range(steps))
    return net, list(descend(net, binary_cross_entropy, data, SGD(net.params, lr=lr)))


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "identity"])
def test_each_net_is_the_mlp_trained_alone(backend, example, activation):
    nets = nets_of(backend, activation=activation)
    steps = trained(backend, nets, *example)
    for seed in range(S):
        net, wanted = alone(seed, *example, activation=activation)
        for name, array in net.params.items():
            got = backend.numpy(nets.params[name])[seed].reshape(array.shape)
            np.testing.assert_allclose(got, array, rtol=0, atol=1e-12)
        losses = [float(step.losses[seed]) for step in steps]
        np.testing.assert_allclose(losses, [s.loss for s in wanted], rtol=1e-12)
        deltas = [backend.numpy(step.delta_norms)[:, seed] for step in steps]
        np.testing.assert_allclose(deltas, [s.delta_norms for s in wanted], rtol=1e-9)
        grads = [backend.numpy(step.grad_norms)[:, seed] for step in steps]
        np.testing.assert_allclose(grads, [s.grad_norms for s in wanted], rtol=1e-9)


@pytest.mark.parametrize("init", ["he_normal", "torch_default", "zeros"])
def test_nets_start_as_the_mlp_starts(backend, init):
    nets = nets_of(backend, init=init)
    for seed in range(S):
        net = MLP(SIZES, rng=np.random.default_rng(seed), init=init)
        for name, array in net.params.items():
            got = backend.numpy(nets.params[name])[seed].reshape(array.shape)
            np.testing.assert_array_equal(got, array)


def test_gradients_agree_with_autograd(example):
    torch = pytest.importorskip("torch")
    from nb_lib.numpy.many_nets import ManyNets
    from nb_lib.torch import many_nets

    x, _ = example
    ours = ManyNets(SIZES, rngs=seeds(), activation="tanh")
    theirs = many_nets.ManyNets(SIZES, rngs=seeds(), activation="tanh")
    logits = ours.forward(x)
    dlogits = np.random.default_rng(1).normal(size=logits.shape)
    ours.backward(dlogits)
    torch.sum(theirs(torch.tensor(x)) * torch.tensor(dlogits)).backward()
    for name, grad in ours.grads.items():
        want = theirs.params[name].grad.numpy()
        np.testing.assert_allclose(grad, want, rtol=1e-10, atol=1e-14)


def test_no_net_feels_another(backend, example):
    few, many = (nets_of(backend, n=n) for n in (2, S))
    runs = [trained(backend, nets, *example) for nets in (few, many)]
    losses = [[backend.numpy(s.losses)[:2] for s in run] for run in runs]
    np.testing.assert_allclose(*losses, rtol=1e-12)


def test_norms_come_on_the_steps_that_are_watched(backend, example):
    steps = trained(backend, nets_of(backend), *example, steps=9, watch=4)
    watched = [step.count for step in steps if step.delta_norms is not None]
    assert watched == [1, 4, 8]
    assert tuple(steps[0].delta_norms.shape) == (len(SIZES) - 1, S)


@pytest.mark.slow
def test_a_stack_solves_xor_where_a_line_cannot(backend):
    counts = {}
    for activation in ("tanh", "identity"):
        nets = nets_of(backend, (2, 4, 1), 20, activation=activation, init="he_normal")
        trained(backend, nets, XOR, LABELS, lr=0.5, steps=400)
        data = backend.array(XOR), backend.array(LABELS)
        counts[activation] = int(backend.module("many_nets").solved(nets, *data).sum())
    assert counts["tanh"] >= 15
    assert counts["identity"] == 0


def test_right_by_a_hair_is_not_solved(backend):
    """A bias of 1e-9 has every label 1 right at 0.5000000003."""
    nets = nets_of(backend, (2, 3, 1), init="zeros")
    data = backend.array(XOR[1:3]), backend.array(LABELS[1:3])
    solved = backend.module("many_nets").solved
    backend.numpy(nets.params["1.b"])[:] = 1e-9
    assert not solved(nets, *data).any()
    assert solved(nets, *data, least=0.5).all()
    backend.numpy(nets.params["1.b"])[:] = 1.0  # sigmoid(1) = 0.73
    assert solved(nets, *data).all()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"sizes": (2,)}, "two or more sizes"),
        ({"init": "glorot"}, "unknown init 'glorot'"),
        ({"activation": "rleu"}, "unknown activation 'rleu'"),
    ],
)
def test_what_no_net_can_have_is_refused(backend, settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        nets_of(backend, **settings)


# ---------------------------------------------------------------- shares of seeds
@pytest.mark.parametrize(("successes", "trials"), [(0, 200), (36, 200), (7, 7), (1, 3)])
def test_interval_agrees_with_scipy(backend, successes, trials):
    from scipy import stats  # loads for a second, and few tests need it

    got = backend.module("many_nets").wilson(successes, trials, z=1.959963984540054)
    wanted = stats.binomtest(successes, trials).proportion_ci(method="wilson")
    np.testing.assert_allclose(got, [wanted.low, wanted.high], atol=1e-12)


def test_ends_of_the_interval_solve_their_equation(backend):
    p, n, z = 36 / 200, 200, 1.96
    for q in backend.module("many_nets").wilson(36, 200):
        assert (p - q) ** 2 == pytest.approx(z**2 * q * (1 - q) / n)


@pytest.mark.parametrize(("rngs", "error"), [
    ([], ValueError), (0, TypeError), ([0], TypeError), ([None], TypeError),
])  # fmt: skip
def test_many_nets_want_a_generator_for_each_net(backend, rngs, error):
    with pytest.raises(error, match="ManyNets wants .* Generator"):
        backend.module("many_nets").ManyNets(SIZES, rngs=rngs)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (5, 3), (-1, 3)])
def test_wilson_wants_counts_that_can_be(backend, successes, trials):
    with pytest.raises(ValueError, match="wilson wants (trials|successes)"):
        backend.module("many_nets").wilson(successes, trials)


@pytest.mark.parametrize("watch", [0, float("nan")])
def test_descend_watches_every_so_many_steps(backend, watch):
    module, x = backend.module("many_nets"), backend.array(np.ones((2, SIZES[0])))
    steps = module.descend(None, x, x[:, :1], None, watch=watch)
    with pytest.raises(ValueError, match="descend wants watch of 1 or more"):
        next(steps)


@pytest.mark.parametrize("name", ["descend", "solved"])
def test_many_nets_want_a_row(backend, name):
    none = backend.array(np.zeros((0, 2)))
    settings = {"optimiser": None} if name == "descend" else {}
    with pytest.raises(ValueError, match=f"{name} wants one row or more"):
        list(getattr(backend.module("many_nets"), name)(None, none, none, **settings))

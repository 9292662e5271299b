"""Recurrent layers: both twins are torch.nn's, forward and back through time."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import recurrent

torch = pytest.importorskip("torch")

N, T, D, H, C = 3, 5, 4, 6, 2
JUDGES = {"RNN": torch.nn.RNN, "LSTM": torch.nn.LSTM}
each = pytest.mark.parametrize("name", JUDGES)


def ours(name, rng, package=recurrent, **how):
    """Give a layer with biases, as b = 0 would hide a mistake."""
    layer = getattr(package, name)(D, H, rng=np.random.default_rng(5), **how)
    b = 0.3 * rng.normal(size=(4 if name == "LSTM" else 1) * H)
    if package is recurrent:
        layer.params["b"] += b.astype(layer.params["b"].dtype)
    else:
        layer.b.data += torch.from_numpy(b)
    return layer


def theirs(name, params):
    """Give PyTorch's own layer the same weights: transposes, and one bias for two."""
    judge = JUDGES[name](D, H, batch_first=True)
    judge = judge.to(torch.from_numpy(params["b"]).dtype)
    w_x, w_h, b = (torch.from_numpy(params[k].copy()) for k in ("w_x", "w_h", "b"))
    judge.load_state_dict(
        {
            "weight_ih_l0": w_x.T,
            "weight_hh_l0": w_h.T,
            "bias_ih_l0": b,
            "bias_hh_l0": torch.zeros_like(b),
        }
    )
    return judge


def judged(judge, x, dh):
    """Run PyTorch both ways: h, dL/dx and the gradients by our names and shapes."""
    x = torch.from_numpy(x).requires_grad_()
    h = judge(x)[0]
    h.backward(torch.from_numpy(dh))
    grads = judge.weight_ih_l0.grad.T, judge.weight_hh_l0.grad.T, judge.bias_ih_l0.grad
    return [a.detach().numpy() for a in (h, x.grad, *grads)]


@each
@pytest.mark.parametrize(("dtype", "atol"), [("float64", 1e-12), ("float32", 1e-5)])
def test_forward_and_backward_are_those_of_torch_nn(rng, name, dtype, atol):
    layer = ours(name, rng, dtype=dtype)
    x = rng.normal(size=(N, T, D)).astype(dtype)
    dh = rng.normal(size=(N, T, H)).astype(dtype)
    want = judged(theirs(name, layer.params), x, dh)
    got = [layer.forward(x), layer.backward(dh), *layer.grads.values()]
    for a, b in zip(got, want, strict=True):
        assert a.dtype == dtype
        np.testing.assert_allclose(a, b, rtol=0, atol=atol)


@each
def test_the_twin_walks_the_same_way(name):
    from nb_lib.torch import recurrent as twins

    rng = np.random.default_rng(3)
    layer = ours(name, np.random.default_rng(4))
    twin = ours(name, np.random.default_rng(4), twins)
    x, h0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H))
    states = {"h": h0} | ({"c": h0[::-1].copy()} if name == "LSTM" else {})
    dh, leaf = rng.normal(size=(N, T, H)), torch.from_numpy(x).requires_grad_()
    h = twin(leaf, **{k: torch.from_numpy(v) for k, v in states.items()})
    h.backward(torch.from_numpy(dh))
    want = [h.detach(), leaf.grad, twin.w_x.grad, twin.w_h.grad, twin.b.grad]
    got = [layer.forward(x, **states), layer.backward(dh), *layer.grads.values()]
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-12)
    if name == "LSTM":
        np.testing.assert_allclose(layer.c, twin.c.detach(), atol=1e-12)
        np.testing.assert_allclose(layer.gates[1], twin.gates[1].detach(), atol=1e-12)


@each
def test_one_random_direction_checks_the_way_back(rng, name):
    layer = ours(name, rng)
    inputs = rng.normal(size=(N, T, D)), *layer.params.values()

    def forward(x, *params):
        layer.params = dict(zip(layer.params, params, strict=True))
        return layer.forward(x)

    def backward(dh):
        return layer.backward(dh), *layer.grads.values()

    assert dot_product_test(forward, backward, inputs, rng=rng).gap < 1e-7


def test_without_a_matrix_an_lstm_passes_on_the_product_of_its_forget_gates(rng):
    """With w_h = 0 the cell is reached by one road alone, so C18.3 is exact."""
    layer = ours("LSTM", rng, gain=0.0)
    layer.forward(rng.normal(size=(N, T, D)))
    dh = np.zeros((N, T, H))
    dh[:, -1] = 1
    layer.backward(dh)
    product = np.prod(layer.gates[1][:, 1:], axis=1)
    np.testing.assert_allclose(
        layer.dstates[:, 0], layer.dstates[:, -1] * product, rtol=1e-12
    )


def test_a_state_of_zeros_and_no_state_are_one(backend, rng):
    for name in JUDGES:
        layer = getattr(backend.module("recurrent"), name)(
            D, H, rng=np.random.default_rng(5)
        )
        x = backend.array(rng.normal(size=(N, T, D)))
        zeros = backend.array(np.zeros((N, H)))
        with_zeros = backend.numpy(layer.forward(x, zeros))
        np.testing.assert_array_equal(backend.numpy(layer.forward(x)), with_zeros)


def test_a_sequence_in_two_pieces_is_the_whole(backend, rng):
    """What the first piece leaves behind is all that the second needs."""
    layer = backend.module("recurrent").LSTM(D, H, rng=np.random.default_rng(5))
    x = backend.array(rng.normal(size=(N, T, D)))
    whole = backend.numpy(layer.forward(x))
    h = layer.forward(x[:, :2])[:, -1]
    second = layer.forward(x[:, 2:], h, layer.c[:, -1])
    np.testing.assert_allclose(backend.numpy(second), whole[:, 2:], atol=1e-15)


def test_a_net_of_sequences_descends_alike_in_both(rng):
    x = rng.normal(size=(N, T, D))
    labels, found = np.array([0, 1, 0]), []
    for kind, array in (("numpy", np.asarray), ("torch", torch.from_numpy)):
        parts = [
            __import__(f"nb_lib.{kind}.{topic}", fromlist=["x"])
            for topic in ("recurrent", "optimisers", "losses", "train")
        ]
        nets, optimisers, losses, train = parts
        for layer in ("rnn", "lstm"):
            how = {"rng": np.random.default_rng(7), "layer": layer}
            net = nets.SequenceNet(D, H, C, **how)
            optimiser = optimisers.Adam(net.params, lr=0.01)
            data = [(array(x), array(labels))] * 4
            steps = train.descend(net, losses.cross_entropy, data, optimiser)
            found.append([step.loss for step in steps])
    np.testing.assert_allclose(found[:2], found[2:], rtol=1e-10)
    assert found[0][0] > found[0][-1]


def test_what_cannot_be_read_is_refused(backend, rng):
    package = backend.module("recurrent")
    array = backend.array
    layer = package.LSTM(D, H, rng=rng)
    for wrong in ((N, D), (N, T, D + 1), (N, 0, D)):
        with pytest.raises(ValueError, match=r"LSTM wants x of shape \(N, T, 4\)"):
            layer.forward(array(np.zeros(wrong)))
    x = array(np.zeros((N, T, D)))
    with pytest.raises(ValueError, match=r"LSTM wants c of shape \(3, 6\)"):
        layer.forward(x, None, array(np.zeros((N, H + 1))))
    with pytest.raises(ValueError, match="unknown layer 'gru'"):
        package.SequenceNet(D, H, C, rng=rng, layer="gru")
    with pytest.raises(ValueError, match="RNN wants hidden as a positive integer"):
        package.RNN(D, 0, rng=rng)
    with pytest.raises(TypeError, match="rng wants a NumPy Generator"):
        package.RNN(D, H, rng=5)

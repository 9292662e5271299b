"""Graph convolutions against sums written out, torch.nn, the twin and renumbering."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.data import karate_club
from nb_lib.numpy import graphs

EDGES = np.array([[0, 1], [1, 2], [2, 0], [3, 2], [4, 5]])  # two parts


def club():
    """Give Â of the karate club."""
    edges, _ = karate_club()
    return graphs.normalised_adjacency(graphs.adjacency(edges, vertices=34))


def drawn(rng):
    """Draw x (6, 3), Â (6, 6), w (3, 4) and b (4,)."""
    a = graphs.normalised_adjacency(graphs.adjacency(EDGES, vertices=6))
    return rng.normal(size=(6, 3)), a, rng.normal(size=(3, 4)), rng.normal(size=4)


def test_the_adjacency_is_that_of_networkx(backend):
    networkx = pytest.importorskip("networkx")
    edges, _ = karate_club()
    got = backend.module("graphs").adjacency(backend.array(edges), vertices=34)
    graph = networkx.karate_club_graph()
    want = networkx.to_numpy_array(graph, weight=None)
    np.testing.assert_array_equal(backend.numpy(got), want)


def test_a_layer_is_the_sum_over_neighbours_written_out(backend, rng):
    """torch.nn.Linear maps the vertices; the sum is a loop over the edges."""
    torch = pytest.importorskip("torch")
    x, a, w, b = drawn(rng)
    layer = torch.nn.Linear(3, 4, bias=False, dtype=torch.float64)
    layer.weight.data = torch.from_numpy(w.T.copy())
    mapped = layer(torch.from_numpy(x)).detach().numpy()
    degree = np.bincount(EDGES.ravel(), minlength=6) + 1
    want = b + mapped / degree[:, None]
    for i, j in EDGES:
        want[i] += mapped[j] / np.sqrt(degree[i] * degree[j])
        want[j] += mapped[i] / np.sqrt(degree[i] * degree[j])
    module = backend.module("graphs")
    got = module.graph_convolution(*map(backend.array, (x, a, w, b)))
    np.testing.assert_allclose(backend.numpy(got), want, rtol=0, atol=1e-12)


def test_the_spectrum_is_that_of_a_random_walk(backend):
    """D^(-1) (A + I) has rows of sum 1; Â has its eigenvalues, the greatest 1."""
    edges, _ = karate_club()
    module = backend.module("graphs")
    a = module.adjacency(backend.array(edges), vertices=34)
    hat = backend.numpy(module.normalised_adjacency(a))
    loops = backend.numpy(a) + np.eye(34)
    walk = np.sort(np.linalg.eigvals(loops / loops.sum(axis=1, keepdims=True)).real)
    np.testing.assert_allclose(np.linalg.eigvalsh(hat), walk, atol=1e-12)
    assert walk[-1] == pytest.approx(1, abs=1e-12)
    assert walk[0] > -1


def test_a_renumbered_graph_gives_renumbered_rows(backend, rng):
    x, a, w, b = drawn(rng)
    order = rng.permutation(6)

    def layer(x, a):
        arrays = map(backend.array, (x, a, w, b))
        return backend.numpy(backend.module("graphs").graph_convolution(*arrays))

    moved = layer(x[order], a[np.ix_(order, order)])
    np.testing.assert_allclose(moved, layer(x, a)[order], rtol=0, atol=1e-12)


def test_smoothing_is_a_power_of_the_matrix(backend, rng):
    x, a, *_ = drawn(rng)
    smooth = backend.module("graphs").smooth
    for steps in (0, 1, 7):
        got = backend.numpy(smooth(*map(backend.array, (x, a)), steps=steps))
        want = np.linalg.matrix_power(a, steps) @ x
        np.testing.assert_allclose(got, want, rtol=0, atol=1e-12)


def test_the_way_back_passes_a_nudge_and_autograd(rng):
    torch = pytest.importorskip("torch")
    from nb_lib.torch import graphs as theirs

    arrays = drawn(rng)
    found = dot_product_test(
        graphs.graph_convolution,
        lambda dy: graphs.d_graph_convolution(*arrays, dy),
        arrays,
        rng=rng,
    )
    assert found.gap < 1e-7
    leaves = [torch.from_numpy(v.copy()).requires_grad_() for v in arrays]
    y, dy = theirs.graph_convolution(*leaves), rng.normal(size=(6, 4))
    want = torch.autograd.grad(y, leaves, torch.from_numpy(dy))
    got = graphs.d_graph_convolution(*arrays, dy)
    for ours, other in zip(got, want, strict=True):
        np.testing.assert_allclose(ours, other.numpy(), rtol=0, atol=1e-12)


def test_a_net_walks_the_path_of_its_twin(rng):
    torch = pytest.importorskip("torch")
    from nb_lib.torch import graphs as theirs

    x, hat = rng.normal(size=(34, 3)), club()
    for rows in (None, [0, 33, 5]):
        ours = graphs.GCN((3, 5, 4, 2), hat, rng=np.random.default_rng(1), rows=rows)
        twin = theirs.GCN((3, 5, 4, 2), torch.from_numpy(hat),
                          rng=np.random.default_rng(1), rows=rows)  # fmt: skip
        logits, same = ours.forward(x), twin.forward(torch.from_numpy(x))
        np.testing.assert_allclose(logits, same.detach().numpy(), atol=1e-12)
        dlogits = rng.normal(size=logits.shape)
        ours.backward(dlogits)
        same.backward(torch.from_numpy(dlogits))
        assert list(ours.grads) == list(ours.params) == list(twin.params)
        for name, p in twin.params.items():
            np.testing.assert_allclose(ours.grads[name], p.grad.numpy(), atol=1e-12)


def test_what_does_not_fit_is_refused(backend, rng):
    module = backend.module("graphs")
    x, a, w, b = map(backend.array, drawn(rng))
    adjacency, edges = module.adjacency, backend.array(EDGES)
    for call, words in (
        (lambda: adjacency(edges, vertices=5), "edges between 0 and 4, got values"),
        (lambda: adjacency(edges[:, :1], vertices=6), "shape \\(E, 2\\), got \\(5, 1"),
        (lambda: module.normalised_adjacency(a[:5]), "shape \\(V, V\\), got \\(5, 6"),
        (lambda: module.normalised_adjacency(a - 1), "entries of 0 or more"),
        (lambda: module.smooth(x, a[:5], steps=1), "a of shape \\(V, V\\)"),
        (lambda: module.smooth(x, a, steps=-1), "0 or a positive integer, got -1"),
        (lambda: module.graph_convolution(x, a, w.T, b), "w of shape \\(3, H\\)"),
        (lambda: module.graph_convolution(x, a, w, b[:3]), "b of shape \\(H,\\)"),
    ):
        with pytest.raises(ValueError, match=words):
            call()
    with pytest.raises(TypeError, match="edges of integers, got"):
        adjacency(backend.array(EDGES * 0.5), vertices=6)

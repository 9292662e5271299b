"""Flows against SciPy, the twin, autograd and the order that their error must have."""

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy import flows

SPIRAL = np.array([[-0.5, 3.0], [-3.0, -0.5]])


def ended(backend, x, steps, method, span=1.0):
    """Follow the spiral and return where the points end."""
    a = backend.array(SPIRAL)
    path = backend.module("flows").solve(
        lambda x: x @ a, backend.array(x), steps=steps, method=method, span=span
    )
    assert path.shape == (steps + 1, *x.shape)
    return backend.numpy(path[-1])


def test_the_error_falls_with_the_order_of_the_method(backend, rng):
    """Against SciPy's matrix exponential: 2 and 16 times less for twice the steps."""
    x = rng.normal(size=(5, 2))
    want = x @ scipy.linalg.expm(SPIRAL)
    for method, order, steps in (("euler", 1, 1024), ("rk4", 4, 32)):
        errors = [
            np.abs(ended(backend, x, n, method) - want).max()
            for n in (steps, 2 * steps)
        ]
        assert errors[0] / errors[1] == pytest.approx(2**order, rel=0.03), method


def test_a_field_that_is_no_matrix_agrees_with_scipy(rng):
    net = flows.NeuralODE(2, 7, rng=rng, steps=100, method="rk4", span=1.5)
    x = rng.normal(size=2)
    found = scipy.integrate.solve_ivp(
        lambda _, x: net.slopes(x[None])[0], (0, 1.5), x, rtol=1e-11, atol=1e-11
    )
    np.testing.assert_allclose(net.forward(x[None])[0], found.y[:, -1], rtol=1e-8)


def test_one_euler_step_is_a_residual_block(backend, rng):
    module = backend.module("flows")
    net = module.NeuralODE(2, 7, rng=rng, steps=1)
    x = backend.array(rng.normal(size=(5, 2)))
    gap = net.forward(x) - (x + net.slopes(x))
    assert abs(backend.numpy(gap)).max() == 0


def test_rk4_walks_back_where_it_came_from(backend, rng):
    x = rng.normal(size=(5, 2))
    there = ended(backend, x, 200, "rk4")
    np.testing.assert_allclose(ended(backend, there, 200, "rk4", -1.0), x, atol=1e-8)


def test_the_slope_of_the_field_passes_a_nudge(rng):
    arrays = [rng.normal(size=s) for s in ((5, 2), (2, 7), (7,), (7, 2), (2,))]
    found = dot_product_test(
        flows.field, lambda dy: flows.d_field(*arrays, dy), tuple(arrays), rng=rng
    )
    assert found.gap < 1e-7


def test_the_way_back_through_all_steps_is_autograds(rng):
    torch = pytest.importorskip("torch")
    from nb_lib.torch import flows as theirs

    x, dy = rng.normal(size=(2, 5, 3))
    for method in ("euler", "rk4"):
        how = {"steps": 6, "method": method, "span": 1.5}
        ours = flows.NeuralODE(3, 7, rng=np.random.default_rng(1), **how)
        twin = theirs.NeuralODE(3, 7, rng=np.random.default_rng(1), **how)
        leaf = torch.from_numpy(x.copy()).requires_grad_()
        y, same = ours.forward(x), twin.forward(leaf)
        np.testing.assert_allclose(y, same.detach().numpy(), rtol=0, atol=1e-12)
        same.backward(torch.from_numpy(dy))
        np.testing.assert_allclose(ours.backward(dy), leaf.grad.numpy(), atol=1e-12)
        assert list(ours.grads) == list(twin.params)
        for name, p in twin.params.items():
            np.testing.assert_allclose(ours.grads[name], p.grad.numpy(), atol=1e-12)


def test_both_adjoints_agree(rng):
    torch = pytest.importorskip("torch")
    from nb_lib.torch import flows as theirs

    y, dy = rng.normal(size=(2, 5, 3))
    ours = flows.NeuralODE(3, 7, rng=np.random.default_rng(1), steps=6, method="rk4")
    twin = theirs.NeuralODE(3, 7, rng=np.random.default_rng(1), steps=6, method="rk4")
    dx, same = ours.adjoint(y, dy), twin.adjoint(*map(torch.from_numpy, (y, dy)))
    np.testing.assert_allclose(dx, same.numpy(), rtol=0, atol=1e-12)
    for name, grad in twin.grads.items():
        np.testing.assert_allclose(ours.grads[name], grad.numpy(), atol=1e-12)


def test_the_adjoint_comes_near_the_exact_gradient_as_fast_as_its_steps(rng):
    x, dy = rng.normal(size=(2, 5, 2))
    for method, order, steps in (("euler", 1, 256), ("rk4", 4, 8)):
        gaps = []
        for n in (steps, 2 * steps):
            net = flows.NeuralODE(
                2, 7, rng=np.random.default_rng(2), steps=n, method=method
            )
            y = net.forward(x)
            net.backward(dy)
            exact = net.grads["w_in"]
            net.adjoint(y, dy)
            gaps.append(np.abs(net.grads["w_in"] - exact).max())
        assert gaps[0] / gaps[1] > 0.8 * 2**order, method


def test_what_does_not_fit_is_refused(backend, rng):
    module = backend.module("flows")
    x = backend.array(rng.normal(size=(5, 2)))
    for how, words in (
        ({"steps": 0}, "steps as a positive integer, got 0"),
        ({"steps": 2, "method": "rk5"}, "choose one of euler, rk4"),
        ({"steps": 2, "span": np.inf}, "a finite span, got inf"),
    ):
        with pytest.raises(ValueError, match=words):
            module.solve(lambda x: x, x, **how)
        with pytest.raises(ValueError, match=words):
            module.NeuralODE(2, 7, rng=rng, **how)
    with pytest.raises(TypeError, match="x as an array"):
        module.solve(lambda x: x, [1.0], steps=1)
    with pytest.raises(ValueError, match="field wants x of shape \\(N, 2\\)"):
        module.NeuralODE(2, 7, rng=rng, steps=1).slopes(x.T)

"""Layers without an activation are one layer; the regions of those with one."""

import numpy as np
import pytest

from nb_lib.numpy.models import MLP

WIDTHS, N = (3, 5, 2, 4), 7


@pytest.fixture
def layers(rng):
    return [
        (rng.normal(size=pair), rng.normal(size=pair[1]))
        for pair in zip(WIDTHS, WIDTHS[1:], strict=False)
    ]


def test_one_layer_does_what_three_do(backend, layers, rng):
    x = rng.normal(size=(N, 3))
    h = x
    for w, b in layers:
        h = h @ w + b
    pairs = [tuple(map(backend.array, pair)) for pair in layers]
    w, b = map(backend.numpy, backend.module("affine").collapse(pairs))
    assert (w.shape, b.shape) == ((3, 4), (4,))
    np.testing.assert_allclose(x @ w + b, h, rtol=1e-12)


def test_collapse_agrees_with_the_mlp_of_identities(backend, rng):
    models = backend.module("models")
    net = models.MLP((3, 5, 2), rng=rng, activation="identity")
    p = net.params
    pairs = [(p["0.w"], p["0.b"]), (p["1.w"], p["1.b"] + 0.5)]
    w, b = map(backend.numpy, backend.module("affine").collapse(pairs))
    x = rng.normal(size=(N, 3))
    deep = backend.numpy(net.forward(backend.array(x))) + 0.5
    np.testing.assert_allclose(x @ w + b, deep, rtol=1e-12)


def test_one_layer_stays_as_it_is(backend, layers):
    pair = tuple(map(backend.array, layers[0]))
    for got, wanted in zip(
        backend.module("affine").collapse([pair]), pair, strict=True
    ):
        assert got is wanted


def test_no_layer_is_refused(backend):
    with pytest.raises(ValueError, match="wants one layer or more, got none"):
        backend.module("affine").collapse([])


@pytest.mark.parametrize("h", [1, 2, 3, 5])
def test_lines_in_general_position_cut_1_h_choose_2(backend, h):
    """Tangents of the unit circle at h angles: each two cross, no three in a point."""
    angles = np.pi * np.arange(h) / h
    w, b = np.stack([np.cos(angles), np.sin(angles)]), np.full(h, 1.0)
    side = np.linspace(-9.0, 9.0, 241)
    x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    module = backend.module("affine")
    got = module.patterns(*map(backend.array, (x, w, b)))
    assert got == 1 + h + h * (h - 1) // 2


def test_between_equal_patterns_the_layer_is_affine(backend, rng):
    """Midpoints of two rows with one pattern map to the midpoint of their images."""
    w, b, x = rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=(400, 2))
    module = backend.module("affine")
    on = backend.numpy(module.on_units(*map(backend.array, (x, w, b))))
    equal = np.all(on[:200] == on[200:], axis=1)
    ends = [np.maximum(rows[equal] @ w + b, 0) for rows in (x[:200], x[200:])]
    middle = np.maximum((x[:200] + x[200:])[equal] / 2 @ w + b, 0)
    assert equal.sum() > 10
    np.testing.assert_allclose(middle, sum(ends) / 2, atol=1e-12)


def test_hidden_layers_are_those_of_the_mlp(rng):
    from nb_lib.numpy.affine import on_units

    net = MLP((2, 6, 1), rng=rng)
    x = rng.normal(size=(N, 2))
    net.forward(x)
    on = on_units(x, net.params["0.w"], net.params["0.b"])
    np.testing.assert_array_equal(on, net.linears[1].x > 0)

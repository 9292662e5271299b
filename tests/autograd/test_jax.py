"""The gradients of 9.15's net, found by JAX where it is installed."""

import numpy as np
import pytest

from nb_lib.data import moons
from nb_lib.sections.s09_15_autograd import witness

pytest.importorskip("jax", reason="JAX is not installed; the book does not need it")


def test_jax_finds_the_same_gradients(rng):
    x, labels = moons(50, rng=rng)
    shapes = (2, 16), (16, 16), (16, 2), (16,), (16,), (2,)
    params = [rng.normal(size=shape) / 2 for shape in shapes]
    gap = witness.apart(
        witness.ours(params, x, labels), witness.jaxs(params, x, labels)
    )
    assert np.isfinite(gap)
    assert gap < 1e-12

"""Mini-batches: every row once an epoch, in an order that the generator decides."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_lib.data import batches, epochs, minibatches

sizes = {"n": st.integers(1, 40), "size": st.integers(1, 50)}


@given(**sizes, seed=st.integers(0, 2**32))
def test_an_epoch_holds_every_row_once(n, size, seed):
    rows = np.concatenate(list(batches(n, size, rng=np.random.default_rng(seed))))
    assert sorted(rows) == list(range(n))


@given(**sizes)
def test_only_the_last_batch_may_be_smaller(n, size):
    lengths = [len(rows) for rows in batches(n, size, rng=np.random.default_rng(9))]
    assert lengths[:-1] == [size] * (n // size - (n % size == 0))
    assert lengths[-1] == (n % size or size)


def test_an_epoch_is_shuffled(rng):
    (rows,) = batches(100, 100, rng=rng)
    assert np.mean(rows == np.arange(100)) < 0.1


def test_equal_seeds_give_equal_orders():
    one, two = (list(batches(7, 3, rng=np.random.default_rng(5))) for _ in range(2))
    for left, right in zip(one, two, strict=True):
        np.testing.assert_array_equal(left, right)


def test_epochs_run_on_with_a_new_order_each(rng):
    stream = epochs(50, 20, rng=rng)
    first, second = (np.concatenate(list(islice(stream, 3))) for _ in range(2))
    assert sorted(first) == sorted(second) == list(range(50))
    assert not np.array_equal(first, second)


def test_epochs_begin_as_batches_do():
    stream = epochs(7, 3, rng=np.random.default_rng(5))
    for rows in batches(7, 3, rng=np.random.default_rng(5)):
        np.testing.assert_array_equal(next(stream), rows)


def test_minibatches_keep_examples_and_targets_together(rng):
    x = np.arange(14).reshape(7, 2)
    for features, targets in islice(minibatches(x, x[:, 0] * 10, 3, rng=rng), 9):
        assert features.shape[1:] == (2,)
        np.testing.assert_array_equal(targets, features[:, 0] * 10)


def test_minibatches_keep_the_dtype(rng):
    x = np.ones((7, 2), np.float32)
    features, _ = next(minibatches(x, np.ones(7), 3, rng=rng))
    assert features.dtype == np.float32


def test_minibatches_refuse_unequal_lengths(rng):
    with pytest.raises(ValueError, match="as many targets .* got 5 for 7"):
        minibatches(np.ones((7, 2)), np.ones(5), 3, rng=rng)


@pytest.mark.parametrize("draw", [batches, epochs])
@pytest.mark.parametrize(("n", "size", "name"), [(0, 3, "n"), (7, 0, "size")])
def test_empty_batches_are_refused_at_the_call(draw, n, size, name, rng):
    with pytest.raises(ValueError, match=f"{name} wants .* at least 1, got 0"):
        draw(n, size, rng=rng)


@pytest.mark.parametrize("draw", [batches, epochs])
def test_a_fractional_size_is_refused(draw, rng):
    with pytest.raises(TypeError, match=r"size wants a whole number, got 3\.5"):
        draw(7, 3.5, rng=rng)


@pytest.mark.parametrize("draw", [batches, epochs])
def test_a_seed_is_no_generator(draw):
    with pytest.raises(TypeError, match="rng wants a NumPy Generator"):
        draw(7, 3, rng=9)

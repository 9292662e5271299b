"""Products of matrices and their factors against NumPy's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from loops import over
from numpy_cases import AXIS, FLOATS, agree, arrays

PRODUCTS_OF_MANY = [  # by each of the loops
    ((256,), (256,)),
    ((256,), (256, 2)),
    ((3, 512), (512, 3)),
    ((11, 256), (256, 7)),
    ((70, 256), (256, 9)),
    ((2, 9, 256), (256, 3)),
]


@st.composite
def factors(draw):
    """Draw two matrices, vectors or stacks whose inner sizes mostly agree."""
    n, k, m, other, seed = draw(st.tuples(*[st.integers(0, 9)] * 5))
    k2 = k if seed else other
    lead = st.sampled_from([(), (), (3,), (1,), (2, 3)])
    left = draw(st.sampled_from([(k,), (*draw(lead), n, k)]))
    right = draw(st.sampled_from([(k2,), (*draw(lead), k2, m)]))
    kind = draw(st.sampled_from([FLOATS[:1], FLOATS[:1], FLOATS[1:], ("int64",)]))
    return [draw(arrays(shape, kind, 0)) for shape in (left, right)]


def test_products_of_matrices(engine):
    @given(factors())
    def compare(pair):
        agree(engine, ("np", "matmul"), np.matmul, *pair, rtol=1e-11)

    compare()


def test_products_of_turned_matrices_of_many_sizes(engine):
    rng = np.random.default_rng(2)
    for n, k, m in ((1, 7, 5), (4, 4, 4), (13, 9, 6), (32, 17, 8), (3, 128, 33)):
        a, b = rng.normal(size=(n, k)), rng.normal(size=(k, m))
        for x in (a, a.T.copy().T, np.repeat(a, 2, 1)[:, ::2], a[::-1]):
            for y in (b, b.T.copy().T, b[:, ::-1]):
                got = engine.call("np", "matmul", x, y)
                np.testing.assert_allclose(got, x @ y, rtol=1e-11, atol=1e-12)


def test_products_of_singles_and_whole_numbers_keep_their_kind(engine):
    rng = np.random.default_rng(3)
    a, b = rng.integers(-9, 9, (11, 7)), rng.integers(-9, 9, (7, 5))
    for kind in ("float32", "int64", "bool"):
        x, y = a.astype(kind), b.astype(kind)
        got = engine.call("np", "matmul", x, y)
        assert got.dtype == kind
        np.testing.assert_array_equal(got, x @ y)


@over("shapes", PRODUCTS_OF_MANY)
def test_products_of_many_truth_values_do_not_wrap(engine, shapes):
    """A byte that counted them would be 0 again at 256."""
    x, y = (np.ones(shape, bool) for shape in shapes)
    got = engine.call("np", "matmul", x, y)
    assert np.all(got)
    assert np.asarray(got).dtype == bool
    assert np.shape(got) == np.shape(x @ y)


def test_infinite_and_missing_numbers_spread_in_products(engine):
    @given(arrays((9, 6), FLOATS), arrays((6, 7), FLOATS))
    def compare(a, b):
        tame = np.clip(np.stack([a, a]), -1e15, 1e15)
        agree(engine, ("np", "matmul"), np.matmul, tame, np.clip(b, -1e15, 1e15))

    compare()


@st.composite
def matrices(draw):
    """Draw a matrix without special structure."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return rng.normal(size=draw(st.tuples(st.integers(1, 8), st.integers(1, 8))))


def test_singular_values_and_orthogonal_factors(engine):
    @given(matrices())
    def compare(a):
        agree(engine, ("np", "linalg.svdvals"), np.linalg.svdvals, a, rtol=1e-9)
        agree(engine, ("np", "linalg.qr"), np.linalg.qr, a, rtol=1e-9)

    compare()


def test_lengths(engine):
    @given(arrays(), AXIS, st.booleans())
    def compare(a, axis, keepdims):
        named = {"axis": axis, "keepdims": keepdims}
        ordinary = a if a.dtype == "float32" else np.clip(a, -1e100, 1e100)
        agree(engine, ("np", "linalg.norm"), np.linalg.norm, ordinary, **named)

    compare()

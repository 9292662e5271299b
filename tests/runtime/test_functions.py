"""The page's functions against NumPy's, on random shapes, kinds and edge values."""

import warnings

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from javascript import Refused

from nb_lib.live.runtime.kernels import BINARY, UNARY

USUAL = settings.default.max_examples  # of the profile; more where much may go wrong
KINDS = ("float64", "float32", "int64", "bool")
ELEMENTS = {
    "float64": st.one_of(
        st.floats(-1e6, 1e6), st.sampled_from([0.0, -0.0, np.nan, np.inf, -np.inf, 0.5])
    ),
    "float32": st.one_of(
        st.floats(-1e3, 1e3, width=32), st.sampled_from([0.0, np.nan, np.inf, -np.inf])
    ),
    "int64": st.integers(-9, 9),
    "bool": st.booleans(),
}
SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5)
NUMBERS = st.one_of(
    st.sampled_from([0.5, -1.5, 2.25, 1e-3, np.nan, np.inf]),
    st.integers(-4, 4),
    st.booleans(),
)


def arrays(shapes=SHAPES, kinds=KINDS):
    """Make arrays of these shapes (a strategy or one shape), whole ones or turned."""

    def of(kind):
        return hnp.arrays(kind, shapes, elements=ELEMENTS[kind])

    return st.sampled_from(kinds).flatmap(of)


@st.composite
def pairs(draw, kinds=KINDS):
    """Draw two operands that NumPy broadcasts; one may be a plain number."""
    if draw(st.integers(0, 3)) == 0:
        operands = [draw(arrays(kinds=kinds)), draw(NUMBERS)]
    else:
        shapes = draw(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3))
        operands = [draw(arrays(shape, kinds)) for shape in shapes.input_shapes]
    return operands[:: draw(st.sampled_from([1, -1]))]


def agree(engine, call, function, *args, rtol=1e-12):
    """Assert that the page gives what NumPy gives, or refuses honestly.

    Where NumPy raises, the page has to raise too. What it does not know it refuses in
    a sentence that names the page.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            want = function(*args)
        except (ValueError, TypeError, IndexError, ZeroDivisionError) as error:
            want = error
    got, is_error = None, isinstance(want, Exception)
    try:
        got = engine.call(*call, *args)
    except Refused as refusal:
        is_honest = is_error or "the page" in str(refusal)
    else:
        is_honest = not is_error
    assert is_honest, f"NumPy gives {want!r}, the page otherwise"
    if not is_error and got is not None:
        same(got, want, rtol)


def same(got, want, rtol):
    """Assert that two results are equal in shape, kind and numbers."""
    if isinstance(want, (tuple, list)):
        assert len(got) == len(want)
        for one, other in zip(got, want, strict=True):
            same(one, other, rtol)
        return
    got, want = np.asarray(got), np.asarray(want)
    assert got.shape == want.shape
    if want.ndim:  # a plain number has no kind in the page
        assert got.dtype.name == want.dtype.name
    is_single = want.dtype == np.float32
    scale = np.abs(want[np.isfinite(want)]).max(initial=0) if want.size else 0
    near = max(rtol, 2e-6) if is_single else rtol
    np.testing.assert_allclose(got, want, rtol=near, atol=near * float(scale))


@pytest.mark.parametrize("name", BINARY)
def test_operations_on_two(engine, name):
    @given(pairs())
    def compare(operands):
        agree(engine, ("np", name), getattr(np, name), *operands)

    compare()


@pytest.mark.parametrize("name", UNARY)
def test_operations_on_one(engine, name):
    @given(arrays())
    def compare(a):
        agree(engine, ("np", name), getattr(np, name), a)

    compare()


REDUCTIONS = "sum mean max min any all prod argmax argmin std var ptp median"


@pytest.mark.parametrize("name", REDUCTIONS.split())
def test_reductions(engine, name):
    @given(arrays(), st.one_of(st.none(), st.integers(-4, 3)))
    def compare(a, axis):
        agree(engine, ("np", name), getattr(np, name), a, axis, rtol=1e-10)

    compare()


@pytest.mark.parametrize("name", ["sum", "mean", "max", "min", "any", "all"])
def test_reductions_over_several_axes_keep_them(engine, name):
    def function(a, axis, keepdims):
        return getattr(np, name)(a, axis=tuple(axis), keepdims=keepdims)

    @given(arrays(), st.lists(st.integers(-3, 2), max_size=3), st.booleans())
    def compare(a, axis, keepdims):
        agree(engine, ("np", name), function, a, tuple(axis), keepdims, rtol=1e-10)

    compare()


@st.composite
def indexed(draw):
    """Draw an array and a key for it."""
    a = draw(arrays(hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)))
    basic = hnp.basic_indices(a.shape, allow_newaxis=True)
    places = st.integers(-a.shape[0], a.shape[0] - 1)
    fancy = st.one_of(
        hnp.arrays("int64", st.integers(0, 4), elements=places),
        hnp.arrays("bool", a.shape[0]),
        hnp.arrays("bool", a.shape),
        st.integers(-7, 7),
    )
    key = draw(st.one_of(basic, fancy, mixed(a.shape)))
    return a, key


@st.composite
def mixed(draw, shape):
    """Draw a tuple of numbers, slices and arrays of places that go together."""
    n = draw(st.integers(1, 3))
    keys = []
    for size in shape[: draw(st.integers(1, len(shape)))]:
        places = hnp.arrays("int64", (n,), elements=st.integers(-size, size - 1))
        whole = st.integers(-size, size - 1)
        keys.append(draw(st.one_of(places, whole, st.slices(size))))
    return tuple(keys)


def test_indexing(engine):
    @settings(max_examples=8 * USUAL)
    @given(indexed())
    def compare(case):
        agree(engine, ("get", ""), lambda a, key: a[key], *case)

    compare()


def test_assignment(engine):
    def assigned(a, key, value):
        target = a.copy()
        target[key] = value
        return target

    @settings(max_examples=8 * USUAL)
    @given(indexed(), st.data())
    def compare(case, data):
        a, key = case
        part = np.asarray(a[key] if fits(a, key) else a)
        values = arrays(part.shape, (a.dtype.name,))
        number = ELEMENTS[a.dtype.name]
        value = data.draw(st.one_of(number, values, arrays(kinds=(a.dtype.name,))))
        agree(engine, ("set", ""), assigned, a, key, value)

    compare()


def fits(a, key):
    """Say whether NumPy takes this key."""
    try:
        a[key]
    except IndexError:
        return False
    return True


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide", "power"])
def test_operations_in_place(engine, name):
    def changed(a, b):
        target = np.array(a)
        return getattr(np, name)(target, b, out=target)

    @given(pairs(("float64", "float32")))
    def compare(operands):
        if isinstance(operands[0], np.ndarray):
            agree(engine, ("inplace", name), changed, *operands)

    compare()


MADE = {
    "where": (arrays(kinds=("bool",)), pairs()),
    "sort": (arrays(), st.integers(-3, 2)),
    "cumsum": (arrays(), st.one_of(st.none(), st.integers(-3, 2))),
    "diff": (arrays(),),
    "unique": (arrays(kinds=("int64", "bool", "float32")),),
    "flatnonzero": (arrays(),),
    "nonzero": (arrays(),),
    "nan_to_num": (arrays(kinds=("float64", "float32")),),
    "append": (arrays(), arrays()),
    "diag": (arrays(),),
    "outer": (arrays(), arrays()),
    "transpose": (arrays(),),
    "ravel": (arrays(),),
    "squeeze": (arrays(),),
    "tile": (arrays(), st.integers(0, 3)),
    "eye": (st.integers(0, 6),),
    "zeros": (SHAPES,),
    "ones": (SHAPES,),
    "zeros_like": (arrays(),),
    "ones_like": (arrays(),),
    "full": (SHAPES, NUMBERS),
    "array": (arrays(),),
    "swapaxes": (arrays(), st.integers(-3, 2), st.integers(-3, 2)),
}


@pytest.mark.parametrize("name", [name for name in MADE if name != "where"])
def test_functions_that_make_arrays(engine, name):
    @given(st.tuples(*MADE[name]))
    def compare(args):
        agree(engine, ("np", name), getattr(np, name), *args)

    compare()


def test_where(engine):
    @settings(max_examples=4 * USUAL)
    @given(
        hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3),
        st.lists(NUMBERS, min_size=2, max_size=2),
        st.integers(0, 3),
        st.data(),
    )
    def compare(shapes, numbers, plain, data):
        condition, x, y = shapes.input_shapes
        args = [data.draw(arrays(condition, ("bool",)))]
        for i, shape in enumerate((x, y)):
            is_plain = plain & (1 << i)
            args.append(numbers[i] if is_plain else data.draw(arrays(shape)))
        agree(engine, ("np", "where"), np.where, *args)

    compare()


def test_argsort_is_stable(engine):
    @settings(max_examples=4 * USUAL)
    @given(arrays(), st.integers(-3, 2))
    def compare(a, axis):
        def function(a, axis, kind):
            return np.argsort(a, axis, kind=kind)

        agree(engine, ("np", "argsort"), function, a, axis, "stable")

    compare()


@pytest.mark.parametrize("name", ["concatenate", "stack"])
def test_arrays_are_joined(engine, name):
    @settings(max_examples=4 * USUAL)
    @given(SHAPES, st.integers(1, 3), st.integers(-3, 3), st.booleans(), st.data())
    def compare(shape, n, axis, are_alike, data):
        shapes = [shape if are_alike else data.draw(SHAPES) for _ in range(n)]
        parts = [data.draw(arrays(each)) for each in shapes]
        agree(engine, ("np", name), getattr(np, name), parts, axis)

    compare()


@pytest.mark.parametrize("name", ["roll", "repeat"])
def test_elements_are_moved_and_repeated(engine, name):
    @settings(max_examples=2 * USUAL)
    @given(arrays(), st.integers(-3, 7), st.one_of(st.none(), st.integers(-3, 2)))
    def compare(a, n, axis):
        agree(engine, ("np", name), getattr(np, name), a, n, axis)

    compare()


@st.composite
def factors(draw):
    """Draw two matrices, vectors or stacks whose inner sizes mostly agree."""
    n, k, m, other = (draw(st.integers(1, 9)) for _ in range(4))
    k2 = k if draw(st.integers(0, 9)) else other
    lead = st.sampled_from([(), (), (3,), (1,), (2, 3)])
    left = draw(st.sampled_from([(k,), (*draw(lead), n, k)]))
    right = draw(st.sampled_from([(k2,), (*draw(lead), k2, m)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kind = draw(st.sampled_from(["float64", "float32"]))
    return [rng.normal(size=shape).astype(kind) for shape in (left, right)]


def test_products_of_matrices(engine):
    @settings(max_examples=8 * USUAL)
    @given(factors())
    def compare(pair):
        agree(engine, ("np", "matmul"), np.matmul, *pair)

    compare()


@st.composite
def matrices(draw):
    """Draw a matrix without special structure."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return rng.normal(size=draw(st.tuples(st.integers(1, 8), st.integers(1, 8))))


def test_singular_values_and_orthogonal_factors(engine):
    @settings(max_examples=2 * USUAL)
    @given(matrices())
    def compare(a):
        agree(engine, ("np", "linalg.svdvals"), np.linalg.svdvals, a, rtol=1e-9)
        agree(engine, ("np", "linalg.qr"), np.linalg.qr, a, rtol=1e-9)

    compare()


def test_numbers_in_order(engine):
    ends = st.one_of(st.integers(-5, 9), st.sampled_from([0.1, 2.5, -1.25, 7.3]))

    @settings(max_examples=4 * USUAL)
    @given(ends, ends, st.sampled_from([1, 2, -1, 0.25, 0.1, 3]), st.integers(0, 9))
    def compare(start, stop, step, n):
        agree(engine, ("np", "arange"), np.arange, start, stop, step)
        agree(engine, ("np", "linspace"), np.linspace, start, stop, n)

    compare()


def test_shares_and_places(engine):
    finite = st.lists(st.floats(-9, 9), min_size=1, max_size=9)

    @settings(max_examples=4 * USUAL)
    @given(finite, finite, st.floats(0, 1), st.sampled_from(["left", "right"]))
    def compare(values, others, share, side):
        a, b = np.sort(np.array(values)), np.array(others)
        agree(engine, ("np", "quantile"), np.quantile, b, share)
        agree(engine, ("np", "searchsorted"), np.searchsorted, a, b, side)
        if len(a) > 1:
            agree(engine, ("np", "histogram"), np.histogram, b, a)

    compare()


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_changed(engine, kind):
    @given(arrays())
    def compare(a):
        finite = np.nan_to_num(a, posinf=9, neginf=-9)
        given = finite if kind == "int64" else a
        agree(engine, ("method", "astype"), lambda a, to: a.astype(to), given, kind)

    compare()


def test_shapes_are_changed(engine):
    @settings(max_examples=4 * USUAL)
    @given(arrays(), st.lists(st.integers(-1, 6), min_size=1, max_size=3))
    def compare(a, shape):
        def function(a, shape):
            return a.reshape(tuple(shape))

        agree(engine, ("method", "reshape"), function, a, tuple(shape))

    compare()

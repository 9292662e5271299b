"""Arguments for the page's functions, and what it means to agree with NumPy."""

import warnings

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Refused

KINDS = ("float64", "float32", "int64", "bool")
EDGES = {
    "float64": [0.0, -0.0, np.nan, np.inf, -np.inf, 0.5, -1.5, 1.0, 1e300, 5e-324],
    "float32": [0.0, -0.0, np.nan, np.inf, -np.inf, 0.5, -1.5, 1.0, 16777216.0],
    "int64": [0, 1, -1, 2],
    "bool": [True, False],
}
SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5)
LOOSE = st.one_of(SHAPES, SHAPES, SHAPES, st.just(()))
FULL = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
NUMBERS = st.sampled_from([0.5, -1.5, 2.25, 1e-3, np.nan, np.inf])
NUMBERS = st.one_of(NUMBERS, st.integers(-4, 4), st.booleans())
USUAL = settings.default.max_examples  # of the profile
FEW = settings(max_examples=USUAL if USUAL > 100 else min(USUAL, 30))
AXES = st.integers(-3, 2)
AXIS = st.one_of(st.none(), AXES)
FLOATS = ("float64", "float32")


def filled(shape, kind, seed, share):
    """Make an array of ordinary numbers; this share of them are edge values."""
    rng = np.random.default_rng(seed)
    if kind == "bool":
        return np.asarray(rng.random(shape) < 0.5)
    if kind == "int64":
        values = np.asarray(rng.integers(-9, 10, shape))
    else:
        scale = rng.choice([1, 1, 30, 1e5])
        values = np.asarray(rng.normal(0, scale, shape)).astype(kind)
    edges = np.array(EDGES[kind], kind)[rng.integers(0, len(EDGES[kind]), shape)]
    return np.where(rng.random(shape) < share, edges, values)


VIEWS = [  # ways to look at an array of the same shape with other strides
    lambda a: a,
    lambda a: a.T.copy().T,
    lambda a: a[::-1] if a.ndim else a,
    lambda a: a[..., ::-1] if a.ndim else a,
    lambda a: np.repeat(a, 2, -1)[..., ::2] if a.ndim else a,
]


@st.composite
def arrays(draw, shapes=SHAPES, kinds=KINDS, share=None):
    """Draw an array of these shapes (a strategy or one shape), or a view of one."""
    shape = draw(shapes) if isinstance(shapes, st.SearchStrategy) else shapes
    code = draw(st.integers(0, 2**20 - 1))  # one draw for all choices: it is cheaper
    code, view = divmod(code, len(VIEWS))
    code, kind = divmod(code, len(kinds))
    seed, some = divmod(code, 3)
    some = (0, 0.2, 0.6)[some] if share is None else share
    return VIEWS[view](filled(shape, kinds[kind], seed, some))


@st.composite
def pairs(draw, kinds=KINDS):
    """Draw two operands that NumPy broadcasts; one may be a plain number."""
    if draw(st.integers(0, 3)) == 0:
        operands = [draw(arrays(kinds=kinds)), draw(NUMBERS)]
    else:
        shapes = draw(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3))
        operands = [draw(arrays(shape, kinds)) for shape in shapes.input_shapes]
    return operands[:: draw(st.sampled_from([1, -1]))]


def outcome(function, args, named):
    """Return what NumPy gives, or the error it raises."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return function(*args, **named)
        except (ValueError, TypeError, IndexError, ArithmeticError) as error:
            return error


def agree(engine, call, function, /, *args, rtol=1e-12, **named):
    """Assert that the page gives what NumPy gives, or refuses honestly.

    Where NumPy raises, the page has to raise too. What it does not know it refuses in
    a sentence that names the page.
    """
    want = outcome(function, args, named)
    is_error = isinstance(want, Exception)
    try:
        got = engine.call(*call, *args, **named)
    except Refused as refusal:
        got = refusal
    if isinstance(got, Refused):
        assert is_error or "the page" in str(got), (call, args, want, got)
        return
    assert not is_error, f"{call} {args}: NumPy raises {want!r}, the page gives {got!r}"
    same(got, want, rtol, (call, args, named))


def same(got, want, rtol, case):
    """Assert that two results are equal in shape, kind and numbers."""
    if isinstance(want, (tuple, list)):
        assert len(got) == len(want), case
        for one, other in zip(got, want, strict=True):
            same(one, other, rtol, case)
        return
    got, want = np.asarray(got), np.asarray(want)
    assert got.shape == want.shape, case
    if want.ndim:  # a plain number has no kind in the page
        assert got.dtype.name == want.dtype.name, case
    if np.array_equal(got, want):
        return
    is_single = want.dtype == np.float32
    scale = np.abs(want[np.isfinite(want)]).max(initial=0) if want.size else 0
    near = max(rtol, 2e-6) if is_single else rtol
    near = {"rtol": near, "atol": near * float(scale)}
    np.testing.assert_allclose(got, want, **near, err_msg=str(case))

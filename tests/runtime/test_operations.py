"""Elementwise operations and reductions against NumPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy_cases import AXES, AXIS, FLOATS, LOOSE, agree, arrays, pairs

from nb_lib.live.runtime.kernels import BINARY, UNARY

REDUCTIONS = [
    "sum",
    "mean",
    "max",
    "min",
    "any",
    "all",
    "prod",
    "argmax",
    "argmin",
    "std",
    "var",
    "ptp",
    "median",
]
KEEPING = ["sum", "mean", "max", "min", "any", "all", "prod", "std", "var"]
IN_PLACE = ["add", "subtract", "multiply", "divide", "power", "maximum"]


def test_operations_on_two(engine):
    @given(pairs())
    def compare(operands):
        for name in BINARY:
            agree(engine, ("np", name), getattr(np, name), *operands)

    compare()


def test_operations_on_one(engine):
    @given(arrays(LOOSE))
    def compare(a):
        for name in [*UNARY, "abs"]:
            agree(engine, ("np", name), getattr(np, name), a)

    compare()


def test_operations_compute_in_the_kind_asked_for(engine):
    @given(pairs(), st.sampled_from(FLOATS))
    def compare(operands, dtype):
        for name in ("add", "multiply", "mod", "divide"):
            agree(engine, ("np", name), getattr(np, name), *operands, dtype=dtype)
        agree(engine, ("np", "exp"), np.exp, operands[0], dtype=dtype)

    compare()


def tame(name, a):
    """Return what may be multiplied in any order without losing digits."""
    is_float = a.dtype.kind == "f"
    return np.round(np.clip(a, -9, 9), 2) if name == "prod" and is_float else a


def test_reductions(engine):
    @given(arrays(), AXIS)
    def compare(a, axis):
        for name in REDUCTIONS:
            given, function = tame(name, a), getattr(np, name)
            agree(engine, ("np", name), function, given, axis, rtol=1e-10)
            agree(engine, ("method", name), function, given, axis=axis, rtol=1e-10)

    compare()


def test_reductions_over_several_axes_keep_them(engine):
    @given(arrays(), st.lists(AXES, max_size=3), st.booleans())
    def compare(a, axis, keepdims):
        named = {"axis": tuple(axis), "keepdims": keepdims}
        for name in KEEPING:
            given, function = tame(name, a), getattr(np, name)
            agree(engine, ("np", name), function, given, **named, rtol=1e-10)
            agree(engine, ("np", name), function, given, keepdims=True, rtol=1e-10)

    compare()


def test_sums_add_in_the_same_order(engine):
    """Sums are NumPy's own to the last bit, along rows and columns of any length."""
    rng = np.random.default_rng(4)
    for shape in ((1000,), (3, 137), (2, 8, 129), (257, 5), (4, 260, 3), (6, 4)):
        wide = rng.normal(size=shape)
        for a in (wide, wide.astype("float32")):
            for axis in (None, 0, -1):
                assert np.array_equal(engine.call("np", "sum", a, axis), a.sum(axis))


def test_spread_takes_off_degrees_of_freedom(engine):
    @given(arrays(kinds=FLOATS), AXIS, st.integers(0, 2))
    def compare(a, axis, ddof):
        for name in ("var", "std"):
            named = {"axis": axis, "ddof": ddof, "rtol": 1e-10}
            agree(engine, ("np", name), getattr(np, name), a, **named)

    compare()


def test_operations_in_place(engine):
    def changed(name, a, b):
        target = np.array(a)
        return getattr(np, name)(target, b, out=target)

    @given(pairs(FLOATS))
    def compare(operands):
        for name in IN_PLACE:
            if isinstance(operands[0], np.ndarray) and operands[0].ndim:
                call = ("inplace", name)
                agree(engine, call, lambda a, b: changed(name, a, b), *operands)  # noqa: B023

    compare()


@pytest.mark.parametrize(("name", "a"), [("multiply", 2**31), ("add", 2**53 - 1)])
def test_whole_numbers_beyond_two_to_the_53_are_refused(engine, name, a):
    from javascript import Refused

    values = np.array([a, 1])
    with pytest.raises(Refused, match="too large for the page"):
        engine.call("np", name, values, 2**30)
    assert engine.call("np", "add", np.array([2**53 - 2]), 1) == [2**53 - 1]

"""Functions that make, join, order and search arrays, against NumPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy_cases import (
    AXES,
    FEW,
    FLOATS,
    FULL,
    KINDS,
    LOOSE,
    NUMBERS,
    SHAPES,
    agree,
    arrays,
    pairs,
)

ANY, WHOLE = arrays(), ("int64", "bool")
KIND = st.sampled_from(KINDS)
VECTORS = arrays(st.tuples(st.integers(0, 6)), share=0)
ENDS = st.one_of(st.integers(-5, 9), st.sampled_from([0.1, 2.5, -1.25, 7.3]))
EDGES = st.lists(st.floats(-9, 9), min_size=2, max_size=7)


def flip(maybe, **named):
    """Draw keywords: each of them is there or not."""
    return st.tuples(*maybe, st.fixed_dictionaries({}, optional=named))


@st.composite
def alike(draw):
    """Draw arrays of which most have the same shape."""
    shape, n = draw(FULL), draw(st.integers(1, 3))
    others = [shape if draw(st.integers(0, 3)) else draw(FULL) for _ in range(n - 1)]
    return [draw(arrays(each)) for each in (shape, *others)]


@st.composite
def dotted(draw):
    """Draw vectors or matrices whose inner sizes mostly agree, and plain numbers."""
    k, other = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    k2 = k if draw(st.integers(0, 5)) else other
    left = draw(st.sampled_from([(k,), (3, k)]))
    right = draw(st.sampled_from([(k2,), (k2, 2)]))
    pair = [draw(arrays(each, FLOATS, share=0)) for each in (left, right)]
    return tuple(pair) if draw(st.integers(0, 5)) else (draw(NUMBERS), pair[1])


CASES = {  # name: arguments, and keywords that may be there
    "append": flip([ANY, ANY]),
    "arange": flip([ENDS, ENDS, st.sampled_from([1, 2, -1, 0.25, 0.1, 3])]),
    "argsort": st.tuples(ANY, st.just({"kind": "stable"})),
    "array": flip([ANY], dtype=KIND),
    "array_equal": flip([arrays(share=0), arrays(share=0)]),
    "asarray": flip([st.one_of(ANY, NUMBERS)], dtype=KIND),
    "broadcast_to": flip([ANY, SHAPES]),
    "clip": flip([arrays(kinds=FLOATS), st.floats(-9, 0), st.floats(0, 9)]),
    "concatenate": flip([alike()], axis=AXES),
    "cumprod": flip([arrays(share=0)], axis=AXES),
    "cumsum": flip([ANY], axis=AXES),
    "diag": flip([ANY]),
    "diff": flip([ANY], axis=AXES, prepend=st.integers(-2, 2)),
    "eye": flip([st.integers(0, 6)], dtype=KIND),
    "empty_like": flip([arrays((0, 3))], dtype=KIND),
    "flatnonzero": flip([ANY]),
    "full": flip([SHAPES, NUMBERS], dtype=st.sampled_from(FLOATS)),
    "full_like": flip([arrays(kinds=FLOATS), NUMBERS]),
    "histogram": flip([VECTORS, EDGES.map(sorted).map(np.array)]),
    "linspace": flip([ENDS, ENDS, st.integers(0, 9)]),
    "median": flip([ANY], axis=AXES),
    "meshgrid": flip([VECTORS, VECTORS], indexing=st.sampled_from(["xy", "ij"])),
    "nan_to_num": flip([arrays(kinds=FLOATS)], nan=st.integers(0, 2), posinf=ENDS),
    "nonzero": flip([arrays(FULL)]),
    "ones": flip([SHAPES], dtype=KIND),
    "ones_like": flip([ANY], dtype=KIND),
    "outer": flip([ANY, ANY]),
    "quantile": flip([arrays(FULL, FLOATS, 0), st.floats(0, 1)], axis=AXES),
    "ravel": flip([arrays(LOOSE)]),
    "repeat": flip([ANY, st.integers(-1, 3)], axis=AXES),
    "reshape": flip([ANY, st.lists(st.integers(-1, 6), max_size=3).map(tuple)]),
    "roll": flip([ANY, st.integers(-3, 7)], axis=AXES),
    "round": flip([arrays(kinds=FLOATS, share=0), st.integers(0, 3)]),
    "searchsorted": flip(
        [VECTORS.map(np.sort), ANY], side=st.sampled_from(["left", "right"])
    ),
    "sort": flip([ANY], axis=AXES),
    "split": flip([ANY, st.one_of(st.integers(1, 3), st.just((1, 2)))], axis=AXES),
    "squeeze": flip([ANY], axis=AXES),
    "stack": flip([alike()], axis=AXES),
    "swapaxes": flip([ANY, AXES, AXES]),
    "tile": flip([ANY, st.one_of(st.integers(0, 3), st.just((2, 1, 3)))]),
    "transpose": flip([ANY], axes=st.permutations(range(2)).map(tuple)),
    "unique": flip([arrays(kinds=(*WHOLE, "float32"))]),
    "where": flip([arrays(LOOSE, ("bool",)), NUMBERS, st.sampled_from([0.5, 2, True])]),
    "zeros": flip([SHAPES], dtype=KIND),
    "zeros_like": flip([ANY], dtype=KIND),
    "dot": flip([dotted()]),
    "vdot": flip([VECTORS, VECTORS]),
}
UNPACKED = ("dot",)


@pytest.mark.parametrize("name", CASES)
def test_functions_that_make_arrays(engine, name):
    @FEW
    @given(CASES[name])
    def compare(case):
        *args, named = case
        args = args[0] if name in UNPACKED else args
        agree(engine, ("np", name), getattr(np, name), *args, **named, rtol=1e-10)

    compare()


def test_where_chooses_among_arrays(engine):
    @given(pairs(), st.integers(0, 3))
    def compare(operands, seed):
        rng = np.random.default_rng(seed)
        shape = np.broadcast_shapes(*map(np.shape, operands))
        condition = np.asarray(rng.random(shape[seed % 2 :]) < 0.5)
        agree(engine, ("np", "where"), np.where, condition, *operands)
        agree(engine, ("np", "where"), np.where, condition)

    compare()


def test_methods_change_shapes_and_kinds(engine):
    @given(ANY, st.lists(st.integers(-1, 6), min_size=1, max_size=3), KIND)
    def compare(a, shape, kind):
        def reshape(a, *shape):
            return a.reshape(*shape)

        agree(engine, ("method", "reshape"), reshape, a, *shape)
        agree(engine, ("method", "transpose"), np.transpose, a)
        agree(engine, ("method", "ravel"), np.ravel, a)
        agree(engine, ("method", "flatten"), np.ravel, a)
        agree(engine, ("method", "copy"), np.copy, a)
        agree(engine, ("method", "tolist"), lambda a: a.tolist(), a)
        agree(engine, ("method", "item"), lambda a: a.item(), a)
        tame = np.nan_to_num(a, posinf=9, neginf=-9).clip(-99, 99)
        given = tame if kind == "int64" else a
        agree(engine, ("method", "astype"), lambda a, to: a.astype(to), given, kind)

    compare()


def test_order_of_equals_is_kept(engine):
    @given(arrays(share=0.6), AXES)
    def compare(a, axis):
        named = {"axis": axis, "kind": "stable"}
        agree(engine, ("np", "argsort"), np.argsort, a, **named)

    compare()


def test_empty_arrays_have_their_shape(engine):
    for shape in ((0,), (3, 5)):
        assert engine.call("np", "empty", shape).shape == shape

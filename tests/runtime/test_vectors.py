"""Products with WebAssembly and without it are the same to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from javascript import Engine
from loops import over

from nb_lib.live.runtime.vectors import PAGES, SIZE, signed, unsigned

ALLOWED = "globalThis.nbMayAssemble = true;"
LACKING = {
    "refused": "WebAssembly.Module = class { constructor() { throw EvalError(); } };",
    "missing": "delete globalThis.WebAssembly;",
    "no memory": "WebAssembly.Instance = class { constructor() { throw Error(); } };",
}
# n, k, m: around a tile, a strip of the loops, and what is small
SHAPES = [
    *[(4, 260, 4), (5, 37, 23), (7, 99, 6), (8, 64, 8), (9, 51, 11), (13, 32, 10)],
    *[
        (128, 32, 32),
        (33, 128, 31),
        (3, 500, 9),
        (90, 500, 3),
        (64, 1, 70),
        (70, 2, 31),
    ],
]


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Give an engine with vectors and one without."""
    both = [
        Engine(tmp_path_factory.mktemp("engine"), before=before)
        for before in (ALLOWED, "")
    ]
    yield both
    for each in both:
        each.close()


def bits(engine, *pair):
    """Return shape, kind and bits of a product; one NaN is as good as another."""
    got = np.asarray(engine.call("np", "matmul", *pair))
    number = got.astype(float)
    number[np.isnan(number)] = np.nan
    return got.shape, got.dtype, number.tobytes()


def turned(a):
    """Return the same matrix as it may lie: turned, backwards, with gaps."""
    wide = np.repeat(np.repeat(a, 2, 0), 3, 1)
    return [a, a.T.copy().T, a[::-1, ::-1].copy()[::-1, ::-1], wide[::2, ::3]]


@over("shape", SHAPES)
def test_products_are_the_same_bits(engines, shape):
    rng = np.random.default_rng(sum(shape))
    n, k, m = shape
    for x in turned(rng.normal(size=(n, k))):
        for y in turned(rng.normal(size=(k, m))):
            assert bits(engines[0], x, y) == bits(engines[1], x, y)


@over("kinds", [("float32",) * 2, ("float32", "float64"), ("int64",) * 2])
def test_products_of_all_kinds_are_the_same_bits(engines, kinds):
    rng = np.random.default_rng(4)
    pair = [
        (20 * rng.normal(size=shape)).astype(kind)
        for shape, kind in zip([(19, 41), (41, 17)], kinds, strict=True)
    ]
    assert bits(engines[0], *pair) == bits(engines[1], *pair)


def test_products_of_random_shapes_and_odd_numbers_are_the_same_bits(engines):
    @given(st.tuples(*[st.integers(0, 40)] * 3), st.integers(0, 2**32))
    def compare(shape, seed):
        rng = np.random.default_rng(seed)
        (n, k, m), odd = shape, [np.nan, np.inf, -np.inf, -0.0, 0.0, 5e-324, 1e308]
        pair = [rng.normal(size=(n, k)), rng.normal(size=(k, m))]
        for each in pair:
            places = rng.random(each.shape) < rng.choice([0, 0.02, 0.5])
            each[places] = rng.choice(odd, size=places.sum())
        assert bits(engines[0], *pair) == bits(engines[1], *pair)

    compare()


def test_a_product_larger_than_the_memory_comes_in_parts(engines):
    rng, room = np.random.default_rng(5), PAGES * 2**16 // SIZE
    k, m = 57, 9
    high, rest = divmod(room - k * m, k + m)
    assert rest < m * (-high % 4)  # a tile beyond the last row would leave the memory
    n = 2 * high + 2  # three parts, the last of fewer rows than a tile has
    pair = rng.normal(size=(n, k)), rng.normal(size=(k, m))
    assert bits(engines[0], *pair) == bits(engines[1], *pair)
    wide = rng.normal(size=(5, room // 20)), rng.normal(size=(room // 20, 20))
    assert bits(engines[0], *wide) == bits(engines[1], *wide)  # one factor has no room


def test_stacks_of_products_are_the_same_bits(engines):
    rng = np.random.default_rng(6)
    pair = rng.normal(size=(3, 1, 21, 17)), rng.normal(size=(2, 17, 19))
    assert bits(engines[0], *pair) == bits(engines[1], *pair)


COUNTED = """
globalThis.snippets = {
  counted() { // how many of these products vectors compute
    const { product } = PAIRS, a = np.ones([16, 32]);
    let n = 0;
    PAIRS.product = (...given) => { n += 1; product(...given); };
    matmul(a, a.T); // 8,192 products
    matmul(a, np.ones([32, 4])); // 2,048
    matmul(np.ones([999, 32]), np.ones([32, 3]));
    matmul(np.ones([3, 999]), np.ones([999, 9]));
    return n;
  },
};
"""


def test_vectors_multiply_what_is_large_where_they_are_allowed(tmp_path):
    engine = Engine(tmp_path, COUNTED, ALLOWED)
    assert engine.call("program", "counted") == 1
    engine.close()


@over("how", LACKING)
def test_without_vectors_the_loops_give_the_same(engines, tmp_path, how):
    engine = Engine(tmp_path, before=ALLOWED + LACKING[how])
    rng = np.random.default_rng(7)
    pair = rng.normal(size=(21, 33)), rng.normal(size=(33, 14))
    assert bits(engine, *pair) == bits(engines[0], *pair)
    engine.close()


def test_numbers_are_written_as_webassembly_reads_them():
    bare = {0: "00", 127: "7f", 128: "8001", 624485: "e58e26"}
    assert {n: unsigned(n).hex() for n in bare} == bare
    either = {0: "00", 63: "3f", 64: "c000", -1: "7f", -64: "40", -123456: "c0bb78"}
    assert {n: signed(n).hex() for n in either} == either

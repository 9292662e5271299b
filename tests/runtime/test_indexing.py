"""``a[key]`` and ``a[key] = value`` against NumPy's, with keys of all kinds."""

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy_cases import EDGES, FULL, agree, arrays


@st.composite
def indexed(draw):
    """Draw an array and a key for it."""
    a = draw(arrays(FULL))
    basic = hnp.basic_indices(a.shape, allow_newaxis=True)
    places = st.integers(-a.shape[0], a.shape[0] - 1)
    fancy = st.one_of(
        hnp.arrays("int64", st.integers(0, 4), elements=places),
        arrays(a.shape[:1], ("bool",)),
        arrays(a.shape, ("bool",)),
        st.integers(-7, 7),
    )
    return a, draw(st.one_of(basic, basic, fancy, mixed(a.shape)))


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
    @given(indexed())
    def compare(case):
        agree(engine, ("get", ""), lambda a, key: a[key], *case)

    compare()


def test_assignment(engine):
    def assigned(a, key, value):
        target = a.copy()
        target[key] = value
        return target

    @given(indexed(), st.data())
    def compare(case, data):
        a, key = case
        part = np.asarray(a[key] if fits(a, key) else a)
        kinds = (a.dtype.name,)
        value = data.draw(arrays(part.shape, kinds))
        number = data.draw(st.sampled_from(EDGES[a.dtype.name]))
        for each in (value, number, value[:1] if value.ndim else number):
            agree(engine, ("set", ""), assigned, a, key, each)

    compare()


def fits(a, key):
    """Say whether NumPy takes this key."""
    try:
        a[key]
    except IndexError:
        return False
    return True

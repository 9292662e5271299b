"""What holds for every list, path and grid, however strange the numbers."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from live import dummies
from live.words import _Reader
from matplotlib.path import Path

from nb_lib.live import Choice, LogSlider, Slider, Toggle
from nb_lib.live.page.recording import pack
from nb_lib.live.paint.encode import FAR, UNITS, bytes_as_words, flattened, pixels, rgba

anything = st.floats(width=64)  # nan, both infinities and 1e308 among them
points = arrays(float, st.tuples(st.integers(2, 40), st.just(2)), elements=anything)
DOWN = np.array([[1.0, 0, 0], [0, -1, 300], [0, 0, 1]])


def unpacked(data):
    """Undo ``pack`` word by word, as player.js does."""
    n = len(data) // 2
    words = []
    for i in range(n):
        before = words[i - 2] if i >= 2 else 0
        words.append((before + data[i] + 256 * data[n + i]) & 0xFFFF)
    return np.array(words, "<u2").tobytes()


@given(arrays("<i2", st.integers(0, 200)))
def test_packed_list_comes_back(words):
    data = words.tobytes()
    assert len(pack(data)) == len(data)
    assert unpacked(pack(data)) == data


@given(st.binary(max_size=50))
def test_bytes_come_back_from_words(data):
    words = bytes_as_words(data)
    assert words.tobytes()[: len(data)] == data
    assert 2 * len(words) - len(data) in (0, 1)


@given(arrays(float, st.integers(0, 50), elements=st.floats(allow_nan=False)))
def test_numbers_keep_their_place_or_go_to_the_edge(values):
    with np.errstate(over="ignore"):  # as the painter does
        got = pixels(values) / UNITS
    edge = FAR / UNITS
    np.testing.assert_allclose(got, values.clip(-edge, edge), atol=0.5 / UNITS)
    assert np.all(np.diff(got[np.argsort(values)]) >= 0)


@given(st.tuples(*[st.integers(0, 255)] * 4))
def test_colours_come_back_to_the_bit(colour):
    words = np.array(rgba([part / 255 for part in colour]), "<i2")
    assert _Reader(words.tobytes()).rgba() == colour


@given(points, st.booleans(), st.booleans())
def test_path_of_any_numbers_reads_back_within_reach(vertices, filled, is_closed):
    """No length lies about what follows it, and no coordinate wraps around."""
    path = Path(vertices, closed=is_closed)
    with np.errstate(all="ignore"):
        words = flattened(path, DOWN, (500, 300), width=1.5, snap=None, filled=filled)
    read = _Reader(words.astype("<i2").tobytes())
    parts = read.paths()
    assert read.at == len(words)
    assert all(len(corners) > 1 for corners, _ in parts)
    for corners, _ in parts:
        assert np.abs(corners).max() <= FAR / UNITS
        if not filled:
            assert corners.min() >= -10
            assert (corners.max(axis=0) <= (510, 310)).all()


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 300)), min_size=2,
                max_size=40, unique=True))  # fmt: skip
def test_path_within_the_figure_keeps_every_corner(corners):
    path = Path(np.array(corners, float))
    words = flattened(path, DOWN, (500, 300), width=1.5, snap=False, filled=True)
    ((got, is_closed),) = _Reader(words.astype("<i2").tobytes()).paths()
    np.testing.assert_array_equal(got, [(x, 300 - y) for x, y in corners])
    assert not is_closed


@st.composite
def controls(draw):
    """Return one to four controls of any kind, by name."""
    made = {}
    for name in "abcd"[: draw(st.integers(1, 4))]:
        low, n = draw(st.integers(-5, 5)), draw(st.integers(1, 9))
        start = draw(st.integers(low, low + n))
        made[name] = draw(st.sampled_from([
            Toggle(name, draw(st.booleans())),
            Choice(name, tuple(range(low, low + n + 1)), start=start),
            Slider(name, low=low, high=low + n, start=start),
            LogSlider(name, low=0.1, high=10.0 ** n, start=1.5),
        ]))  # fmt: skip
    return made


@given(controls(), st.data())
def test_grid_begins_with_the_start_crosses_all_and_repeats_nothing(made, data):
    together = tuple(data.draw(st.sets(st.sampled_from(sorted(made)), max_size=2)))
    compute = eval(f"lambda {', '.join(made)}: None")
    explorer = dummies.explorer(controls=made, compute=compute, together=together)
    grid = explorer.grid()
    assert grid[0] == explorer.settings()
    assert len({tuple(state.values()) for state in grid}) == len(grid)
    assert all(explorer.settings(**state) == state for state in grid)
    crossed = itertools.product(*(made[name].recorded for name in together))
    assert {tuple(state[name] for name in together) for state in grid} >= set(crossed)
    for name, control in made.items():
        assert set(control.recorded) <= {state[name] for state in grid}
    apart = [sum(s[n] != grid[0][n] for n in made if n not in together) for s in grid]
    assert max(apart) <= 1

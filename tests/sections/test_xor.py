"""Sixteen tables: by hand fourteen light, two never; the rule stops or goes round."""

from itertools import product

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.boolean import NAMES, cube, number
from nb_lib.sections.s09_02_xor.explorer import MOST, X, describe, sweep, xor
from nb_lib.sections.s09_02_xor.tables import HIGH, LOW, firing_side, segments

HARD = {"XOR", "XNOR"}
RULE = [name for name in NAMES if name not in HARD]


def by_hand():
    """Compute every setting of the three sliders."""
    stops = [xor.controls[name].stops for name in ("w1", "w2", "b")]
    for w1, w2, b in product(*stops):
        yield next(xor.compute(w1, w2, b, "by hand", ()))


def test_the_sliders_light_fourteen_tables_and_no_more():
    lit = {NAMES[number(frame.outputs)] for frame in by_hand()}
    assert lit == set(RULE)


def test_the_recorded_stops_alone_light_fourteen():
    """A reader of the page can light all that can be lit."""
    stops = [xor.controls[name].recorded for name in ("w1", "w2", "b")]
    frames = (next(xor.compute(*weights, "by hand", ())) for weights in product(*stops))
    assert len({number(frame.outputs) for frame in frames}) == 14


def test_the_bias_alone_meets_what_it_says_in_order():
    for frame in by_hand():
        w, table = frame.path[-1, :2], number(frame.outputs)
        assert frame.swept[0] == NAMES.index("FALSE")
        assert frame.swept[-1] == NAMES.index("TRUE")
        assert table in frame.met
        ones = [bin(k).count("1") for k in frame.swept]
        assert ones == sorted(set(ones))
        assert len(frame.met) <= 5
        assert len(frame.edges) == len(frame.swept) - 1
        assert frame.swept == sweep(X, w)[1]


def test_the_band_at_the_bias_is_the_table_now():
    for frame in by_hand():
        band = np.searchsorted(frame.edges, frame.path[-1, 2], side="right")
        assert frame.swept[band] == number(frame.outputs)


@pytest.mark.parametrize("target", RULE)
def test_the_rule_reaches_what_can_be_reached(target):
    frames = list(xor.frames(target=target, w1=-2, w2=2, b=3))
    last = frames[-1]
    assert NAMES[number(last.outputs)] == target
    assert not last.wrong.any()
    assert last.returned is None
    assert [len(frame.path) for frame in frames] == list(range(1, len(frames) + 1))
    assert len(frames) < MOST
    assert f"stops after {len(frames) - 1} mistake" in describe(last)


@pytest.mark.parametrize("target", sorted(HARD))
@pytest.mark.parametrize("start", [(1, 1, -0.5), (0, 0, 0), (2, 2, -2.5), (-2, -2, 3)])
def test_the_rule_goes_round_where_nothing_can_be_reached(target, start):
    """From the first double on the weights repeat, and they stay small."""
    settings = dict(zip(("w1", "w2", "b"), start, strict=True))
    frame = xor.run(target=target, **settings)
    assert len(frame.path) == MOST + 1
    first, again = frame.returned
    tail, period = frame.path[first:], again - first
    np.testing.assert_array_equal(tail[period:], tail[:-period])
    assert np.abs(frame.path).max() <= 4
    assert NAMES.index(target) not in frame.met
    assert "goes round for ever" in describe(frame)
    assert frame.wrong.any()


def test_the_start_is_what_the_sliders_say():
    frames = list(xor.frames(target="AND", w1=-1.5, w2=0.5, b=2))
    np.testing.assert_array_equal(frames[0].path, [[-1.5, 0.5, 2]])
    steps = np.diff(frames[-1].path, axis=0)
    assert set(np.unique(np.abs(steps))) <= {0, 1}


def test_without_direction_there_is_no_line_and_words_say_so():
    for b, fires in ((0, "everywhere"), (-0.5, "nowhere")):
        frame = xor.run(w1=0, w2=0, b=b)
        plane = shown(xor, frame).axes[0]
        assert any(f"it fires {fires}" in text.get_text() for text in plane.texts)
        assert plane.lines[1].get_xdata().size == 0
        assert plane.patches[0].get_visible() == (b == 0)
        assert "can only choose between FALSE, TRUE" in describe(frame)


def test_corners_on_the_line_are_told():
    assert "2 of the corners on the line fire too" in describe(
        xor.run(w1=1, w2=1, b=-1)
    )
    assert "1 of the corners on the line fires too" in describe(
        xor.run(w1=2, w2=1, b=-2)
    )


def test_the_board_marks_what_is_lit():
    figure = shown(xor, xor.run(w1=1, w2=2, b=-0.5))
    board = figure.axes[1]
    shades = np.asarray(board.images[0].get_array()).ravel()
    assert NAMES[int(np.argmax(shades == 2))] == "OR"
    assert {NAMES[k] for k in np.flatnonzero(shades)} == {
        "FALSE",
        "AND",
        "x2",
        "OR",
        "TRUE",
    }


@pytest.mark.parametrize(
    ("settings", "tile"),
    [({}, None), ({"target": "AND"}, None), ({"target": "XNOR"}, (1, 2))],
)
def test_a_tile_is_marked_never_when_the_rule_has_proved_it(settings, tile):
    """Not earlier: how many tables can be met is what a reader is asked."""
    board = shown(xor, xor.run(**settings)).axes[1]
    marks = [t for t in board.texts if t.get_text() == "never" and t.get_visible()]
    assert [tuple(map(int, t.get_position())) for t in marks] == (
        [tile] if tile else []
    )
    first = shown(xor, next(xor.frames(**settings))).axes[1]
    assert not any(t.get_text() == "never" and t.get_visible() for t in first.texts)
    assert "14" not in xor.title


def test_the_target_is_framed_only_when_there_is_one():
    for settings, is_framed in (({}, False), ({"target": "NOR"}, True)):
        board = shown(xor, xor.run(**settings)).axes[1]
        frame = board.patches[1]
        assert frame.get_visible() == is_framed
    assert frame.get_xy() == (0, 2)  # NOR is number 8


def test_tiles_draw_their_tables_as_the_plane_does():
    """The dot of the corner (1, 1) stands top right, full where the output is 1."""
    board = shown(xor, xor.run()).axes[1]
    full = {tuple(np.round(p, 6)) for p in board.lines[1].get_xydata()}
    assert len(full) == 32
    top_right = (0.5 + 0.12, 0.45 - 0.12)
    for k, table in enumerate(cube(4)):
        place = (k % 4 + top_right[0], k // 4 + top_right[1])
        assert (tuple(np.round(place, 6)) in full) == bool(table[3])


@pytest.mark.parametrize(
    "weights", [(1, 1, -0.5), (2, -1, 0), (0, 1, -1), (-0.5, 2, 3), (2, 2, 3)]
)
def test_the_side_that_fires_is_where_scores_are_not_negative(weights):
    weights = np.array(weights, float)
    side = firing_side(weights)
    assert np.all(side @ weights[:2] + weights[2] >= -1e-12)
    assert np.all((side >= LOW - 1e-12) & (side <= HIGH + 1e-12))
    rest = firing_side(-weights)
    areas = [shoelace(part) for part in (side, rest)]
    assert sum(areas) == pytest.approx((HIGH - LOW) ** 2)
    line = segments(weights[None])
    if 0 < areas[0] < (HIGH - LOW) ** 2 - 1e-9:
        np.testing.assert_allclose(line[:2] @ weights[:2], -weights[2], atol=1e-12)


def shoelace(points):
    x, y = points.T
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def test_the_right_panel_turns_from_bias_to_weights():
    wanted = {
        "by hand": ("bias b", False, ["FALSE", "AND", "OR", "TRUE"]),
        "XOR": ("weight", True, ["the same after 7 and 11: for ever"]),
    }
    for target, seen in wanted.items():
        ax = shown(xor, xor.run(target=target)).axes[2]
        texts = [t.get_text() for t in ax.texts if t.get_visible() and t.get_text()]
        assert (ax.get_ylabel(), ax.get_legend().get_visible(), texts) == seen


@pytest.mark.parametrize("settings", [{}, {"target": "XOR"}])
def test_one_title_stands_over_each_panel(settings):
    """A frame is shown outside the style's context: titles would be large, centred."""
    figure = shown(xor, xor.run(**settings))
    titles = [
        [ax.get_title(loc) for loc in ("left", "center", "right")] for ax in figure.axes
    ]
    assert len({ax._left_title.get_fontsize() for ax in figure.axes}) == 1
    assert all(left and not (middle or right) for left, middle, right in titles)
    assert ("XOR" in titles[0][0]) == ("target" in settings)


def test_corners_are_the_cube_in_counting_order():
    np.testing.assert_array_equal(X @ [2, 1], range(4))


def test_xor_is_learnt_once_a_corner_has_crossed_the_diagonal():
    near, far = ((3, 0.625, 0.5),), ((3, 0.25, 0.25),)
    start = {"w1": 0, "w2": 0, "b": 0, "target": "XOR"}
    never, learnt = (xor.run(**start, moved=moved) for moved in (near, far))
    assert never.returned is not None
    assert learnt.returned is None
    assert not learnt.wrong.any()
    assert NAMES[number(learnt.outputs)] == "XOR"
    assert describe(learnt).endswith("1 of the 4 corners is moved.")


def test_corners_on_each_other_and_on_a_line_draw_and_speak():
    for step in (0.0, 0.5):
        moved = [(row, row * step - 0.25, row * step - 0.25) for row in range(4)]
        for target in ("by hand", "XOR", "AND"):
            frame = xor.run(target=target, moved=moved)
            assert "4 of the 4 corners are moved" in describe(frame)
            assert shown(xor, frame)

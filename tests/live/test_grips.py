"""Points as a control: what is taken, what is refused in one sentence."""

import re
from dataclasses import replace

import numpy as np
import pytest
from live.test_grab import MOVED, OWN, SHEET, X, explorer, places
from loops import over

from nb_lib.live import Moves, moved_to

OWN_MANY = replace(OWN, most=9)
MOVED_ROWS = "x wants rows (row, x, y), one for each point that was moved"


@over(
    ("control", "value", "message"),
    [
        (MOVED, 7, f"{MOVED_ROWS}, got 7"),
        (MOVED, "abc", f"{MOVED_ROWS}, got 'abc'"),
        (MOVED, [(1, 2)], f"{MOVED_ROWS}, got [(1, 2)]"),
        (MOVED, [(0, np.nan, 0)], "x wants x from -2 to 2, got nan in (0, nan, 0)"),
        (MOVED, [(0, 0, 1.5)], "x wants y from -1 to 1, got 1.5 in (0, 0, 1.5)"),
        (MOVED, [(0, None, 0)], "x wants x from -2 to 2, got None in (0, None, 0)"),
        (MOVED, [(-1, 0, 0)], "x wants whole numbers for rows, got -1"),
        (MOVED, [("a", 0, 0)], "x wants whole numbers for rows, got 'a'"),
        (MOVED, [(1, 0, 0)] * 2, "x wants each point once, got one of them twice"),
        (MOVED, [(0, 0, 0)] * 301, "x wants at most 300 points, got 301"),
        (OWN, [(0, 0, 2)], "x wants a class from 0 to 1, got 2"),
        (OWN, [(0, 0, 0.5)], "x wants a class from 0 to 1, got 0.5"),
        (OWN, [(0, 0, 0)] * 4, "x wants at most 3 points, got 4"),
    ],
)
def test_refusals_are_one_sentence(control, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        control.check(value, "x")


def test_values_are_tuples_of_plain_numbers():
    taken = MOVED.check([[2.0, 1, np.float64(0.5)], (0, -1, 0)], "x")
    assert taken == ((0, -1.0, 0.0), (2, 1.0, 0.5))
    assert [type(v) for v in taken[1]] == [int, float, float]
    assert OWN.check(np.array([[0.5, 1, 1]]), "x") == ((0.5, 1.0, 1),)
    assert hash(taken) == hash(eval(repr(taken)))


def test_the_start_is_all_that_is_recorded_unless_more_is_declared():
    assert (MOVED.start, MOVED.stops, MOVED.recorded) == ((), ((),), ((),))
    assert len(explorer().grid()) == 1
    more = [(), ((1, 0, 0),)]
    moves = Moves(label="a", x=(0, 1), y=(0, 1), places=places, recorded=more)
    assert moves.recorded == ((), ((1, 0.0, 0.0),))


@over(
    ("change", "message"),
    [
        ({"x": (1, 0)}, "wants a low and a high end for x"),
        ({"y": (0, float("nan"))}, "wants a low and a high end for y"),
        ({"step": 0}, "wants a step above 0"),
        ({"recorded": [((1, 0, 0),)]}, "wants its start among the recorded"),
    ],
)
def test_declarations_are_checked(change, message):
    parts = {"label": "a", "x": (0, 1), "y": (0, 1), "places": places, **change}
    with pytest.raises(ValueError, match=message):
        Moves(**parts)


def test_rows_beyond_the_points_are_nowhere_and_the_picture_keeps_its_own():
    moved = moved_to(X, ((1, 0.0, 0.25), (9, 1.0, 1.0)))
    np.testing.assert_array_equal(moved, [[0, 0], [0, 0.25], [-1, -0.5]])
    np.testing.assert_array_equal(X[1], [1, 0.5])


def test_what_is_grabbed_reaches_the_picture_and_reset_undoes_it(blank_stills):
    live = explorer().show()
    assert live.canvas.places == {"moved": X.tolist()}
    assert [box.description for box in live.children[0].children] == []
    live._receive(None, {"want": "grab", "name": "moved", "rows": [[1, 0, 0.25]]}, [])
    live._receive(None, {"want": "grab", "name": "own", "rows": [[2, 1, 0]]}, [])
    assert live.worker.wait(30)
    assert live.canvas.state["sentence"] == "4 dots."
    assert live.canvas.state["settings"]["moved"] == ((1, 0.0, 0.25),)
    assert live.canvas.places["moved"][1] == [0, 0.25]
    live._receive(None, {"want": "reset"}, [])
    assert live.worker.wait(30)
    assert live.canvas.state["settings"] == {"moved": (), "own": ()}
    live.close()


def test_a_broken_front_end_gets_a_sentence_and_nothing_moves(blank_stills):
    live = explorer().show()
    for rows in (None, [[1, "x", 0]], [[0, 0, float("nan")]], {"a": 1}, [[[]]]):
        live._receive(None, {"want": "grab", "name": "moved", "rows": rows}, [])
        assert live.canvas.state["error"].startswith("ValueError: moved wants ")
        assert live.canvas.state["settings"]["moved"] == ()
    live._receive(None, {"want": "grab", "name": "nobody", "rows": []}, [])
    live._receive(None, {"want": "grab", "name": ["moved"], "rows": []}, [])
    live.close()


def test_a_view_without_the_control_has_nothing_to_grab(blank_stills):
    live = explorer().show(only="own")
    assert live.canvas.places == {}
    live.close()


def test_values_drawn_at_random_are_legal_and_differ():
    rng = np.random.default_rng(9)
    for control in (MOVED, OWN_MANY, SHEET.controls["ink"]):
        drawn = [control.drawn(rng) for _ in range(9)]
        assert len(set(drawn)) > 7
        assert all(value and control.check(value, "x") == value for value in drawn)
        assert len({len(value) for value in drawn}) > 1

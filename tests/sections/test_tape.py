"""The explorers of 9.15: both modes find what the engine finds, and count honestly."""

import numpy as np
import pytest

from nb_lib.autograd import Tensor
from nb_lib.explore import modes, tape
from nb_lib.live.paint.painter import lay_out
from nb_lib.sections.s09_15_autograd.boxes import HIGH, WIDE, arrow, edges_of
from nb_lib.sections.s09_15_autograd.graphs import EXPRESSIONS, MOST_EDGES, MOST_NODES
from nb_lib.sections.s09_15_autograd.picture import in_box

FORMULAS = {
    "+": lambda a, b: a + b,
    "·": lambda a, b: a * b,
    "exp": lambda a: a.exp(),
    "ln": lambda a: a.log(),
    "tanh": lambda a: a.tanh(),
}


def by_engine(nodes):
    """Run an expression on the engine; return all tensors by name."""
    tensors = {}
    for node in nodes:
        if node.operation is None:
            tensors[node.name] = Tensor(node.value)
        else:
            inputs = [tensors[name] for name in node.inputs]
            tensors[node.name] = FORMULAS[node.operation](*inputs)
    tensors[nodes[-1].name].backward()
    return tensors


def test_both_modes_end_with_the_gradients_of_the_engine():
    for expression, nodes in EXPRESSIONS.items():
        tensors = by_engine(nodes)
        for mode in ("reverse", "forward"):
            frame = tape.run(expression=expression, mode=mode, step=9)
            assert frame.found
            for name, slope in frame.found.items():
                assert slope == pytest.approx(float(tensors[name].grad), rel=1e-12)
        for name, value in frame.values.items():
            assert value == pytest.approx(float(tensors[name].data), rel=1e-12)


def test_every_walk_ends_within_the_steps():
    for expression in EXPRESSIONS:
        for mode in ("reverse", "forward"):
            frame = tape.run(expression=expression, mode=mode, step=9)
            assert frame.step == frame.last <= 9


def test_step_four_of_the_shared_product_is_not_the_end():
    """What the text asks: 4 arrives first, and -6 two steps later."""
    shown = [
        tape.run(expression="(a·b + c)·a", step=step).slopes.get("a")
        for step in range(3, 7)
    ]
    assert shown == [None, 4, 4, -2]


def test_first_view_shows_the_shares_of_the_text():
    assert tape.run(step=3).slopes["x"] == 1
    assert tape.run(step=4).slopes["x"] == 7
    assert tape.run(step=4).counts == (2, 4)


def test_forward_mode_of_the_neuron_takes_nine_steps():
    assert tape.run(expression="a neuron", mode="forward").last == 9


def test_pictures_have_room_for_every_expression():
    for nodes in EXPRESSIONS.values():
        assert len(nodes) <= MOST_NODES
        assert len(edges_of(nodes)) <= MOST_EDGES


def crosses(line, place):
    """Whether a shaft runs through a box, not only along its rim."""
    (x0, x1), (y0, y1) = (np.array(part[:2]) for part in line)
    t = np.linspace(0.02, 0.98, 200)
    x, y = x0 + t * (x1 - x0), y0 + t * (y1 - y0)
    inside = (abs(x - place[0]) < WIDE - 0.03) & (abs(y - place[1]) < HIGH - 0.03)
    return inside.any()


def test_no_arrow_runs_through_a_box_and_so_through_no_number():
    for nodes in EXPRESSIONS.values():
        places = {node.name: node.place for node in nodes}
        for start, end, shift in edges_of(nodes):
            line = arrow(places[start], places[end], shift)
            assert [n for n, place in places.items() if crosses(line, place)] == []


def test_no_line_of_a_box_is_wider_than_the_box():
    figure, show = lay_out(tape.picture, tape.size)
    ax, renderer = figure.axes[0], figure.canvas.get_renderer()
    wide = ax.transData.transform([(WIDE, 0), (-WIDE, 0)])
    room = wide[0, 0] - wide[1, 0]
    for setting in tape.grid():
        show(tape.run(**setting))
        for text in ax.texts:
            if text.get_visible() and text.get_text():
                assert text.get_window_extent(renderer).width < room, text.get_text()


def test_sentence_counts_and_lists_in_english():
    early, late = (tape.run(expression="a neuron", step=step) for step in (4, 6))
    assert "after 3 values and 1 product:" in tape.describe(early)
    assert "along w, 0.393 along x and 0.786 along b." in tape.describe(late)


def test_what_is_unknown_stays_empty():
    frame = tape.run(step=0)
    assert in_box(frame, frame.nodes[0]) == ("x", "3", "")
    assert in_box(frame, frame.nodes[1]) == ("a = x · x", "", "")


def test_costs_of_both_modes_are_counted_by_walking():
    """A witness that walks: one product for each weight and each slope that crosses."""
    for setting in modes.grid():
        costs = modes.run(**setting)
        edges = [(i, h) for i in range(costs.inputs) for h in range(4)]
        edges += [(h, o) for h in range(4) for o in range(costs.outputs)]
        forward = sum(2 for _ in range(costs.inputs) for _ in edges)
        reverse = sum(1 for _ in range(1 + costs.outputs) for _ in edges)
        assert (costs.forward, costs.reverse) == (forward, reverse)


def test_sentence_of_the_modes_names_the_winner():
    assert "reverse mode is 20 times cheaper" in modes.describe(
        modes.run(inputs=20, outputs=1)
    )
    sentence = modes.describe(modes.run(inputs=1, outputs=20))
    assert "1 pass and 168 products" in sentence
    assert "forward mode is" in sentence
    assert "both cost the same" in modes.describe(modes.run(inputs=1, outputs=1))


def test_a_step_beyond_the_last_is_called_done():
    """The slider goes on to 9 for the longer expressions."""
    settings = {"expression": "x·x + x", "mode": "reverse"}
    sentences = [tape.describe(tape.run(**settings, step=k)) for k in (3, 4, 9)]
    assert "step 3 of 4" in sentences[0]
    assert "is done in 4 steps" in sentences[1]
    assert sentences[2] == sentences[1]

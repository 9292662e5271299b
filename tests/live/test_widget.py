"""The live view without a front end: messages in, one state out."""

import contextlib
import gc
import json
import re
import threading
from html.parser import HTMLParser
from types import SimpleNamespace

import ipywidgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances as widgets
from live import dummies, words

from nb_lib.live.kernel import rhythm, widget

PATIENCE = 30
FACE = {"figure", "img", "figcaption", "p", "em", "style"}  # of an inert face


EXPLORER = dummies.explorer()


@pytest.fixture
def live(blank_stills):
    view = EXPLORER.show()
    yield view
    view.close()


def move(live, name, value, key="value"):
    """Move a control as a front end does: by a message on its comm."""
    data = {"method": "update", "state": {key: value}, "buffer_paths": []}
    live.inputs[name]._handle_msg({"content": {"data": data}, "buffers": []})


def settle(live):
    assert live.worker.wait(PATIENCE)
    return live.canvas.state


def history(live):
    """Return a list that grows by the settings of each state sent."""
    seen = []
    live.canvas.observe(lambda change: seen.append(change["new"]), names="state")
    return seen


def test_show_starts_with_a_finished_picture(live):
    state = live.canvas.state
    assert state["settings"] == {
        "depth": 2, "noise": 0.1, "lr": 0.1, "kind": "tanh", "skip": False,
    }  # fmt: skip
    assert (state["sentence"], state["error"], state["done"]) == (
        "Depth 2 & step 3.", "", True,
    )  # fmt: skip
    assert words.named(live.canvas.moving, "line")


def test_show_takes_settings_and_sets_the_controls():
    live = EXPLORER.show(depth=9, kind="he", skip=True)
    assert live.canvas.state["settings"]["depth"] == 9
    assert [live.inputs[n].value for n in ("depth", "kind", "skip")] == [9, "he", True]


def test_show_starts_where_the_controls_can_stand():
    live = EXPLORER.show(lr=0.12)
    assert live.canvas.state["settings"]["lr"] == live.inputs["lr"].value == 0.1


@pytest.mark.parametrize(
    ("name", "key", "sent", "value"),
    [
        ("depth", "value", 7, 7),
        ("noise", "value", 0.3, 0.3),
        ("lr", "index", 0, 1e-3),
        ("kind", "index", 1, "he"),
        ("skip", "value", True, True),
    ],
)
def test_each_kind_of_control_reaches_the_picture(live, name, key, sent, value):
    move(live, name, sent, key)
    assert settle(live)["settings"] == {**live.explorer.settings(), name: value}


def test_slider_rests_on_a_stop_however_the_browser_counts(live):
    move(live, "noise", 0.30000000000000004)
    assert settle(live)["settings"]["noise"] == 0.3


def test_echo_of_the_browser_is_not_calculated_again(live):
    seen = history(live)
    move(live, "noise", 0.10000000000000003)
    assert settle(live)["settings"]["noise"] == 0.1
    assert seen == []


def test_every_control_has_a_label_and_a_native_range(live):
    for name, box in live.inputs.items():
        assert box.description == dummies.CONTROLS[name].label
    assert (live.inputs["depth"].min, live.inputs["depth"].max) == (1, 90)
    assert len(live.inputs["lr"].options) == len(dummies.CONTROLS["lr"].stops)


def test_settings_are_json(live):
    move(live, "depth", 3)
    state = settle(live)
    assert json.loads(json.dumps(state)) == state


def test_burst_ends_at_the_last_setting(live):
    seen = history(live)
    for depth in range(3, 43):
        move(live, "depth", depth)
    assert settle(live)["settings"]["depth"] == 42
    depths = [state["settings"]["depth"] for state in seen]
    assert depths == sorted(depths)


def test_bursts_from_two_threads_lose_nothing(live):
    def burst(name, values, key):
        for value in values:
            move(live, name, value, key)

    threads = [
        threading.Thread(target=burst, args=("depth", range(3, 43), "value")),
        threading.Thread(target=burst, args=("lr", range(20), "index")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settings = settle(live)["settings"]
    assert (settings["depth"], settings["lr"]) == (42, dummies.CONTROLS["lr"].stops[19])
    assert live.canvas.state["done"]


def test_one_slider_moved_from_two_threads_ends_where_the_slider_stands(live):
    def burst(first):
        for depth in range(first, 91, 2):
            move(live, "depth", depth)

    threads = [threading.Thread(target=burst, args=(first,)) for first in (3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert settle(live)["settings"]["depth"] == live.inputs["depth"].value


def test_callback_that_comes_late_asks_for_what_holds_now(live):
    """Callbacks of two threads may overtake each other: none brings back the past."""
    move(live, "depth", 3)
    move(live, "depth", 4)
    live._moved({"name": "value", "old": 2, "new": 3})
    assert settle(live)["settings"]["depth"] == 4


def test_error_is_one_line_and_the_explorer_lives_on(live):
    good = live.canvas.moving
    move(live, "kind", 2, "index")
    state = settle(live)
    assert state["error"] == "RuntimeError: this went wrong <badly>"
    assert state["settings"]["kind"] == "tanh"  # what the picture still shows
    assert live.canvas.moving == good
    move(live, "kind", 0, "index")
    assert settle(live)["error"] == ""


def test_error_at_the_very_start_is_one_line_and_the_explorer_lives_on():
    live = EXPLORER.show(kind="boom")
    assert live.canvas.state["error"] == "RuntimeError: this went wrong <badly>"
    assert live.canvas.state["done"]
    assert "this went wrong &lt;badly&gt;" in live.html
    assert not words.named(live.canvas.moving, "line")
    move(live, "kind", 1, "index")
    assert settle(live)["error"] == ""
    assert words.named(live.canvas.moving, "line")


def test_error_in_describe_is_shown_too():
    def describe(frame):
        return f"{1 / (frame[0] - 3)}"

    live = dummies.explorer(describe=describe).show()
    move(live, "depth", 3)
    assert settle(live)["error"].startswith("ZeroDivisionError: ")


def test_dropdown_without_a_choice_is_one_sentence_and_the_explorer_lives_on(live):
    move(live, "kind", None, "index")
    state = settle(live)
    assert state["error"] == (
        "ValueError: kind wants one of 'tanh', 'he' (He normal), 'boom', got None"
    )
    assert state["settings"]["kind"] == "tanh"  # what the picture still shows
    move(live, "kind", 1, "index")
    state = settle(live)
    assert (state["error"], state["settings"]["kind"]) == ("", "he")


def test_slider_without_a_number_is_one_sentence_and_the_explorer_lives_on(live):
    move(live, "noise", float("nan"))
    assert settle(live)["error"] == (
        "ValueError: noise wants a number from 0 to 1, got nan"
    )
    move(live, "noise", 0.3)
    state = settle(live)
    assert (state["error"], state["settings"]["noise"]) == ("", 0.3)


@pytest.mark.parametrize(
    ("name", "sent", "key"),
    [
        ("kind", 99, "index"),
        ("kind", "he", "index"),
        ("lr", -1000, "index"),
        ("lr", None, "index"),
        ("depth", "deep", "value"),
        ("depth", None, "value"),
        ("depth", 1e300, "value"),
        ("noise", [], "value"),
        ("skip", {}, "value"),
        ("skip", "yes", "value"),
    ],
)
def test_nonsense_of_a_front_end_leaves_an_explorer_that_lives(live, name, sent, key):
    with contextlib.suppress(Exception):  # what the library refuses, it logs
        move(live, name, sent, key)
    settle(live)
    move(live, "kind", 1, "index")
    state = settle(live)
    assert (state["error"], state["settings"]["kind"]) == ("", "he")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300])
def test_divergence_does_not_break_the_drawing(value):
    def compute(depth, noise, lr, kind, skip):
        yield depth, 1, np.full(50, value if depth == 3 else 0.5)

    live = dummies.explorer(compute=compute).show()
    move(live, "depth", 3)
    assert settle(live)["error"] == ""
    assert live.canvas.state["settings"]["depth"] == 3
    words.operations(live.canvas.moving)
    move(live, "depth", 4)
    assert settle(live)["error"] == ""
    assert words.named(live.canvas.moving, "line")


@pytest.fixture
def early(monkeypatch):
    """Paint the first frame of a run however soon it comes."""
    monkeypatch.setattr(rhythm, "FIRST_S", 0)


def test_stream_says_when_it_is_done(live, early):
    seen = history(live)
    move(live, "depth", 5)
    settle(live)
    assert [state["done"] for state in seen] == [False, True]


def test_frame_on_the_way_is_carried_out_before_the_run_goes_on(
    live, early, monkeypatch
):
    waits = []
    monkeypatch.setattr(widget, "time", SimpleNamespace(sleep=waits.append))
    move(live, "depth", 5)
    settle(live)
    assert waits == [widget.CARRY_S]


def test_state_and_lists_travel_in_one_message(live, early, monkeypatch):
    sent = []
    monkeypatch.setattr(live.canvas, "_send", lambda msg, buffers: sent.append(msg))
    move(live, "depth", 5)
    settle(live)
    keys = [{*msg["state"], *(path[0] for path in msg["buffer_paths"])} for msg in sent]
    assert keys == [{"state", "moving"}] * 2  # the first frame and the last


def test_still_is_not_sent_again_while_only_data_moves(live):
    seen = []
    live.canvas.observe(lambda change: seen.append(change["name"]), names="still")
    move(live, "depth", 5)
    settle(live)
    assert seen == []


def test_declaring_and_showing_start_no_thread():
    before = threading.enumerate()
    live = dummies.explorer().show()
    live._repr_mimebundle_()
    assert dummies.threads_since(before) == []


def test_two_views_of_one_explorer_are_apart():
    one, two = EXPLORER.show(), EXPLORER.show()
    move(one, "depth", 8)
    settle(one)
    assert one.canvas.state["settings"]["depth"] == 8
    assert two.canvas.state["settings"]["depth"] == 2


def test_close_drops_the_work(live):
    live.close()
    assert live.worker.wait(PATIENCE)
    assert live.comm is None


def test_control_that_moves_after_close_starts_nothing(live):
    before, seen = threading.enumerate(), history(live)
    live.close()
    live.inputs["depth"].value = 7
    live._moved({})  # a callback that was under way on another thread
    assert live.worker.wait(PATIENCE)
    assert (dummies.threads_since(before), seen) == ([], [])


def test_work_in_hand_at_close_is_dropped(caplog):
    started, gate = threading.Event(), threading.Event()

    def compute(depth, noise, lr, kind, skip):
        if depth == 3:
            started.set()
            assert gate.wait(PATIENCE)
        yield depth, 1, np.zeros(50)

    live = dummies.explorer(compute=compute).show()
    seen = history(live)
    move(live, "depth", 3)
    assert started.wait(PATIENCE)
    live.close()
    gate.set()
    assert live.worker.wait(PATIENCE)
    assert (seen, caplog.text) == ([], "")


def test_close_leaves_no_widget_behind():
    gc.collect()
    before = set(widgets)
    live = EXPLORER.show(only=("depth",))
    assert len(set(widgets) - before) > len(live.inputs)
    live.close()
    assert set(widgets) - before == set()


def test_front_end_gets_controls_and_canvas(live):
    rows, canvas = live.children
    assert canvas is live.canvas
    assert rows.children == tuple(live.inputs.values())
    assert isinstance(live, ipywidgets.VBox)
    assert (canvas.explorer, canvas.title) == ("dummy", 'A "dummy"')
    assert (canvas.screen["width"], canvas.screen["height"]) == (600, 300)
    assert canvas.screen["cuts"][0::2] == [0, 600]


def test_canvas_knows_every_stop_in_words(live):
    controls = {c["name"]: c for c in live.canvas.controls}
    assert list(controls) == list(dummies.CONTROLS)
    assert controls["kind"] == {
        "name": "kind", "label": "kind",
        "stops": ["tanh", "he", "boom"], "texts": ["tanh", "He normal", "boom"],
        "codes": ["'tanh'", "'he'", "'boom'"], "start": 0,
    }  # fmt: skip
    assert controls["skip"]["texts"] == ["off", "on"]
    assert controls["lr"]["texts"][:3] == ["0.001", "0.0015", "0.002"]
    assert json.loads(json.dumps(live.canvas.controls)) == live.canvas.controls


class Tags(HTMLParser):
    """Collect every element with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_bundle_has_three_faces(live):
    assert set(live._repr_mimebundle_()) == {
        "text/plain", "text/html", "application/vnd.jupyter.widget-view+json",
    }  # fmt: skip


def test_repr_is_stable(live):
    assert repr(live) == '<explorer dummy: A "dummy">'
    assert live._repr_mimebundle_()["text/plain"] == repr(live)


def test_html_is_the_same_at_every_run():
    assert EXPLORER.show().html == EXPLORER.show().html


def test_html_is_inert(live):
    tags = Tags(live.html).found
    assert {tag for tag, _ in tags} == FACE
    for _, attributes in tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert "javascript:" not in str(attributes)


def test_html_tells_what_the_page_needs_to_know(live):
    tags = dict(Tags(live.html).found)
    figure = tags["figure"]
    assert figure["class"] == "nb-explorer"
    assert figure["data-explorer"] == "dummy"
    assert json.loads(figure["data-settings"]) == live.explorer.settings()
    assert tags["img"]["alt"] == 'A "dummy". Depth 2 & step 3.'
    assert tags["img"]["src"].startswith("data:image/png;base64,")


def test_html_escapes_what_the_author_wrote():
    explorer = dummies.explorer(
        title="<b onclick='x()'>", describe=lambda frame: '<script>x()</script> & "q"'
    )
    html = explorer.show().html
    assert {tag for tag, _ in Tags(html).found} == FACE
    assert not re.search(r"<script|<b ", html)
    assert "&lt;script&gt;x()&lt;/script&gt; &amp; &quot;q&quot;" in html

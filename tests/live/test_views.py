"""Small views of an explorer without a front end: some controls, named settings."""

import itertools

import pytest
from live import dummies

from nb_lib.live import Choice, Explorer, LogSlider, Slider, Toggle

PATIENCE = 30
CONTROLS = {
    "depth": Slider("depth", low=1, high=90, start=2, recorded=(1, 2, 90)),
    "noise": Slider("noise", low=0.0, high=1, start=0.1, step=0.1, recorded=(0, 0.1)),
    "lr": LogSlider("learning rate", low=1e-3, high=3, start=0.1, recorded=(0.1, 3)),
    "kind": Choice("kind", ["tanh", ("He normal", "he")], start="tanh"),
    "skip": Toggle("skip"),
}
PRESETS = {"deep": {"depth": 90}, "fast and He": {"lr": 3, "kind": "he"}}
STARTS = {"depth": 2, "noise": 0.1, "lr": 0.1, "kind": "tanh", "skip": False}

pytestmark = pytest.mark.usefixtures("blank_stills")


class Counted:
    """A compute that counts how often it is asked, and for what."""

    def __init__(self):
        self.asked = []

    def __call__(self, depth, noise, lr, kind, skip):
        self.asked.append(dict(depth=depth, noise=noise, lr=lr, kind=kind, skip=skip))
        yield from dummies.compute(depth, noise, lr, kind, skip)


@pytest.fixture
def explorer():
    return Explorer(
        id="dummy", title="Dummy", controls=CONTROLS, compute=Counted(),
        picture=dummies.picture, describe=dummies.describe, size=(6, 3),
        presets=PRESETS,
    )  # fmt: skip


def press(live, want, **content):
    """Send what a button of the page sends, and wait for the picture."""
    live.canvas._handle_custom_msg({"want": want, **content}, [])
    assert live.worker.wait(PATIENCE)
    return live.canvas.state["settings"]


def test_view_shows_its_controls_and_keeps_the_others(explorer):
    live = explorer.show(only=("lr", "depth"), depth=16, kind="he")
    assert live.children[0].children == (live.inputs["depth"], live.inputs["lr"])
    live.inputs["lr"].value = 3.0
    assert live.worker.wait(PATIENCE)
    assert live.canvas.state["settings"] == {
        **STARTS, "depth": 16, "kind": "he", "lr": 3.0,
    }  # fmt: skip


@pytest.mark.parametrize("only", [("depth", "skip"), ("noise", "lr", "kind")])
def test_view_draws_at_every_corner_of_its_controls(explorer, only):
    live = explorer.show(only=only, depth=16, lr=0.5)
    fixed = {**STARTS, "depth": 16, "lr": 0.5}
    ends = ({CONTROLS[name].stops[i] for i in (0, -1)} for name in only)
    for corner in itertools.product(*ends):
        for name, value in zip(only, corner, strict=True):
            live.inputs[name].value = value
        assert live.worker.wait(PATIENCE)
        state = live.canvas.state
        assert state["error"] == ""
        assert state["settings"] == {**fixed, **dict(zip(only, corner, strict=True))}


def test_preset_sets_all_controls_and_asks_once(explorer):
    live = explorer.show(depth=7, noise=0.4, skip=True)
    live.inputs["noise"].value = 0.8
    assert live.worker.wait(PATIENCE)
    explorer.compute.asked.clear()
    wanted = {**STARTS, "depth": 7, "noise": 0.4, "skip": True, "lr": 3.0, "kind": "he"}
    assert press(live, "preset", label="fast and He") == wanted
    assert explorer.compute.asked == [wanted]
    assert {name: box.value for name, box in live.inputs.items()} == wanted


def test_preset_reaches_controls_that_the_view_hides(explorer):
    live = explorer.show(only=("noise",), presets=("deep",), skip=True)
    live.inputs["noise"].value = 0.8
    assert press(live, "preset", label="deep") == {**STARTS, "depth": 90, "skip": True}
    live.inputs["noise"].value = 0.3
    assert live.worker.wait(PATIENCE)
    assert live.canvas.state["settings"]["depth"] == 90  # until reset


def test_reset_returns_to_the_starts_of_the_view(explorer):
    live = explorer.show(only=("noise",), presets=("deep",), noise=0.5, depth=16)
    press(live, "preset", label="deep")
    live.inputs["noise"].value = 0.8
    assert press(live, "reset") == {**STARTS, "noise": 0.5, "depth": 16}


def test_button_that_changes_nothing_asks_nothing(explorer):
    live = explorer.show()
    explorer.compute.asked.clear()
    assert press(live, "reset") == STARTS
    assert explorer.compute.asked == []


@pytest.mark.parametrize(
    "content",
    [
        {"label": "deep"},
        {"want": "preset", "label": "no such"},
        {"want": "preset", "label": ["deep"]},
        {"want": "preset"},
        "reset",
        None,
    ],
)
def test_nonsense_changes_nothing(explorer, content):
    live = explorer.show(only=("depth",), presets="deep")
    live._receive(live.canvas, content, [])
    assert live.worker.wait(PATIENCE)
    assert live.canvas.state["settings"] == STARTS


def test_preset_off_a_stop_is_the_one_that_the_slider_shows(explorer):
    live = explorer.show(presets="deep", noise=0.12)
    assert live.canvas.view["presets"]["deep"]["noise"] == 0.1

"""Views: which controls and which named settings one place of a text shows."""

import pytest
from live import dummies

from nb_lib.live.declare.view import view_of

PRESETS = {"deep": {"depth": 90}, "rough": {"noise": 1.0, "skip": True}}


@pytest.fixture(scope="module")
def explorer():
    return dummies.explorer(presets=PRESETS)


def test_a_whole_view_has_all_controls_and_all_presets(explorer):
    view = view_of(explorer, None, None, {})
    assert view.only == tuple(dummies.CONTROLS)
    assert list(view.presets) == ["deep", "rough"]


def test_a_small_view_keeps_the_order_of_the_declaration(explorer):
    view = view_of(explorer, ("lr", "depth"), None, {"noise": 0.5})
    assert (view.only, view.presets) == (("depth", "lr"), {})
    assert view.settings == explorer.settings(noise=0.5)


def test_a_preset_starts_from_the_starts_of_its_view(explorer):
    view = view_of(explorer, "lr", "deep", {"noise": 0.5})
    assert view.presets == {"deep": explorer.settings(noise=0.5, depth=90)}


@pytest.mark.parametrize(
    ("only", "presets", "told"),
    [
        (("lr", "speed"), None, "no control 'speed'; it has .'depth', 'noise'"),
        (None, ("flat",), "no preset 'flat'; it has .'deep', 'rough'"),
    ],
)
def test_what_an_explorer_lacks_is_refused(explorer, only, presets, told):
    with pytest.raises(ValueError, match=told):
        explorer.show(only=only, presets=presets)


def test_presets_and_products_are_recorded(explorer):
    crossed = ({"kind": ("he",), "skip": (False, True)},)
    grid = dummies.explorer(presets=PRESETS, also=crossed).grid()
    for changes in (*PRESETS.values(), {"kind": "he", "skip": True}):
        assert explorer.settings(**changes) in grid


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"presets": {"odd": {"depth": 3}}}, "preset 'odd' sets depth to 3, but"),
        ({"also": ({"noise": (0.3,)},)}, "also sets noise to 0.3, but"),
        ({"presets": {"odd": {"speed": 3}}}, "no setting 'speed'"),
    ],
)
def test_what_no_recording_can_hold_is_refused(more, told):
    with pytest.raises(ValueError, match=told):
        dummies.explorer(**more)


def test_markup_carries_the_view(explorer):
    view = explorer.show(only=("lr",), presets=("deep",), noise=0.5)
    try:
        assert 'data-only="lr"' in view.html
        assert "data-presets='" in view.html or "&quot;deep&quot;" in view.html
        shown = [box.description for box in view.children[0].children]
        assert shown == ["learning rate"]
    finally:
        view.close()

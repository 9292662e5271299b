"""The buttons of a live view in a browser, without Jupyter."""

import base64
import json

import pytest
from live import dummies, front

from nb_lib.live import Explorer, Slider

pytestmark = pytest.mark.browser
PAINTED = "n => Number(document.querySelector('canvas').dataset.frame) > n"
IMPORT = "from nb_lib.explore import dummy\n"
MOVE = """text => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  model.set('moving', new DataView(bytes.buffer));
}"""
SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
PRESETS = {"eighty-nine": {"depth": 90}, "fast and He": {"lr": 3, "kind": "he"}}
EXPLORER = Explorer(
    id="dummy", title="Dummy", controls=dummies.CONTROLS, compute=dummies.compute,
    picture=dummies.picture, describe=dummies.describe, size=(6, 3), presets=PRESETS,
)  # fmt: skip


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def show(page):
    """Return a function that shows a view on the page."""

    def show(**view):
        live = EXPLORER.show(**view)
        front.show(page, live.canvas)
        page.wait_for_function(PAINTED, arg=0)
        return live

    return show


def go(page, live, **settings):
    """Let the kernel say that the picture shows these settings now."""
    state = {**live.canvas.state, "settings": {**live.start, **settings}}
    page.evaluate("state => model.set('state', state)", state)


def pressed(page):
    """Return the words of the presets that look pressed."""
    return page.locator(".nb-preset[aria-pressed=true]").all_inner_texts()


def test_only_pictures_with_axes_offer_to_pin_curves(page, show):
    show()
    pin = page.get_by_role("button", name="Pin these curves")
    assert pin.is_visible()
    boxes = Explorer(
        id="boxes", title="Boxes", controls={}, compute=lambda: 1, picture=words_only,
        describe=str, size=(3, 3),
    )  # fmt: skip
    front.show(page, boxes.show().canvas)
    page.locator("[data-explorer=boxes]").wait_for()
    assert pin.count() == 0


def test_a_picture_without_a_curve_offers_no_pin_until_it_has_one(page):
    bare = Explorer(
        id="bare", title="Bare", controls={"n": Slider("n", low=1, high=3, start=1)},
        compute=lambda n: n, picture=dots, describe=str, size=(3, 3),
    )  # fmt: skip
    live = bare.show()
    front.show(page, live.canvas)
    page.wait_for_function(PAINTED, arg=0)
    pin = page.get_by_role("button", name="Pin these curves")
    assert pin.count() == 0  # a dot alone
    moving = base64.b64encode(bare.painter().paint(3)).decode()
    page.evaluate(MOVE, moving)
    go(page, live, n=3)
    assert pin.is_visible()


def dots(figure):
    """The first few dots of a curve, which needs two of them."""
    ax = figure.subplots()
    ax.set(xlim=(0, 4), ylim=(0, 4))
    (line,) = ax.plot([], [], "o-")
    return lambda n: line.set_data(range(1, n + 1), range(1, n + 1))


def test_reset_lets_pinned_curves_go(page, show):
    show()
    page.get_by_role("button", name="Pin these curves").click()
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".nb-pin").inner_text() == "Pin these curves"
    assert page.locator(".nb-pin-label").inner_text() == ""


def words_only(figure):
    """Words where no axes are: as the tape of section 9.15 has them."""
    ax = figure.subplots()
    ax.axis("off")
    word = ax.text(0, 0, "")
    return lambda frame: word.set_text(str(frame))


def test_preset_asks_the_kernel_by_name_and_by_keyboard(page, show):
    show()
    page.get_by_role("button", name="fast and He").press("Enter")
    page.get_by_role("button", name="Reset").press("Space")
    sent = [{k: s[k] for k in s if k != "buffers"} for s in page.evaluate("sent")]
    assert sent == [{"want": "preset", "label": "fast and He"}, {"want": "reset"}]


def test_preset_that_the_picture_shows_is_marked(page, show):
    live = show()
    assert pressed(page) == []
    go(page, live, lr=3, kind="he")
    assert pressed(page) == ["fast and He"]
    go(page, live, lr=3, kind="he", skip=True)
    assert pressed(page) == []


def test_view_without_presets_has_no_row_of_buttons(page, show):
    show(only=("lr",))
    assert page.get_by_role("group", name="named settings").count() == 0


@pytest.mark.parametrize(
    ("view", "settings", "code"),
    [
        ({}, {}, "dummy.show()"),
        ({}, {"noise": 0.30000000000000004 - 5e-17, "skip": True, "kind": "he"},
         "dummy.show(noise=0.3, kind='he', skip=True)"),
        ({"only": "lr", "depth": 16}, {"lr": 3},
         'dummy.show(only=("lr",), depth=16, lr=3.0)'),
        ({"only": ("lr", "depth")}, {}, 'dummy.show(only=("depth", "lr"))'),
    ],
)  # fmt: skip
def test_code_shows_what_the_picture_shows(page, show, view, settings, code):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.route("http://127.0.0.1/", lambda route: route.fulfill(body="<html>"))
    page.goto("http://127.0.0.1/")
    live = show(**view)
    go(page, live, **settings)
    page.get_by_role("button", name="Copy as code").press("Enter")
    page.get_by_role("status").get_by_text(f"copied: {code}", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{IMPORT}{code}"
    again = eval(code, {"dummy": EXPLORER}).canvas
    assert again.state["settings"] == {**live.start, **settings}
    assert again.view["only"] == live.canvas.view["only"]


def test_without_a_clipboard_the_code_is_there_and_selected(page, show):
    show(depth=16)
    page.evaluate("navigator.clipboard && (navigator.clipboard.writeText = undefined)")
    page.get_by_role("button", name="Copy as code").press("Enter")
    field = page.get_by_label("the code of this view")
    field.wait_for()
    assert field.input_value() == f"{IMPORT}dummy.show(depth=16)"
    assert field.evaluate(SELECTED) == field.input_value()
    assert "press Ctrl+C" in page.locator(".nb-copied").inner_text()


def test_labels_and_codes_travel_as_json():
    canvas = EXPLORER.show().canvas
    assert json.loads(json.dumps(canvas.view)) == canvas.view

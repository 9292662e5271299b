"""Points that are dragged on a page, whose program computes what they change."""

import shutil
from pathlib import Path

import pytest

import nb_lib.live
from nb_lib.explore import xor
from nb_lib.live.page.program import program
from nb_lib.live.page.recorder import record
from nb_lib.live.page.script import PAINTERS, player, program_script, runtime_script
from nb_lib.live.runtime import runtime

pytestmark = pytest.mark.browser

PAINT = Path(nb_lib.live.__file__).parent / "paint"
CSS = Path(__file__).parents[2] / "site/static/player.css"
AIM = {"w1": 0, "w2": 0, "b": 0, "target": "XOR"}
PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Write a page with 9.2's explorer, its program and a recording of few states."""
    folder = tmp_path_factory.mktemp("grabbing")
    for name in PAINTERS:
        shutil.copy(PAINT / f"{name}.js", folder)
    (folder / "player.js").write_text(player())
    (folder / "runtime.js").write_text(runtime_script(runtime()))
    (folder / "programs").mkdir()
    (folder / "programs/xor.js").write_text(program_script(xor, program(xor)))
    states = [xor.settings(), xor.settings(**AIM)]
    record(xor, folder / "recordings", cache=folder / "cache", jobs=1, states=states)
    names = (*PAINTERS, "player")
    scripts = "".join(f'<script src="{name}.js" defer></script>' for name in names)
    face = xor.show(only=("target", "moved"), presets="aim at XOR", **AIM).html
    alive, far = 'data-program="once" ', '<div style="height: 2000px"></div>'
    for kind, mark, space in (
        ("computes", alive, ""), ("replays", "", ""), ("far", alive, far),
    ):  # fmt: skip
        html = space + face.replace("<figure ", f"<figure {mark}", 1) + space
        (folder / f"{kind}.html").write_text(
            f"<!doctype html><html lang=en><meta charset=utf-8><title>Page</title>"
            f"<style>{CSS.read_text()}</style><body>{scripts}{html}"
        )
    return folder


@pytest.fixture
def opened(visits, book):
    """Return a function that opens one of the two pages and gives its explorer."""
    with visits() as start:
        yield (
            lambda *path, **size: (
                start(book.as_uri(), **size).open(*path).explorer("xor")
            )
        )


def said(here, words):
    """Wait until the sentence holds these words; return it whole."""
    sentence = here.figure.locator(".nb-sentence")
    sentence.get_by_text(words).wait_for(timeout=PATIENCE)
    return sentence.inner_text()


def grip(here):
    """Wait until the page has computed where the points are; return their handle."""
    ring = here.figure.locator(".nb-grip")
    ring.wait_for(timeout=PATIENCE)
    return ring


def test_a_dragged_corner_is_computed_and_travels_in_the_address(opened):
    here = opened("computes.html")
    ring = grip(here)
    ring.press("End")
    for _ in range(6):
        ring.press("ArrowLeft")
        ring.press("ArrowDown")
    moved = [(3, 0.25, 0.25)]
    wanted = xor.describe(xor.run(**AIM, moved=moved))
    assert said(here, wanted) == wanted
    page = here.figure.page
    assert "moved=%5B%5B3%2C0.25%2C0.25%5D%5D" in page.url
    linked = opened("computes.html", page.url[page.url.index("#") :])
    assert said(linked, wanted) == wanted
    here.figure.get_by_role("button", name="Reset").click()
    assert "moved" not in said(here, "goes round for ever")
    assert ring.get_attribute("aria-label") == "corner 11, at 1.000, 1.000"


def test_a_mouse_drags_a_corner_across_the_diagonal(opened):
    here = opened("computes.html")
    ring = grip(here)
    ring.press("End")
    box = ring.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = here.figure.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 100, y + 100, steps=8)
    mouse.up()
    assert said(here, "the rule stops").endswith("1 of the 4 corners is moved.")


def test_a_link_shows_the_controls_of_what_is_taller_than_the_screen(opened):
    here = opened("far.html", "#xor?target=AND", height=100)
    grip(here)
    assert 0 <= here.figure.locator("select").bounding_box()["y"] < 100


def test_where_only_a_recording_plays_nothing_is_offered_to_grab(opened):
    here = opened("replays.html")
    assert "goes round for ever" in said(here, "goes round for ever")
    assert here.figure.locator(".nb-grip").is_hidden()
    assert here.figure.locator(".nb-grips").is_hidden()

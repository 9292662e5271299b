"""The canvas on its page: theme, room, sharpness, and the contract of its dataset."""

import base64
import json

import numpy as np
import pytest
from live.conftest import QUIET

from nb_lib.draw import digits, style
from nb_lib.live.paint.painter import Painter

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 600, 300


def picture(figure):
    """Two panels: a blue field and an orange one."""
    for ax, colour in zip(figure.subplots(1, 2), style.SERIES, strict=False):
        ax.fill([0, 1, 1, 0], [0, 0, 1, 1], color=colour)
        ax.set(xlim=(0, 1), ylim=(0, 1))


@pytest.fixture(scope="module")
def painter():
    return Painter(picture, (WIDTH / 100, HEIGHT / 100))


def rgb(colour):
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def data(here):
    return here.page.evaluate("({...document.querySelector('canvas').dataset})")


def box(here):
    size = "(r => [r.width, r.height])(document.querySelector('canvas')"
    return here.page.evaluate(f"{size}.getBoundingClientRect())")


def count(here, colour):
    return int((here.pixels() == rgb(colour)).all(axis=2).sum())


def test_frame_counts_and_settings_are_those_painted(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None), settings={"depth": 4, "lr": 0.1})
    assert here.frame() >= 1
    assert json.loads(data(here)["settings"]) == {"depth": 4, "lr": 0.1}


def test_burst_within_one_display_frame_paints_the_first_and_the_newest(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None))
    before = here.frame()
    at_once = here.page.evaluate(
        """() => {
          for (let n = 0; n < 40; n++) screen_.set(null, screen_.moving, {n});
          return {...document.querySelector("canvas").dataset};
        }"""
    )
    assert at_once == {"frame": str(before + 1), "settings": '{"n":0}'}
    here.painted(before + 2)
    here.page.evaluate(QUIET)
    assert data(here) == {"frame": str(before + 2), "settings": '{"n":39}'}


def test_light_page_has_the_colours_of_paper(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None))
    assert here.pixels()[0, 0].tolist() == rgb(style.PAPER)
    assert count(here, style.BLUE) > 10_000
    assert count(here, style.DARK[style.BLUE]) == 0


def test_dark_page_has_the_colours_of_the_dark_table(stage, painter):
    here = stage(paper="#111")
    here.show(painter, painter.paint(None))
    assert here.pixels()[0, 0].tolist() == rgb(style.DARK[style.PAPER])
    assert count(here, style.DARK[style.BLUE]) > 10_000
    assert count(here, style.BLUE) == 0


def squares(figure):
    """An image on white paper of its own, and one that the page shines through."""
    for ax, cmap in zip(
        figure.subplots(1, 2), (digits.PAPER_TO_INK, style.BOUNDARY), strict=True
    ):
        ax.imshow([[0, 1]], cmap=cmap, interpolation="nearest", aspect="auto")
        ax.set_axis_off()
    return lambda frame: None


def test_on_a_dark_page_an_image_s_own_paper_and_ink_change_places(stage):
    light, dark = stage(), stage(paper="#111")
    for here in (light, dark):
        painter = Painter(squares, (WIDTH / 100, HEIGHT / 100))
        here.show(painter, painter.paint(None))
    assert count(light, style.PAPER) > 20_000 < count(light, style.INK)
    assert count(dark, style.PAPER) == count(dark, style.INK) == 0
    image = dark.pixels()[:, : WIDTH // 2].reshape(-1, 3)
    assert (image.min(axis=1) > 200).sum() > 20_000  # the ink, now bright


def test_change_of_theme_repaints(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None))
    before = here.frame()
    here.page.evaluate("document.documentElement.style.background = '#111'")
    here.painted(before + 1)
    assert here.pixels()[0, 0].tolist() == rgb(style.DARK[style.PAPER])


@pytest.mark.parametrize("scale", [1, 2])
def test_canvas_has_the_resolution_of_the_screen(stage, painter, scale):
    here = stage(scale=scale)
    here.show(painter, painter.paint(None))
    assert here.pixels().shape == (scale * HEIGHT, scale * WIDTH, 3)
    assert box(here) == [WIDTH, HEIGHT]


def test_narrow_page_stacks_the_panels(stage, painter):
    here = stage(room=300)
    here.show(painter, painter.paint(None))
    width, height = box(here)
    assert width == pytest.approx(300, abs=1)
    assert height == pytest.approx(2 * HEIGHT * 300 / (WIDTH / 2), rel=0.1)
    rows = {
        colour: np.flatnonzero((here.pixels() == rgb(colour)).all(axis=2).any(axis=1))
        for colour in (style.BLUE, style.ORANGE)
    }
    assert rows[style.BLUE].max() < rows[style.ORANGE].min()


def test_narrow_panel_above_a_wide_one_can_be_read(stage, painter):
    here = stage(room=300)
    here.show(painter, painter.paint(None))
    here.page.evaluate("screen_.cuts = [0, 200, 600]; screen_.paint()")
    assert box(here) == pytest.approx([300, 1.6 * HEIGHT], abs=1)
    there = here.page.evaluate("screen_.toPage(300, 100, 300)")
    assert there == pytest.approx([0.75 * (300 - 200), 0.85 * HEIGHT + 75])
    back = here.page.evaluate("place => screen_.fromPage(...place, 300)", there)
    assert back == pytest.approx([300, 100])


@pytest.mark.parametrize(("tall", "zoom"), [(0.8, 0.8), (0.1, 0.7), (9, 1)])
def test_panels_are_no_higher_than_the_page_allows(stage, painter, tall, zoom):
    here = stage()
    here.show(painter, painter.paint(None))
    here.page.evaluate(
        "tall => { screen_.canvas.parentElement.style.setProperty('--nb-tall', tall);"
        " screen_.paint(); }",
        f"{tall * HEIGHT}px",
    )
    assert box(here) == pytest.approx([zoom * WIDTH, zoom * HEIGHT], abs=1)


@pytest.mark.parametrize(
    ("most", "rows"),
    [
        (900, [[0, 900]]),
        (600, [[0, 500], [500, 900]]),  # not 600 and 300
        (450, [[0, 300], [300, 600], [600, 900]]),
        (10, [[0, 300], [300, 500], [500, 600], [600, 900]]),
    ],
)
def test_panels_are_folded_into_few_even_rows(stage, most, rows):
    cuts = [0, 300, 500, 600, 900]
    got = stage().page.evaluate("([cuts, most]) => nbRows(cuts, most)", [cuts, most])
    assert got == rows


def test_first_row_of_almost_even_ones_is_the_fuller(stage):
    thirds = [0, 307, 614, 920]  # 307 and 613 would be more even, by a pixel
    got = stage().page.evaluate("cuts => nbRows(cuts, 660)", thirds)
    assert got == [[0, 614], [614, 920]]


def test_page_that_narrows_reflows_by_itself(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None))
    assert box(here) == [WIDTH, HEIGHT]
    before = here.frame()
    here.page.evaluate("document.querySelector('#room').style.width = '290px'")
    here.painted(before + 1)
    assert box(here)[0] == pytest.approx(290, abs=1)
    assert box(here)[1] > HEIGHT


def test_wide_page_enlarges_a_little_and_no_more(stage, painter):
    here = stage(room=1200)
    here.show(painter, painter.paint(None))
    assert box(here) == pytest.approx([1.15 * WIDTH, 1.15 * HEIGHT], abs=1)


@pytest.mark.parametrize("kind", ["buffer", "view", "aligned", "unaligned"])
def test_words_are_read_from_whatever_a_front_end_hands_over(stage, kind):
    words = np.array([1, -2, 32767, -32768], "<i2")
    made = {
        "buffer": "bytes.buffer",
        "view": "new DataView(bytes.buffer)",
        "aligned": "bytes",
        "unaligned": "(() => { const b = new Uint8Array(9); b.set(bytes, 1);"
        "return new DataView(b.buffer, 1); })()",
    }[kind]
    text = base64.b64encode(words.tobytes()).decode()
    got = stage().page.evaluate(
        f"""() => {{
          const bytes = Uint8Array.from(atob("{text}"), (c) => c.charCodeAt(0));
          return Array.from(nbWords({made}));
        }}"""
    )
    assert got == words.tolist()


def test_closed_screen_watches_no_more(stage, painter):
    here = stage()
    here.show(painter, painter.paint(None))
    before = here.frame()
    here.page.evaluate("screen_.close()")
    here.page.evaluate("document.querySelector('#room').style.width = '290px'")
    here.page.evaluate(QUIET)
    assert here.frame() == before

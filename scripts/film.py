"""Draw docs/film.png: the flagship trains on a phone, six frames side by side.

It drives the book that was built, in headless Chromium: ``make book``, then
``python scripts/film.py``. The page must compute the flagship.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from nb_lib.data.atomic import write_whole

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import chromium  # noqa: E402

PAGE = "notebooks/09_08_sixty_lines.html"
PHONE = {"width": 390, "height": 844}
SHARES = (0, 0.06, 0.2, 0.3, 0.4, 1)  # of the steps of the run
GAP, COLOURS, MOST_BYTES = 12, 96, 200_000
BELOW_HEADER = "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 64)"
SEEK = """([figure, share]) => {
  const range = figure.querySelector(".nb-scrub");
  range.value = Math.round(share * range.max);
  range.dispatchEvent(new Event("input"));
}"""


def shots(site):
    """Let the flagship train on its page; return a picture of each of six steps."""
    with chromium() as browser:
        options = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
        page = browser.new_page(color_scheme="light", **options)
        page.goto((site / PAGE).as_uri())
        figure = page.locator('.nb-explorer[data-program="stream"]').first
        figure.scroll_into_view_if_needed()
        figure.locator("canvas").wait_for()
        figure.get_by_label("speed").select_option("medium")
        figure.get_by_role("button", name="Play").click()
        handle = figure.element_handle()
        page.wait_for_function("f => f.dataset.state === 'done'", arg=handle, timeout=0)
        stage = figure.locator(".nb-stage")
        for share in SHARES:
            page.evaluate(SEEK, [handle, share])
            stage.evaluate(BELOW_HEADER)
            page.wait_for_timeout(400)  # the last frame is said late
            print(figure.locator(".nb-sentence").inner_text())
            yield Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def strip(pictures):
    """Return the pictures side by side, in few colours."""
    width, height = pictures[0].size
    across = len(pictures) * (width + GAP) - GAP
    film = Image.new("RGB", (across, height), "white")
    for k, picture in enumerate(pictures):
        film.paste(picture, (k * (width + GAP), 0))
    return film.quantize(COLOURS, dither=Image.Dither.NONE)


def main(site=ROOT / "_build/html"):
    """Write the film; refuse one that is too heavy for a README."""
    target, film = ROOT / "docs/film.png", io.BytesIO()
    strip(list(shots(Path(site).resolve()))).save(film, "png", optimize=True)
    size = film.tell()
    print(f"{target.relative_to(ROOT)}: {size / 1e3:.0f} kB")
    if size > MOST_BYTES:
        sys.exit(f"a README takes {MOST_BYTES / 1e3:.0f} kB: use fewer colours")
    write_whole(target, film.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])

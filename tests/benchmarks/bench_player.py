"""How fast a page answers that computes: a key, a run that plays, a scroll.

The flagship of 9.8, a net of 4 x 32, in headless Chromium from a folder; its program is
the one that the book's build writes. Medians are printed. Wanted on two idle cores: the
first frame within 30 ms of a key, 45 painted frames a second while it trains, and a
frame of the page's own within 0.5 s of scrolling there.
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import computing
from browser import chromium

from nb_lib.explore import sixty_lines
from nb_lib.live.page.program import program
from nb_lib.live.runtime import runtime

KEYS, RUNS, SCROLLS = 15, 3, 5
TOOLS = """
  const figure = document.querySelector(".nb-explorer");
  const canvas = () => figure.querySelector("canvas");
  const next = () => new Promise(requestAnimationFrame);
  const until = async (isSo) => { while (!isSo()) await next(); };
  const rate = () => document.getElementById(`nb-${figure.dataset.explorer}-lr`);
  const move = () => {
    const field = rate();
    field.value = (Number(field.value) + 1) % (Number(field.max) + 1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const shown = () => JSON.parse(canvas().dataset.settings).lr;
  const rest = () => until(() => figure.dataset.state !== "asked");
"""
KEY = (
    "async () => {"
    + TOOLS
    + """
  await rest();
  const before = shown(), start = performance.now();
  const painted = new Promise((seen) => new MutationObserver((_, watcher) => {
    if (shown() === before) return;
    watcher.disconnect();
    seen(performance.now() - start);
  }).observe(canvas(), { attributes: true }));
  move();
  const ms = await painted;
  await rest();
  return ms;
}"""
)
RUN = (
    "async () => {"
    + TOOLS
    + """
  const [play, speed] = [".nb-play-button", ".nb-speed"]
    .map((kind) => figure.querySelector(kind));
  speed.selectedIndex = 1;
  const first = Number(canvas().dataset.frame), start = performance.now();
  play.click();
  await rest();
  const frames = Number(canvas().dataset.frame) - first;
  return 1000 * frames / (performance.now() - start);
}"""
)
SCROLL = (
    "async () => {"
    + TOOLS
    + """
  const start = performance.now();
  figure.scrollIntoView();
  await until(() => Number(canvas()?.dataset.frame) > 0);
  const recorded = performance.now() - start, before = shown();
  move();
  await until(() => shown() !== before);
  return [recorded, performance.now() - start];
}"""
)


def folder_with_page(folder):
    """Write a page with the flagship far below the first screen."""
    computing.scripts(folder, runtime())
    states = [sixty_lines.settings()]
    computing.explorer(folder, sixty_lines, program(sixty_lines), states)
    computing.page(folder, "page", [sixty_lines])
    page = folder / "page.html"
    page.write_text(
        page.read_text().replace("<figure", "<p style=height:9000px><figure")
    )
    return page.as_uri()


def main():
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        url = folder_with_page(Path(folder))
        times = []
        for _ in range(SCROLLS):
            page = browser.new_page()
            page.goto(url)
            times.append(page.evaluate(SCROLL))
        recorded, own = (statistics.median(each) for each in zip(*times, strict=True))
        keys = [page.evaluate(KEY) for _ in range(KEYS)]
        rates = [page.evaluate(RUN) for _ in range(RUNS)]
    print(f"after scrolling there: recorded {recorded:.0f} ms, computed {own:.0f} ms")
    print(f"first frame after a key: {statistics.median(keys):.0f} ms")
    print(f"while it trains: {statistics.median(rates):.0f} painted frames a second")


if __name__ == "__main__":
    main()

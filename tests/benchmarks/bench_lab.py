"""From a key on a slider to pixels, in a real JupyterLab driven in Chromium.

The flagship of 9.8 (4 hidden layers of 32, batch 128, 300 steps) retrains at each
key. Medians, in milliseconds: to its first new frame, and to its last; after a
burst of 40 keys; frames a second of a long run; and, by turns in the same page,
``interact`` with the inline backend, which does the same work.
Wanted: 30 and 80 ms, 100 ms after the burst, 20 frames a second.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # browser and lab_server

from browser import chromium, find_chromium
from lab_server import Notebook, jupyterlab, write_notebook

KEYS, BURST, BURSTS = 20, 40, 5
IMPORTS = """
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import SelectionSlider, interact
from nb_lib.sections.s09_08_sixty_lines.explorer import sixty_lines
"""
SHOW = "sixty_lines.show()"
LONG = "sixty_lines.show(width=64, depth=8, batch=300)"
INTERACT = """
def redraw(lr):
    figure = plt.figure(figsize=sixty_lines.size)
    sixty_lines.picture(figure)(sixty_lines.run(lr=lr))
    plt.show()

interact(redraw, lr=SelectionSlider(
    options=list(sixty_lines.controls["lr"].stops), value=0.1, description="again"))
"""
# Notes the time of each key, of each frame on the canvas and of each new image.
LISTEN = """([canvas]) => {
  window.seen_ = [];
  const note = (what, more) => seen_.push({ t: performance.now(), what, ...more });
  document.addEventListener("keydown", () => note("key"), true);
  new MutationObserver(() => note("frame", {
    settings: canvas.dataset.settings, last: !canvas.closest(".nb-busy"),
  })).observe(canvas, { attributeFilter: ["data-frame"] });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        for (const image of node.querySelectorAll?.("img") ?? []) {
          image.decode().then(() => note("image"));
        }
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
}"""
QUIET = """async (ms) => {  // until nothing has been seen for so long
  while (performance.now() - (seen_.at(-1)?.t ?? 0) < ms) {
    await new Promise((done) => setTimeout(done, 20));
  }
  return seen_.splice(0);
}"""


class Bench:
    """One notebook, and what is seen in it after a key."""

    def __init__(self, notebook, cell):
        notebook.run(cell)
        self.page, self.shown = notebook.page, notebook.explorer("sixty_lines")
        self.page.evaluate(LISTEN, [self.shown.canvas.element_handle()])
        self.page.evaluate(QUIET, 500)

    def press(self, label, *keys):
        """Press keys on one slider; return all that was seen until it was quiet."""
        slider = self.shown.control(label)
        slider.focus()
        for key in keys:
            self.page.keyboard.press(key)
        return self.page.evaluate(QUIET, 700)


def times(seen, what, *, after="key"):
    """Return the times of one kind of event since the last key, in milliseconds."""
    start = [event["t"] for event in seen if event["what"] == after][-1]
    return [event["t"] - start for event in seen if event["what"] == what
            and event["t"] > start]  # fmt: skip


def back_and_forth(n):
    """Return n keys that leave a slider where it was or one further."""
    return [("ArrowRight", "ArrowLeft")[i % 2] for i in range(n)]


def retrain(bench):
    """Return medians: to the first frame, to the last, and how many frames."""
    runs = [times(bench.press("learning rate", key), "frame")
            for key in back_and_forth(KEYS)]  # fmt: skip
    facts = zip(*((run[0], run[-1], len(run)) for run in runs), strict=True)
    return [statistics.median(values) for values in facts]


def burst(bench):
    """Return the median time from the last key to a frame with the last setting."""
    waits = []
    for i in range(BURSTS):
        one, other = ("ArrowLeft", "ArrowRight")[:: 1 if i % 2 else -1]
        keys = [one, other] * (BURST // 2 - 1) + [one, one]  # ends where it never was
        seen = bench.press("learning rate", *keys)
        frames = [event for event in seen if event["what"] == "frame"]
        last = frames[-1]["settings"]
        first = next(i for i, frame in enumerate(frames) if frame["settings"] == last)
        assert all(frame["settings"] == last for frame in frames[first:])
        end = [event["t"] for event in seen if event["what"] == "key"][-1]
        waits.append(max(0.0, frames[first]["t"] - end))
    return statistics.median(waits)


def frame_rate(bench):
    """Return the frames a second between the first and the last of a long run."""
    rates = []
    for key in back_and_forth(4):
        frames = times(bench.press("learning rate", key), "frame")
        rates.append((len(frames) - 1) / (frames[-1] - frames[0]) * 1000)
    return statistics.median(rates)


def interact(notebook, bench, cell):
    """Return the median time from a key to the image that ``interact`` shows."""
    notebook.run(cell)
    bench.page.evaluate(QUIET, 1500)
    row = bench.page.locator(".widget-inline-hbox").filter(
        has=bench.page.get_by_text("again", exact=True)
    )
    row.locator("[role=slider]").focus()
    waits = []
    for key in back_and_forth(KEYS):
        bench.page.keyboard.press(key)
        bench.page.wait_for_function("seen_.some(({what}) => what === 'image')")
        waits += times(bench.page.evaluate(QUIET, 700), "image")[:1]
    return statistics.median(waits)


def measure(notebook):
    """Print every figure."""
    notebook.run(0)
    bench = Bench(notebook, 1)
    first, last, n_frames = retrain(bench)
    print(f"key to the first new frame {first:.0f} ms, to the last {last:.0f} ms "
          f"({n_frames:.0f} frames)")  # fmt: skip
    print(f"last setting on screen {burst(bench):.0f} ms after {BURST} keys")
    old = interact(notebook, bench, 2)
    print(f"interact with the inline backend {old:.0f} ms, {old / last:.1f} times that")
    rate = frame_rate(Bench(notebook, 3))
    print(f"a long run streams {rate:.0f} frames a second")


def main():
    """Start a server and a browser of our own, measure, and take both down."""
    if find_chromium() is None:
        print("no Chromium at $CHROMIUM or on PATH: nothing measured")
        return
    with tempfile.TemporaryDirectory() as home, jupyterlab(home) as (url, root):
        write_notebook(root / "bench.ipynb", IMPORTS, SHOW, INTERACT, LONG)
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1400, "height": 1600})
            measure(Notebook(page, url, "bench.ipynb"))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"(load of the machine at the end: {load:.1f} on {os.cpu_count()} cores)")


if __name__ == "__main__":
    main()

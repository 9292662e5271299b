"""How fast a page answers that computes: a key, a run that plays, a scroll.

The flagship of 9.8, a net of 4 x 32, in headless Chromium from a folder; its program is
the one that the book's build writes. Medians are printed. Wanted on two idle cores: the
first frame within 30 ms of a key, 45 painted frames a second while it trains, and a
frame of the page's own within 0.5 s of scrolling there. Where the machine is busy, what
the threads of page and worker compute in between says more: of a key and a scroll they
do it in turn, of a run at the same time.
"""

import json
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
CATEGORIES = ["toplevel", "devtools.timeline", "blink.user_timing"]
THREADS = {"CrRendererMain": "page", "DedicatedWorker thread": "worker"}
TASK = "ThreadControllerImpl::RunTask"
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
  performance.mark("begins");
  const painted = new Promise((seen) => new MutationObserver((_, watcher) => {
    if (shown() === before) return;
    watcher.disconnect();
    performance.mark("ends");
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
  performance.mark("begins");
  play.click();
  await rest();
  performance.mark("ends");
  const frames = Number(canvas().dataset.frame) - first;
  return [frames, performance.now() - start];
}"""
)
SCROLL = (
    "async () => {"
    + TOOLS
    + """
  const start = performance.now();
  performance.mark("begins");
  figure.scrollIntoView();
  await until(() => Number(canvas()?.dataset.frame) > 0);
  const recorded = performance.now() - start, before = shown();
  move();
  await until(() => shown() !== before);
  performance.mark("ends");
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


def traced(page, question, file):
    """Return the page's answer, and what its threads computed for it, in ms."""
    browser = page.context.browser
    browser.start_tracing(page=page, path=file, categories=CATEGORIES)
    answer = page.evaluate(question)
    browser.stop_tracing()
    return answer, computed(json.loads(file.read_text())["traceEvents"])


def computed(events):
    """Return what page and worker computed between the two marks, in ms."""
    marks = {e["name"]: e["ts"] for e in events if e["name"] in ("begins", "ends")}
    names = {
        (e["pid"], e["tid"]): THREADS.get(e["args"]["name"])
        for e in events
        if e["name"] == "thread_name"
    }
    found = dict.fromkeys(THREADS.values(), 0.0)
    for event in events:
        name = names.get((event["pid"], event["tid"]))
        if name and event["name"] == TASK and "tdur" in event:
            start, end = event["ts"], event["ts"] + event["dur"]
            inside = min(end, marks["ends"]) - max(start, marks["begins"])
            if inside > 0:
                found[name] += event["tdur"] / 1e3 * inside / event["dur"]
    return found


def medians(rows):
    """Return the median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def measured(page, question, file, times):
    """Ask some times; return medians of the answer's numbers and of both threads."""
    rows = []
    for _ in range(times):
        answer, threads = traced(page, question, file)
        numbers = answer if isinstance(answer, list) else [answer]
        rows.append([*numbers, threads["page"], threads["worker"]])
    return medians(rows)


def main():
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        url, file = folder_with_page(Path(folder)), Path(folder) / "trace.json"
        times = []
        for _ in range(SCROLLS):
            page = browser.new_page()
            page.goto(url)
            times.append(measured(page, SCROLL, file, 1))
        page.evaluate(KEY)  # what is compiled then stays so
        recorded, own, here, there = medians(times)
        print(f"after scrolling there: recorded {recorded:.0f} ms, its own {own:.0f},")
        print(f"  of which the page computes {here:.0f} and the worker {there:.0f}")
        ms, here, there = measured(page, KEY, file, KEYS)
        print(f"first frame after a key: {ms:.0f} ms,")
        print(f"  of which the page computes {here:.0f} and the worker {there:.0f}")
        frames, ms, here, there = measured(page, RUN, file, RUNS)
        print(f"while it trains: {1000 * frames / ms:.0f} painted frames a second;")
        print(f"  a frame takes the page {here / frames:.1f} ms, ", end="")
        print(f"the worker at the same time {there / frames:.1f} ms")


if __name__ == "__main__":
    main()

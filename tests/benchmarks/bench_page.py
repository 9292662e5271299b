"""How fast a page computes, and how much it loads for that.

The flagship's net of 4 x 32 trains 300 steps with batches of 128, unpainted, in a
worker made from a Blob, in headless Chromium from a file, with WebAssembly's vectors
and with plain loops alone; by turns with it, on the same net, a scalar network of nodes
and links. Wanted on two idle cores: 0.25 s for the 300 steps, 5 s for those of 16 x 64,
at most 45 kB of runtime and 30 kB of program. Where the machine is busy, the seconds
that the worker's own thread computed say more.
"""

import contextlib
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import chromium

from nb_lib.explore import sixty_lines
from nb_lib.live.page.assets import without_data
from nb_lib.live.page.program import program
from nb_lib.live.page.script import deflated
from nb_lib.live.runtime import parts, runtime

RUNS, STEPS, BATCH = 5, 10, 128
SIZES = [2, 32, 32, 32, 32, 2]
SCALAR = Path(__file__).parent / "scalar_net.js"
ASKED = """
onmessage = ({ data: [what, given] }) => {
  const start = performance.now();
  const steps = what === "ours" ? ours(given) : scalar(given);
  postMessage([steps, performance.now() - start]);
};
function ours(settings) {
  const run = nbEngines.sixty_lines.begin(settings);
  let steps = 0;
  while (run.next()) steps++;
  return steps;
}
const place = () => [Math.random() - 0.5, Math.random() - 0.5];
const batch = Array.from({ length: BATCH }, place);
const labels = batch.map(([x, y]) => Number(x * y > 0)), step = scalarNet(SIZES);
function scalar(steps) {
  for (let i = 0; i < steps; i++) step(batch, labels, 0.1);
  return steps;
}
"""
START = """(text) => {
  const blob = new Blob([text], { type: "text/javascript" });
  window.worker = new Worker(URL.createObjectURL(blob));
}"""
ASK = """(question) => new Promise((said, failed) => {
  worker.onmessage = ({ data }) => said(data);
  worker.onerror = ({ message }) => failed(new Error(message));
  worker.postMessage(question);
})"""


def worker(has_vectors):
    """Return the text of a worker that trains both nets."""
    sizes = f"const BATCH = {BATCH}, SIZES = {json.dumps(SIZES)};"
    allowed = f"globalThis.nbMayAssemble = {json.dumps(has_vectors)};"
    texts = [allowed, runtime(), program(sixty_lines), SCALAR.read_text(), sizes, ASKED]
    return "\n".join(["(() => {", *texts, "})();"]).replace(
        "onmessage", "self.onmessage"
    )


def seconds(page, what, given):
    """Return the steps of one run, how long it took, and what its thread computed."""
    before = computed()
    steps, ms = page.evaluate(ASK, [what, given])
    return steps, ms / 1000, computed() - before


def computed():
    """Return the seconds that our workers' threads have computed; 0 without /proc."""
    ticks = 0
    for process in ours():
        for stat in Path(f"/proc/{process}/task").glob("*/stat"):
            name, fields = stat.read_text().split("(", 1)[1].rsplit(")", 1)
            if "Worker" in name:
                ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def ours():
    """Return the processes that this one started, and those that they started."""
    parent = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            parent[int(stat.parent.name)] = int(fields[1])
    found = {os.getpid()}
    while new := {p for p, above in parent.items() if above in found} - found:
        found |= new
    return found


def speeds(page):
    """Print the runs of both nets, and how many times as fast ours is."""
    start = sixty_lines.settings()
    arrays, scalar = [], []
    for _ in range(RUNS):
        arrays.append(seconds(page, "ours", start))
        scalar.append(seconds(page, "scalar", STEPS))
    steps, first, _ = arrays[0]
    usual, own = (
        statistics.median(each) for each in list(zip(*arrays[1:], strict=True))[1:]
    )
    other = STEPS / statistics.median(s for _, s, _ in scalar[1:])
    print(f"{steps} steps of 4 x 32: first {first:.2f} s, then {usual:.2f} s,", end=" ")
    print(f"of which its thread computes {own:.2f} s")
    print(
        f"steps a second: {steps / usual:.0f}, of a scalar network {other:.0f}; ",
        end="",
    )
    print(f"{steps / usual / other:.1f} times as many")
    steps, wide, own = seconds(page, "ours", {**start, "depth": 16, "width": 64})
    print(f"{steps} steps of 16 x 64: {wide:.1f} s, of its thread {own:.1f} s")


def sizes():
    """Print what a page loads, deflated, in kB."""
    text = program(sixty_lines)
    print(
        f"runtime: {len(deflated(runtime())) / 1000:.1f} kB deflated, of which", end=" "
    )
    each = {name: len(deflated(part)) / 1000 for name, part in parts().items()}
    print(", ".join(f"{name} {size:.1f}" for name, size in each.items()))
    print(f"the flagship's program: {len(deflated(without_data(text))) / 1000:.1f} kB")


def main():
    """Measure and print."""
    sizes()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "page.html"
        file.write_text("<!doctype html><title>A page that computes</title>")
        page = browser.new_page()
        page.goto(file.as_uri())
        for how, has_vectors in (("with vectors", True), ("with plain loops", False)):
            print(f"{how}:")
            page.evaluate(START, worker(has_vectors))
            speeds(page)
            page.evaluate("worker.terminate()")


if __name__ == "__main__":
    main()

"""A worker that runs an explorer again and again holds on to nothing."""

import json
import subprocess

import pytest

pytest.importorskip("playwright", reason="the engine is Playwright's own")

from javascript import node

from nb_lib.explore import sixty_lines
from nb_lib.live.page.program import program
from nb_lib.live.runtime import runtime

MOST = 10_000_000  # bytes that 500 runs may leave; held, they would be 47 million
RUNS = """
const held = () => {
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const runs = (n) => {
  for (let i = 0; i < n; i++) {
    const run = nbEngines.sixty_lines.begin({ ...start, width: 4 + (i % 3) });
    for (let step = 0; step < 5; step++) run.next(); // then another is asked for
    if (i % 10 === 0) run.frame();
  }
};
runs(100);
const before = held();
runs(500);
console.log(held() - before);
"""


@pytest.mark.slow
def test_500_runs_leave_memory_flat():
    start = f"const start = {json.dumps(sixty_lines.settings())};"
    script = "\n".join([runtime(), program(sixty_lines), start, RUNS])
    done = subprocess.run(
        [node(), "--expose-gc", "-"], input=script, capture_output=True, text=True
    )
    assert int(done.stdout) < MOST, done.stderr

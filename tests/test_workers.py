"""Workers of the long measurings do not outlive a parent that was killed."""

import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "scripts"
PARENT = """
import multiprocessing, sys, time
from concurrent.futures import ProcessPoolExecutor
from workers import end_with_parent

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=end_with_parent) as pool:
        pool.submit(print, "at work", flush=True).result()
        pool.submit(time.sleep, 600)
        sys.stdin.read()
"""


def test_a_worker_ends_when_its_parent_is_killed(tmp_path):
    """The worker holds the pipe open to which both write, until it ends."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    process = subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(SCRIPTS)},
    )  # fmt: skip
    assert process.stdout.readline() == b"at work\n"
    process.kill()
    rest, _ = process.communicate(timeout=60)
    assert rest == b""

"""Drive the Firefox of this machine by WebDriver BiDi, as far as our tests need it.

It is looked for at ``$FIREFOX``, then on PATH; where there is none, tests are skipped.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time

import pytest

NAMES = ("firefox-esr", "firefox")
PATIENCE_S = 60
SHOWN = "WebDriver BiDi listening on "  # what Firefox says once it can be asked


class Firefox:
    """One page in a running Firefox."""

    def __init__(self, socket):
        self.socket, self.count = socket, 0
        self.call("session.new", capabilities={})
        tree = self.call("browsingContext.getTree")
        self.context = tree["contexts"][0]["context"]

    def call(self, method, **params):
        """Send a command and return its result; raise RuntimeError if it fails."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.count:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, url):
        """Open a page and wait until it is loaded."""
        self.call(
            "browsingContext.navigate", context=self.context, url=url, wait="complete"
        )

    def evaluate(self, function):
        """Return what an asynchronous function of JavaScript gives, as plain data."""
        found = self.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({function})()))()",
            target={"context": self.context},
            awaitPromise=True,
        )
        if found["type"] != "success":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])


@contextlib.contextmanager
def firefox():
    """Run headless Firefox with a profile of its own; give its page."""
    websocket = pytest.importorskip("websocket", reason="Firefox is asked by websocket")
    wanted = os.environ.get("FIREFOX")
    path = next(filter(None, map(shutil.which, [wanted] if wanted else NAMES)), None)
    if path is None:
        pytest.skip(f"needs Firefox: set $FIREFOX or put one of {NAMES} on PATH")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        command = [path, "--headless", "--no-remote", "--profile", home]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "HOME": home},
            text=True,
        )
        try:
            address = listening(process) + "/session"
            socket = websocket.create_connection(
                address, timeout=PATIENCE_S, suppress_origin=True
            )
            yield Firefox(socket)
            socket.close()
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            process.stderr.close()


def listening(process):
    """Return the address that Firefox names once it listens."""
    end = time.monotonic() + PATIENCE_S
    for line in process.stderr:
        if SHOWN in line:
            return line.partition(SHOWN)[2].strip()
        if time.monotonic() > end:
            break
    raise RuntimeError("Firefox did not begin to listen")

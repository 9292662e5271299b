"""A real JupyterLab in a real browser, with nobody's settings but its own.

The server also serves Notebook 7, which has the same parts in another page.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "jupyter" / "etc"  # an installation copies these
START_S = 90  # seconds that a server may take to answer, on a busy machine
PATIENCE_MS = 60_000  # for anything on the page
CALL_AGAIN_MS = 8_000  # a request that is overlooked is overlooked at once
SIZE = {"width": 1300, "height": 1000}  # of the page
RUN_MS = 200_000  # for all cells of a notebook, on a busy machine too

LAB, NOTEBOOK_7 = "lab/tree", "notebooks"  # where each front end opens a file

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
FLAGS = (
    "--no-browser", "--allow-root", "--expose-app-in-browser",
    "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0",
    "--IdentityProvider.token=", "--LabApp.news_url=None",
    "--JupyterNotebookApp.expose_app_in_browser=True",
    "--ServerApp.terminals_enabled=False",
)  # fmt: skip


def free_port():
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home):
    """Return the environment of a server that knows our settings and nobody else's."""
    places = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }  # fmt: skip
    for name in places.values():
        (home / name).mkdir(parents=True, exist_ok=True)
    overrides = home / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir()
    overrides.write_text(json.dumps(SETTINGS))
    profile = home / "ipython" / "profile_default"
    shutil.copytree(SHIPPED / "ipython", profile)
    known = {name: str(home / place) for name, place in places.items()}
    known["JUPYTER_CONFIG_PATH"] = str(SHIPPED / "jupyter")
    return {**os.environ, **known, "JUPYTER_PREFER_ENV_PATH": "1"}


def answers(url):
    """Say whether a server answers there."""
    try:
        with urllib.request.urlopen(f"{url}/api/status", timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


@contextlib.contextmanager
def jupyterlab(home):
    """Run JupyterLab below the folder ``home``; give its address and its root."""
    home, port = Path(home), free_port()
    root = home / "root"
    root.mkdir(parents=True)
    url, log = f"http://127.0.0.1:{port}", home / "server.log"
    command = [sys.executable, "-m", "jupyterlab", *FLAGS,
               f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}"]  # fmt: skip
    with log.open("w") as out:
        server = subprocess.Popen(
            command, env=environment(home), cwd=root, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + START_S
        while not answers(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"JupyterLab does not answer:\n{log.read_text()}")
            time.sleep(0.2)
        yield url, root
    finally:
        stop(server)


def stop(server):
    """Ask the server to end its kernels and itself; make sure that it does."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def write_notebook(path, *cells):
    """Write a notebook of code cells."""
    cells = [
        {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "outputs": [],
         "execution_count": None, "source": source}
        for i, source in enumerate(cells)
    ]  # fmt: skip
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": spec},
             "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    path.write_text(json.dumps(whole))


def excerpts(target, *wanted):
    """Copy cells of stored notebooks into one; return for each where its cells are.

    Each wanted is the path of a notebook and words, as ``first_cell`` takes them.
    """
    cells, places = [], []
    for path, *words in wanted:
        whole = json.loads(Path(path).read_text(encoding="utf-8"))
        kept = sorted({first_cell(path, each) for each in words})
        places.append(range(len(cells), len(cells) + len(kept)))
        cells += [whole["cells"][n] | {"id": f"{len(cells)}-{n}"} for n in kept]
    Path(target).write_text(json.dumps(whole | {"cells": cells}), encoding="utf-8")
    return places


def first_cell(path, words):
    """Find the first code cell of a stored notebook with these words, as JSON has them.

    They may stand in its source or in its outputs.
    """
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return next(
        index
        for index, cell in enumerate(cells)
        if cell["cell_type"] == "code" and words in json.dumps(cell)
    )


def cells_of(name):
    """Give words that only the imports and the cell of an explorer have."""
    return "import nb_lib", f'data-explorer=\\"{name}\\"'


IDLE = """async () => {
  const panel = jupyterapp?.shell.currentWidget;
  await panel?.sessionContext?.ready;
  await Promise.all(panel?.content?.widgets?.map((cell) => cell.ready) ?? []);
  return panel?.sessionContext?.session?.kernel?.status === "idle";
}"""
READY = """async () => {
  const kernel = jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  await kernel?.info;
  await kernel?.requestCommInfo({});
  return Boolean(kernel);
}"""
RESTART = "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
RECONNECT = """async () => {
  const kernel = jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  if (kernel?.status === "idle") await kernel.reconnect();
}"""
SHUTDOWN = "async () => jupyterapp.shell.currentWidget.sessionContext.shutdown()"
OPEN = """async (path) => {
  const known = { path, factory: "Notebook" };
  const panel = await jupyterapp.commands.execute("docmanager:open", known);
  await panel.context.ready;
}"""
DISPOSE = "() => jupyterapp.shell.currentWidget.dispose()"  # without asking to save
SELECT = """(i) => { jupyterapp.shell.currentWidget.content.activeCellIndex = i; }"""
COMMAND = """(name) => {
  window.ran_ = false;
  jupyterapp.commands.execute(name).finally(() => { window.ran_ = true; });
}"""
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
ERRORS = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap(
  (cell) => cell.model.toJSON().outputs ?? []
).filter((output) => output.output_type === "error").map(
  (output) => `${output.ename}: ${output.evalue}`)"""


class Notebook:
    """A notebook open in a front end: run cells, move controls, read the canvas."""

    def __init__(self, page, url, name, *, front=LAB):
        self.page, self.complaints = page, []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", self._fail)
        page.on("console", self._hear)
        if page.url == "about:blank":
            page.goto(f"{url}/{front}/{name}?reset")
        else:  # the front end is there, without a notebook
            page.evaluate(OPEN, name)
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        page.wait_for_function(IDLE)
        self._until(READY, PATIENCE_MS, otherwise=RESTART)

    def _fail(self, error):
        self.complaints.append(str(error))

    def _hear(self, message):
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location})")

    def run_all(self):
        """Run every cell, in order; stops at the first that raises."""
        self.command("notebook:run-all-cells")

    def run(self, index, *, wait=True):
        """Run one cell."""
        self.page.evaluate(SELECT, index)
        self.command("notebook:run-cell", wait=wait)

    def run_explorer(self, path, name):
        """Run the imports of the notebook stored at ``path``, then show an explorer.

        What the other cells give, nbval knows; here they need not run.
        """
        for words in cells_of(name):
            self.run(first_cell(path, words))

    def command(self, name, *, wait=True):
        """Execute a command of the front end."""
        self.page.evaluate(COMMAND, name)
        if wait:
            self._until("ran_", RUN_MS, otherwise=RECONNECT)

    def _until(self, done, limit_ms, *, otherwise):
        """Wait for the kernel; do something about one that owes an answer.

        ipykernel 7 may overlook a request that arrives while it sends a reply. The
        request waits until somebody connects: github.com/ipython/ipykernel/issues/1554.
        """
        from playwright.sync_api import TimeoutError

        deadline = time.monotonic() + limit_ms / 1000
        while True:
            try:
                return self.page.wait_for_function(done, timeout=CALL_AGAIN_MS)
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise
                self.page.evaluate(otherwise)

    def errors(self):
        """Return what cells raised."""
        return self.page.evaluate(ERRORS)

    def active_cell(self):
        """Return the index of the cell that the front end takes for the active one."""
        return self.page.evaluate(ACTIVE)

    def close(self):
        """End the kernel and the page."""
        self.page.evaluate(SHUTDOWN)
        self.page.context.close()

    def leave(self):
        """End the kernel and close the notebook; the front end stays as it was."""
        self.page.evaluate(SHUTDOWN)
        self.page.evaluate(DISPOSE)
        self.page.locator(".jp-NotebookPanel").wait_for(state="detached")
        self.page.remove_listener("pageerror", self._fail)
        self.page.remove_listener("console", self._hear)

    def explorer(self, name):
        """Return the explorer of this id on the page, once it shows a frame."""
        view = f".nb-explorer[data-explorer={name}]:has(canvas[data-settings])"
        shown = self.page.locator(view).last
        shown.wait_for()
        return Shown(self.page, shown)


class Shown:
    """One explorer in the page: its controls by label, and the canvas' dataset."""

    def __init__(self, page, view):
        self.page, self.canvas = page, view.locator("canvas")
        self.view = view
        self.box = page.locator(".jp-OutputArea-output", has=view).last

    def control(self, label):
        """Return what takes the keys of the control with this label."""
        name = self.page.get_by_text(label, exact=True)
        row = self.box.locator(".widget-inline-hbox").filter(has=name)
        return row.locator("[role=slider], select, input[type=checkbox]").first

    @property
    def frame(self):
        """How many frames the canvas has painted."""
        return int(self.canvas.get_attribute("data-frame"))

    @property
    def settings(self):
        """The settings of the frame on the canvas."""
        return json.loads(self.canvas.get_attribute("data-settings"))

    def press(self, label, key):
        """Move one control by a key."""
        self.control(label).press(key)

    def wait_for_setting(self, name, value):
        """Wait until the canvas shows this value."""
        self.page.wait_for_function(
            "([canvas, name, value]) => "
            "value === JSON.parse(canvas.dataset.settings)[name]",
            arg=[self.canvas.element_handle(), name, value],
        )

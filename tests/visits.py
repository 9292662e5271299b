"""A page of the site in a browser: what goes wrong, what is seen."""

from pathlib import Path
from urllib.parse import quote

import numpy as np
from played import Played

LOOKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1300, "height": 900}
CALM = 20_000, 3, 3  # bytes, nodes and ears
LAPTOP = {"width": 1366, "height": 768}
A4 = {"width": 794, "height": 1123}  # at 96 dots per inch
# what a page may do only after its explorers are there, painted and at rest
PAINTED = """() => [...document.querySelectorAll(".nb-explorer canvas")]
  .every((canvas) => Number(canvas.dataset.frame) > 0)"""
SETTLED = """async () => {
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
}"""
TYPESET = "() => document.readyState === 'complete'"  # deferred scripts ran
ALIVE = """() => [...document.images]
    .every((image) => image.complete || !image.checkVisibility())
  && [...document.querySelectorAll("figure.nb-explorer")]
    .every((figure) => Number(figure.querySelector("canvas")?.dataset.frame) > 0)"""
THEME = "theme => document.documentElement.dataset.theme === theme"


class Visit:
    """A page in a fresh browser, with all that went wrong on it."""

    def __init__(self, context, origin):
        self.page, self.origin = context.new_page(), origin
        self.requests, self.troubles = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda r: self.troubles.append(f"failed {r.url}"))
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _answered(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.status} {response.url}")

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def open(self, name, fragment=""):
        """Open a page by its name and wait until its formulas are set."""
        self.page.goto(f"{self.origin}/{quote(name)}{fragment}")
        self.page.wait_for_function(TYPESET)
        return self

    def look(self, what):
        """Ask the page one of the questions of looks.js."""
        return self.page.evaluate(f"looks.{what}()")

    def turn(self, theme):
        """Let the reader's system ask for the light or the dark theme."""
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_function(THEME, arg=theme)
        self.settle()

    def grow(self, size):
        """Give the page another size."""
        self.page.set_viewport_size(size)
        self.settle()

    def foreign(self):
        """List the requests that left the page's own origin."""
        own = (f"{self.origin}/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def explorer(self, name, nth=0):
        """Scroll to an explorer of this page, wait until it plays, return it."""
        figure = self.page.locator(f'.nb-explorer[data-explorer="{name}"]').nth(nth)
        figure.scroll_into_view_if_needed()
        figure.locator("canvas").wait_for()
        self.page.wait_for_function(PAINTED)
        self.settle()
        return Played(self, figure)

    def settle(self):
        """Let everything asked for be painted."""
        self.page.evaluate(SETTLED)

    def held(self):
        """Return what the page holds when all waste is gone: bytes, nodes, ears."""
        session = self.page.context.new_cdp_session(self.page)
        for _ in range(2):
            session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")
        session.send("Performance.enable")
        found = session.send("Performance.getMetrics")["metrics"]
        session.detach()
        counts = {metric["name"]: metric["value"] for metric in found}
        size = heap["usedSize"] + heap.get("backingStorageSize", 0)
        return size, counts["Nodes"], counts["JSEventListeners"]


def calm_down(held, move, rounds=8):
    """Move until a round leaves next to nothing behind.

    A leak grows in every round; what an engine compiles or keeps for a while does not.
    """
    growth, before = [], held()
    for _ in range(rounds):
        move()
        now = held()
        growth.append(np.subtract(now, before))
        if (growth[-1] < CALM).all():
            return
        before = now
    raise AssertionError(f"more bytes, nodes, ears after every round: {growth}")


def look_around(here, name):
    """Load a page once, on a phone; then let it be wide, dark, and paper.

    Return what was seen on the way. At the end the page is wide and light.
    """
    here.page.add_init_script(LOOKS)
    here.open(name).page.wait_for_load_state("networkidle")
    seen = {"shift": here.page.evaluate("nbShift"), "held": here.look("rooms")}
    here.look("walk")
    here.page.wait_for_function(ALIVE)
    here.settle()
    seen |= {"phone": here.look("reading"), "views": here.look("views")}
    seen |= {"rooms": here.look("rooms"), "desks": here.look("desks")}
    here.grow({"width": PHONE["height"], "height": PHONE["width"]})
    seen |= {"sideways": here.look("desks")}
    here.grow(LAPTOP)
    seen |= {"laptop": here.look("desks")}
    here.grow(WIDE)
    seen |= {"wide": here.look("reading"), "pale": here.look("pale")}
    here.turn("dark")
    seen |= {"light": here.look("light"), "pale in the dark": here.look("pale")}
    here.page.emulate_media(media="print")
    here.grow(A4)
    seen |= {kind: here.look(kind) for kind in ("cut", "folded", "kept")}
    here.page.emulate_media(media="screen")
    here.turn("light")
    here.grow(WIDE)
    return seen

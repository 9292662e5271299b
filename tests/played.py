"""Explorers on a page of the site in a browser: controls, canvas, words, recordings."""

import base64
import json
import zlib

from nb_lib.explore import EXPLORERS

PATIENCE = 20_000  # milliseconds until a test gives up
DRAG = """async ([figure, moves]) => {
  const range = figure.querySelector("input[type=range]");
  for (let k = 0; k < moves; k++) {
    range.value = k % (Number(range.max) + 1);
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
}"""
DONE = "figure => figure.dataset.state !== 'asked'"


class Played:
    """One explorer on a page: its controls, its canvas, its words."""

    def __init__(self, visit, figure):
        self.visit, self.figure, self.canvas = visit, figure, figure.locator("canvas")

    def data(self):
        return self.canvas.evaluate("canvas => ({...canvas.dataset})")

    def frame(self):
        return int(self.data()["frame"])

    def settings(self):
        return json.loads(self.data()["settings"])

    def wait_for_settings(self, wanted):
        """Wait until the frame on the canvas shows these settings, and is painted."""
        self.visit.page.wait_for_function(
            "([canvas, wanted]) => Object.entries(wanted).every(([name, value]) =>"
            " JSON.stringify(JSON.parse(canvas.dataset.settings)[name])"
            " === JSON.stringify(value))",
            arg=[self.canvas.element_handle(), wanted],
        )
        self.rest()
        assert self.settings() == json.loads(json.dumps(wanted))  # lists, no tuples

    def field(self, label):
        return self.figure.get_by_label(label, exact=True)

    def press(self, label, key):
        """Press a key on a control and wait until the canvas has answered."""
        before = self.frame()
        self.field(label).press(key)
        self.rest()
        return self.frame() - before

    def rest(self):
        """Wait until what the page computes is done, and everything is painted."""
        figure = self.figure.element_handle()
        self.visit.page.wait_for_function(DONE, arg=figure)
        self.visit.settle()

    def wait(self, words, kind=".nb-sentence"):
        """Wait until the view says these words."""
        self.figure.locator(kind).get_by_text(words).wait_for(timeout=PATIENCE)

    def button(self, name):
        return self.figure.get_by_role("button", name=name, exact=True)

    def speed(self, name):
        self.figure.get_by_label("speed").select_option(name)

    def step(self):
        return int(self.figure.locator(".nb-play").get_attribute("data-step") or -1)

    def at_step(self, least):
        """Wait until the run has come so far."""
        self.visit.page.wait_for_function(
            "([bar, least]) => bar.dataset.step && Number(bar.dataset.step) >= least",
            arg=[self.figure.locator(".nb-play").element_handle(), least],
        )

    def drag(self, moves):
        """Move the first range on and on, once for each display frame."""
        self.visit.page.evaluate(DRAG, [self.figure.element_handle(), moves])

    def image(self):
        return self.canvas.evaluate("canvas => canvas.toDataURL()")

    def say(self, kind):
        return self.figure.locator(kind).inner_text()


def views(visit, name):
    """List what the views of an explorer on a page say of themselves."""
    figures = visit.page.locator(f'.nb-explorer[data-explorer="{name}"]')
    data = figures.evaluate_all("figures => figures.map((f) => ({...f.dataset}))")
    everything = " ".join(EXPLORERS[name].controls)
    return [
        {"start": json.loads(d["settings"]), "only": d.get("only", everything).split()}
        for d in data
    ]


def whole(visit, name):
    """Let that view of an explorer play which shows most of its controls."""
    shown = views(visit, name)
    view = max(shown, key=lambda view: len(view["only"]))
    here = visit.explorer(name, shown.index(view))
    here.view = view
    return here


def recorded(site, name):
    """List the states that the recording of an explorer holds: settings, sentence."""
    text = (site / f"_static/recordings/{name}.js").read_text()
    head, payload = json.loads(text[text.index("= [") + 2 : text.rindex(";")])
    words = sum([*head["stills"], *(n for _, _, n in head["states"])])
    sentences = json.loads(zlib.decompress(base64.b64decode(payload))[2 * words :])
    controls = head["controls"]
    return [
        ({c["name"]: c["stops"][k] for c, k in zip(controls, place, strict=True)}, told)
        for (place, *_), told in zip(head["states"], sentences, strict=True)
    ]

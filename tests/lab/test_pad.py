"""The pad in a real JupyterLab: a stroke is answered, keys do the rest."""

import pytest

pytestmark = pytest.mark.browser

DECLARE = """
import numpy as np
from nb_lib.live.kernel.pad import Pad

def read(x):
    rows, columns = np.nonzero(x.reshape(28, 28))
    tall, wide = np.ptp(rows), np.ptp(columns)
    return np.eye(10)[1 if tall > wide else 7]
"""
SHOW = """
examples = np.zeros((1, 28, 28))
examples[0, 4:24, 13:15] = 1
Pad(read, (examples.reshape(1, 784), np.array([1])), rng=np.random.default_rng(9))
"""


class OnPage:
    """The pad on the page: its paper, its buttons, its sentence."""

    def __init__(self, notebook):
        self.page = notebook.page
        self.view = self.page.locator(".nb-pad[data-answer]").last
        self.view.wait_for()

    def draw(self, *points):
        """Draw one stroke through points, given as shares of the paper."""
        paper = self.view.locator(".nb-pad-paper")
        paper.scroll_into_view_if_needed()
        box = paper.bounding_box()
        places = [(box["x"] + u * box["width"], box["y"] + v * box["height"])
                  for u, v in points]  # fmt: skip
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=6)
        self.page.mouse.up()

    def press(self, label):
        """Press a button by keyboard."""
        self.view.get_by_role("button", name=label).press("Enter")

    def wait_for(self, words):
        """Wait until the sentence, as a screen reader hears it, holds these words."""
        heard = self.view.locator("[aria-live=polite]").filter(has_text=words)
        heard.wait_for()


def test_strokes_and_keys_are_answered_and_bars_say_the_probabilities(new_notebook):
    notebook = new_notebook(DECLARE, SHOW)
    notebook.run_all()
    pad = OnPage(notebook)
    pad.wait_for("labelled 1: it is right")
    rows = pad.view.locator(".nb-pad-row").all_inner_texts()
    shares = [row.split()[-1] for row in rows]
    assert shares == ["0.0%", "100.0%", *["0.0%"] * 8]
    pad.press("Clear")
    pad.wait_for("The pad is empty.")
    pad.draw((0.2, 0.5), (0.8, 0.52))
    pad.wait_for("reads a 7 (100.0%)")
    pad.press("Clear")
    pad.wait_for("The pad is empty.")
    pad.draw((0.5, 0.2), (0.52, 0.8))
    pad.wait_for("reads a 1 (100.0%)")
    pad.press("Show a test digit")
    pad.wait_for("labelled 1: it is right")
    assert notebook.complaints == []

"""A pad to draw a digit on: the page sends ink, the kernel answers with ten shares.

The canvas takes mouse, pen and finger. Whoever cannot draw has two buttons: one
clears the pad, one puts the next test digit on it. Where no kernel answers, the
output shows the still picture of the first test digit.
"""

import base64
import html
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nb_lib.draw import digits, style
from nb_lib.draw.png import png
from nb_lib.draw.rc import MATPLOTLIB
from nb_lib.live.kernel.answers import sentence
from nb_lib.live.kernel.cells import remember
from nb_lib.live.kernel.handwriting import SIDE, mnist_image
from nb_lib.live.paint.painter import DPI

_HERE = Path(__file__).parent
INK = 112  # pixels a side of what the page sends, a byte each, 255 for full ink
EMPTY = "The pad is empty."


class Pad(anywidget.AnyWidget):
    """Asks ``predict`` for what is drawn, and says the ten probabilities.

    ``predict(x)`` takes x (1, 784) in [0, 1] and returns the probabilities (10,) or
    (1, 10). ``examples`` is (x, labels), test digits that a button shows in an order
    drawn from ``rng``; the pad starts with the first of them.
    """

    _esm = _HERE / "pad.js"
    _css = _HERE / "pad.css"
    ink_side = traitlets.Int(INK).tag(sync=True)
    seen = traitlets.Bytes().tag(sync=True)  # (28, 28), a byte each
    answer = traitlets.Dict().tag(sync=True)  # turn, probs, sentence, label (or None)

    def __init__(self, predict, examples, *, rng):
        super().__init__()
        self.predict, self.examples = predict, examples
        self.order, self.shown = rng.permutation(len(examples[0])), 0
        self.turn = 0  # of the answer: every question gets a new one
        self.show_example()
        self.html = self._inert_markup()
        self.on_msg(self._receive)
        remember(self)

    def show_example(self):
        """Put the next test digit on the pad and answer for it."""
        row = self.order[self.shown % len(self.order)]
        self.shown += 1
        images, labels = self.examples
        self._answer(np.reshape(images[row], (SIDE, SIDE)), int(labels[row]))

    def clear(self):
        """Empty the pad."""
        self._say(np.zeros((SIDE, SIDE)), [], EMPTY)

    def read(self, ink):
        """Answer for ink (112, 112) in [0, 1]."""
        image = mnist_image(ink)
        if image.any():
            self._answer(image, None)
        else:
            self.clear()

    def _receive(self, _widget, content, buffers):
        """Do what a message of the page asks for; an unknown one is ignored."""
        wanted = content.get("want") if isinstance(content, dict) else None
        if wanted == "example":
            self.show_example()
        elif wanted == "clear":
            self.clear()
        elif wanted == "read" and [len(b) for b in buffers] == [INK * INK]:
            self.read(np.frombuffer(buffers[0], np.uint8).reshape(INK, INK) / 255)

    def _answer(self, image, label):
        """Ask for the probabilities; an error is one readable line, not a crash."""
        try:
            probs = np.asarray(self.predict(image.reshape(1, -1)), float).ravel()
            if probs.shape != (10,) or not np.isfinite(probs).all():
                raise ValueError(
                    f"predict wants to return ten probabilities, got {probs}"
                )
        except Exception as error:  # the reader's own function: shown, never raised
            text = " ".join(f"{type(error).__name__}: {error}".split())
            self._say(image, [], text, label)
        else:
            self._say(image, probs.tolist(), sentence(probs, label), label)

    def _say(self, image, probs, words, label=None):
        """Send image and answer in one message, so that no view sees half of it."""
        self.turn += 1
        answer = {"probs": probs, "sentence": words, "label": label}
        with self.hold_sync():
            self.seen = np.rint(255 * image).astype(np.uint8).tobytes()
            self.answer = {"turn": self.turn, **answer}

    def still(self):
        """Return a Figure of the image that the network sees and its answer."""
        with MATPLOTLIB, style.context():
            figure = Figure(figsize=(6.4, 2.6), layout="constrained")
            FigureCanvasAgg(figure)
            left, right = figure.subplots(1, 2, width_ratios=(1, 1.6))
            image = np.frombuffer(self.seen, np.uint8).reshape(SIDE, SIDE) / 255
            digits.digit(left, image, title="What the network sees")
            probs = self.answer["probs"] or np.zeros(10)
            digits.probabilities(right, probs, label=self.answer["label"])
        return figure

    def _inert_markup(self):
        """Return the inert HTML: a still picture with the sentence as its words."""
        words = html.escape(self.answer["sentence"])
        data = base64.b64encode(png(self.still(), dpi=DPI)).decode()
        return (
            '<figure class="nb-pad" style="margin:0">'
            f'<img src="data:image/png;base64,{data}" '
            f'alt="The pad, still. {words}" style="max-width:100%">'
            f"<figcaption>{words}</figcaption>"
            '<p class="nb-run"><em>Run this cell to draw digits of your own.</em></p>'
            "</figure>"
        )

    def __repr__(self):
        return f"<pad: {self.answer['sentence']}>"

    def _repr_mimebundle_(self, **kwargs):
        """Both views: the widget for a live front end, the still for all others."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        views = {"text/plain": repr(self), "text/html": self.html}
        return {**data, **views}, metadata

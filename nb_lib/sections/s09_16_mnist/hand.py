"""§9.16: a digit drawn by the reader, read by a network that was trained beforehand."""

from dataclasses import dataclass

import numpy as np

from nb_lib.live import Explorer, Ink, inked
from nb_lib.live.kernel.answers import sentence
from nb_lib.live.kernel.handwriting import SIDE, mnist_image
from nb_lib.sections.s09_16_mnist.hand_picture import PEN, picture
from nb_lib.sections.s09_16_mnist.reader import read

PAPER = 56  # pixels a side of the drawing, before it is scaled
SEVEN = ((0.25, 0.82, 0), (0.74, 0.82, 0), (0.56, 0.5, 0), (0.42, 0.16, 0))


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    strokes: tuple  # of rows (x, y, stroke)
    image: np.ndarray  # (28, 28), what the network sees
    probs: np.ndarray  # (10,), zeros where there is nothing to read


def compute(ink):
    """Ink the paper, make an image as MNIST's of it, and let the network read it."""
    image = mnist_image(inked(ink, side=PAPER, pen=PEN))
    is_drawn = bool(image.any())
    probs = read(image.reshape(1, SIDE * SIDE))[0] if is_drawn else np.zeros(10)
    return Frame(ink, image, probs)


def describe(frame):
    """Say what the network reads."""
    if not frame.probs.any():
        return "The paper is empty, so there is nothing to read yet."
    return sentence(frame.probs)


digit = Explorer(
    id="digit",
    title="Your digit",
    controls={"ink": Ink(label="strokes", start=SEVEN)},
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.4),
)

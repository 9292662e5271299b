"""Draw site/static/card.png, the picture that goes with a shared link.

    python scripts/make_card.py

It shows the flagship explorer as it starts, so draw it anew when that changes.
"""

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nb_lib.draw import style
from nb_lib.draw.png import png
from nb_lib.explore import sixty_lines

TARGET = Path(__file__).resolve().parents[1] / "site/static/card.png"
SIZE, DPI = (12, 6.3), 100  # 1200 x 630 pixels, as those who show cards want
MARGIN = 40  # pixels
TITLE = "The book that answers back"
WORDS = "The same mathematics in NumPy and in PyTorch, retrained while you watch"


def pixels(figure, width):
    """Render a figure to RGBA, ``width`` pixels wide."""
    figure.set_dpi(width / figure.get_figwidth())
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def card(picture):
    """Lay out the words above the picture."""
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=style.PAPER)
    left = MARGIN / (SIZE[0] * DPI)
    figure.text(left, 0.9, TITLE, size=30, weight="bold", color=style.BLUE)
    figure.text(left, 0.83, WORDS, size=15, color=style.MUTED)
    figure.figimage(picture, MARGIN, MARGIN / 2)
    return figure


def main():
    with style.context():
        picture = pixels(sixty_lines.still(), SIZE[0] * DPI - 2 * MARGIN)
        figure = card(picture)
        TARGET.write_bytes(png(figure, dpi=DPI, optimise=True))
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()

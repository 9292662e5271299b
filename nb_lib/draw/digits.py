"""Digits on paper: images in mosaics, weights as images, answers, confusions."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from nb_lib.draw import style

SIDE = 28
GAP = 2  # pixels between two images of a mosaic

# Opaque both: where a live picture turns dark, paint.js turns their paper and ink too.
PAPER_TO_INK = LinearSegmentedColormap.from_list("ink", [style.PAPER, style.INK])
SIGNED = LinearSegmentedColormap.from_list(
    "signed", [style.BLUE, style.PAPER, style.ORANGE]
)
ERRORS = LinearSegmentedColormap.from_list("errors", [style.PAPER, style.ORANGE])


def mosaic(images, *, columns, air=0):
    """Lay images (N, 784) or (N, 28, 28) row by row into one array.

    Between them, in places left empty and in ``air`` pixels above each row it holds
    NaN, which is drawn as nothing.
    """
    images = np.reshape(images, (-1, SIDE, SIDE))
    rows = -(-len(images) // columns)
    height, width = rows * (SIDE + GAP + air), columns * (SIDE + GAP) - GAP
    array = np.full((height - GAP, width), np.nan)
    for index, image in enumerate(images):
        left, top = corner(index, columns=columns, air=air)
        array[top : top + SIDE, left : left + SIDE] = image
    return array


def corner(index, *, columns, air=0):
    """Return (column, row) of the upper left pixel of one image of a mosaic."""
    row, column = divmod(index, columns)
    return column * (SIDE + GAP), row * (SIDE + GAP + air) + air


def sheet(ax, array, *, title=None, cmap=PAPER_TO_INK, limit=None):
    """Show a mosaic; with ``limit`` the values are signed and span ±limit."""
    low, high = (0, 1) if limit is None else (-limit, limit)
    image = ax.imshow(array, cmap=cmap, vmin=low, vmax=high, interpolation="none")
    ax.set_axis_off()
    if title is not None:
        ax.set_title(title)
    return image


def weights(ax, array, *, title=None, limit):
    """Show a mosaic of weights: orange where ink raises the unit, blue lowers it."""
    return sheet(ax, array, title=title, cmap=SIGNED, limit=limit)


def captions(ax, words, *, columns, air, are_wrong=None, size=8):
    """Write one short line into the air above each image; return the texts."""
    texts = []
    for index, word in enumerate(words):
        left, top = corner(index, columns=columns, air=air)
        is_wrong = are_wrong is not None and are_wrong[index]
        colour = style.RED if is_wrong else style.INK
        look = {"ha": "center", "va": "bottom", "fontsize": size, "color": colour}
        texts.append(ax.text(left + SIDE / 2 - 0.5, top - 2, word, **look))
    return texts


def digit(ax, image, *, title=None):
    """Show one image (28, 28) with a thin frame."""
    picture = sheet(ax, np.reshape(image, (SIDE, SIDE)), title=title)
    edge = SIDE - 0.5
    ax.plot([-0.5, edge, edge, -0.5, -0.5], [-0.5, -0.5, edge, edge, -0.5],
            color=style.MUTED, lw=1, clip_on=False)  # fmt: skip
    return picture


def probabilities(ax, probs, *, label=None):
    """Show ten probabilities as bars; the labelled digit's bar carries a star."""
    likeliest = int(np.argmax(probs))
    colours = [style.BLUE if k == likeliest else style.MUTED for k in range(10)]
    bars = ax.bar(range(10), probs, color=colours, width=0.7)
    if label is not None:
        ax.plot([label], [probs[label] + 0.05], "*", ms=9, color=style.ORANGE)
    ax.set(ylim=(0, 1.1), xlabel="digit", ylabel="probability", xticks=range(10))
    ax.set_title("What it answers" + (" (★ the label)" if label is not None else ""))
    ax.grid(False, axis="x")
    return bars


def confusion(ax, counts, *, title="Errors: label against answer"):
    """Show counts (10, 10), rows labels, columns answers; errors only are coloured.

    The diagonal, hundreds of times larger, keeps its number and stays white.
    """
    errors = counts - np.diag(np.diag(counts))
    ax.imshow(errors, cmap=ERRORS, vmin=0, vmax=max(errors.max(), 1))
    for (row, column), count in np.ndenumerate(counts):
        dark = errors[row, column] > 0.9 * errors.max()
        ax.text(
            column, row, count if count else "·", ha="center", va="center",
            fontsize=8, color=style.PAPER if dark else style.INK,
            fontweight="bold" if row == column else "normal",
        )  # fmt: skip
    ax.set(xticks=range(10), yticks=range(10), xlabel="answer", ylabel="label")
    ax.set_title(title)
    ax.grid(False)

"""Artists of every kind, by chance: the page writes each as the painter does."""

import base64
import json

import numpy as np
import pytest

pytest.importorskip("playwright", reason="the engine is Playwright's own")

from live.pages import difference, run, whole_lines
from matplotlib.patches import Polygon, Rectangle

from nb_lib.draw import style
from nb_lib.live.paint.painter import Painter
from nb_lib.live.translate import Program, Refused
from nb_lib.live.translate.picture import StandIns

SEEDS = range(2)
LIMITS = {"set_xlim": (-3.7, 61.0), "set_ylim": (0.03, 41.0)}  # for all axes, later
TEXTS = ("", "0", "AVATAR To, We.", "−1.5 × 10⁻³", "two\nlines (jp)", "‖dL/dw‖ |x|")
DRIVER = """
const words = ({ buffer, byteOffset, byteLength }) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");
const figure = figureOf(DATA);
const say = () => process.stdout.write(
  JSON.stringify([stillOf(figure), movingOf(figure)].map(words)) + "\\n");
say();
for (const axes of figure.axes)
  for (const [name, ends] of Object.entries(LIMITS))
    if (!(axes.x.isLog && name === "set_xlim")) axes[name](...ends);
say();
"""


def picture_of(seed):
    """Return a picture full of artists whose looks and places are drawn by chance."""
    rng = np.random.default_rng(seed)

    def picture(figure):
        for k, ax in enumerate(figure.subplots(1, 2)):
            if k:
                style.log_axis(ax, "x", low=0.02, high=50)
            for kind in (lines, texts, bars, areas, image, stairs):
                kind(ax, rng)
            ax.set(xlim=(0.02, 50), ylim=(-2, 30))
            ax.set(ylabel="|y|", xlabel="steps", title="All kinds")
            ax.legend(loc="upper right")
        return lambda frame: None

    return picture


def lines(ax, rng):
    for dash, marker in zip(style.DASHES, style.MARKERS, strict=True):
        x, y = rng.normal(5, 20, (2, 30))
        y[rng.integers(30, size=4)] = np.nan
        look = {"ms": rng.uniform(2, 12), "lw": rng.uniform(0.5, 4)}
        look["alpha"] = rng.choice([None, 0.4])
        ax.plot(x, y, ls=dash, marker=marker, label=marker, **look)
    ax.plot([-1e9, 3, 3, 1e12], [2, 2, 7, 7], color=style.RED)  # far out, in steps


def texts(ax, rng):
    for _ in range(20):
        look = {"ha": rng.choice(["left", "center", "right"])}
        look["va"] = rng.choice(["top", "center", "bottom", "baseline"])
        look |= {"size": rng.uniform(6, 14), "rotation": rng.choice([0, 0, 90])}
        look["weight"] = rng.choice(["normal", "bold"])
        frame = ax.transAxes if rng.random() < 0.3 else ax.transData
        ax.text(*rng.uniform(0, 1, 2), rng.choice(TEXTS), transform=frame, **look)


def bars(ax, rng):
    ax.bar(np.arange(1, 6), rng.normal(5, 9, 5), width=0.4, alpha=0.6, ec=style.INK)
    ax.barh([3, 9], [4, 1e9], height=rng.uniform(1, 3), color=style.GOLD)
    ax.add_patch(Rectangle((2, 3), 8, 9, fill=False, ls="--", ec=style.RED, lw=2))


def areas(ax, rng):
    ax.add_patch(Polygon(rng.uniform(1, 20, (5, 2)), fc=style.BLUE, alpha=0.2))
    ax.fill([1, 30, 30, 1], [4, 4, 9, 9], color=style.GREEN, lw=0)
    for _ in range(5):  # to be cut far outside, on one to four sides
        ax.add_patch(Polygon(rng.normal(5, 900, (5, 2)), fc=style.GOLD, alpha=0.1))


def image(ax, rng):
    if ax.get_xscale() == "linear":
        look = {"cmap": style.BOUNDARY, "extent": (1, 9, 20, 3), "aspect": "auto"}
        ax.imshow(np.full((5, 7), rng.uniform()), vmin=0, vmax=1, **look)


def stairs(ax, rng):
    heights = rng.uniform(0, 9, 6)
    heights[2] = np.nan
    ax.stairs(heights, np.arange(7) + 0.5, fill=bool(rng.integers(2)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_artists_of_every_kind(seed, monkeypatch, tmp_path):
    whole_lines(monkeypatch)
    painter = Painter(picture_of(seed), (9, 4))
    stand_ins = StandIns(painter)
    for ax in painter.figure.axes:
        for artist in (ax, *ax.lines, *ax.texts, *ax.patches, *ax.images):
            stand_ins(artist)
    data = json.dumps(stand_ins.data("", set()))
    head = f"const DATA = {data}, LIMITS = {json.dumps(LIMITS)};"
    for still, moving in run(head + DRIVER, tmp_path):
        words = painter.paint(None)
        assert difference(base64.b64decode(still), painter.still) is None
        assert difference(base64.b64decode(moving), words) is None
        for ax in painter.figure.axes:
            for name, ends in LIMITS.items():
                if ax.get_xscale() == "linear" or name == "set_ylim":
                    getattr(ax, name)(*ends)


def stood_in(make):
    """Return the stand-ins of a picture that reaches what ``make(ax)`` gives."""
    painter = Painter(lambda figure: make(figure.subplots()), (4, 3))
    stand_ins = StandIns(painter)
    stand_ins(painter.show)
    return stand_ins


def test_what_the_page_cannot_draw_is_refused():
    stand_ins = stood_in(lambda ax: ax.scatter([1], [2]))
    with pytest.raises(Refused, match="the page draws no PathCollection anew"):
        stand_ins.data("", set())


def test_what_the_page_cannot_set_is_refused():
    stand_ins = stood_in(lambda ax: ax.plot([1], [2])[0])
    program = Program()
    program.attributes |= {"set_data", "set_color", "set_of_an_explorer"}
    stand_ins.check(program)
    program.attributes |= {"set_zorder"}
    with pytest.raises(Refused, match="the page knows no set_zorder of Line2D"):
        stand_ins.check(program)

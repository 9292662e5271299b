"""The painter: the still part is drawn again only when it changes."""

import functools
import itertools
import threading
import time

import matplotlib as mpl
import numpy as np
import pytest
from live import words
from live.pictures import PICTURES
from loops import try_all
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MultipleLocator

from nb_lib.draw import style
from nb_lib.draw.png import png
from nb_lib.live.paint.encode import Unsupported
from nb_lib.live.paint.fixed import Fixed
from nb_lib.live.paint.painter import Painter

SIZE = (6, 3)


def picture(figure):
    """Two panels; a frame is a function that changes them."""
    left = figure.add_axes((0.1, 0.2, 0.35, 0.7))
    right = figure.add_axes((0.6, 0.2, 0.35, 0.7))
    left.plot([0, 1], [0, 1], label="loss")
    left.legend(loc="upper right")
    left.set(xlim=(0, 1), ylim=(0, 1), xlabel="step", ylabel="nats")
    right.bar([0, 1], [1, 2])
    for ax in (left, right):
        ax.locator_params(nbins=2)  # to draw a tick takes longer than all else

    def show(change):
        change(left, right)

    return show


@pytest.fixture
def painter():
    return Painter(picture, SIZE)


def texts(data):
    return [said["text"] for said in words.named(data, "text")]


def test_still_holds_frame_ticks_labels_and_legend(painter):
    painter.paint(lambda left, right: left.set_title("Loss"))
    assert {"step", "nats", "Loss", "loss", "0.0", "1.0"} <= set(texts(painter.still))


def test_title_set_by_a_frame_looks_like_one_set_before(painter):
    painter.paint(lambda left, right: left.set_title("Loss"))
    (said,) = [t for t in words.named(painter.still, "text") if t["text"] == "Loss"]
    with style.context():
        before = Painter(lambda f: f.subplots().set_title("Loss") and None, SIZE).still
    (want,) = [t for t in words.named(before, "text") if t["text"] == "Loss"]
    assert (said["size"], said["align"]) == (want["size"], want["align"])


WILD = {"font.size": 30, "axes.grid": False, "text.usetex": True, "xtick.labelsize": 20,
        "lines.linewidth": 9, "mathtext.default": "it", "path.simplify": False,
        "axes.unicode_minus": False, "axes.titlelocation": "right"}  # fmt: skip


def wander(left, right, k=1):
    """Change all that matplotlib reads its parameters for: titles, ticks, artists."""
    left.set_title(f"$x_{k}$ from −1")
    left.set(xlim=(-k, k + 0.5), yscale="symlog" if k % 2 else "linear", ylim=(-k, 9))
    right.set_xticks([0, 0.2, 0.8, 1], ["a", "$b$", "c", str(k)])
    left.plot(np.linspace(-k, k, 300), np.linspace(0, 9, 300))
    left.legend(["one", "two"], title="both")


def test_look_of_a_moving_picture_is_not_the_readers(painter):
    wanted = painter.paint(wander), painter.still, painter.cuts()
    with mpl.rc_context(WILD):
        moved = Painter(picture, SIZE)
        assert (moved.paint(wander), moved.still, moved.cuts()) == wanted
        with style.context():
            shown = [png(each.figure, dpi=100) for each in (moved, painter)]
        assert shown[0] == shown[1]


def test_nothing_that_the_reader_sets_is_lost_while_a_picture_moves(painter):
    over = threading.Event()

    def paint():
        for k in itertools.count(1):
            painter.paint(functools.partial(wander, k=1 + k % 5))
            if over.is_set():
                return

    with mpl.rc_context():
        worker = threading.Thread(target=paint)
        worker.start()
        kept = 0
        for size in range(1, 301):
            mpl.rcParams["font.size"] = size
            time.sleep(0)  # so that the other thread has its turn
            kept += mpl.rcParams["font.size"] == size
        over.set()
        worker.join()
        assert mpl.rcParams["font.size"] == 300
    assert kept == 300


def test_only_what_changed_is_drawn_again(painter, monkeypatch):
    drawn = []
    monkeypatch.setattr(Line2D, "draw", _noting(Line2D.draw, drawn))
    monkeypatch.setattr(Rectangle, "draw", _noting(Rectangle.draw, drawn))
    painter.paint(lambda left, right: right.patches[1].set_height(0.3))
    assert drawn == [painter.figure.axes[1].patches[1]]


def test_overflow_in_a_picture_is_no_warning(painter):
    huge = np.array([1e300, 1.0])
    painter.paint(lambda left, right: left.lines[0].set_ydata(huge * huge))


def test_axes_that_come_back_are_not_drawn_again(painter):
    left = painter.figure.axes[0]
    painter.paint(lambda left, right: left.set_xlim(0, 2))
    wide = painter.still
    painter.paint(lambda left, right: left.set_xlim(0, 1))
    left.draw = None  # would raise
    painter.paint(lambda left, right: left.set_xlim(0, 2))
    assert painter.still == wide


def _noting(draw, drawn):
    def noted(artist, renderer):
        drawn.append(artist)
        draw(artist, renderer)

    return noted


@pytest.mark.parametrize("change", [
    lambda left, right: left.lines[0].set_ydata([1, 0]),
    lambda left, right: left.lines[0].set_color("#0b69ad"),
    lambda left, right: left.lines[0].set_visible(False),
    lambda left, right: left.lines[0].remove(),
    lambda left, right: left.plot([0, 1], [1, 0]),
    lambda left, right: left.set_xlim(-1, 1),
    lambda left, right: left.set(xscale="log", xlim=(0.1, 1)),
    lambda left, right: right.set_visible(False),
])  # fmt: skip
def test_used_painter_paints_as_a_fresh_one_does(change, painter):
    """What is kept of earlier frames is kept only while it is still true."""

    def so_from_the_start(figure):
        show = picture(figure)
        show(change)
        return show

    painter.paint(lambda left, right: None)
    fresh = Painter(so_from_the_start, SIZE)
    assert painter.paint(change) == fresh.paint(lambda left, right: None)
    assert painter.still == fresh.still


def test_legend_is_drawn_over_the_data(painter):
    names = [said["op"] for said in words.operations(painter.still)]
    over = words.operations(painter.still)[names.index("split") :]
    assert [said["text"] for said in over if said["op"] == "text"] == ["loss"]


def test_moving_data_leaves_the_still_part_alone(painter):
    still, before = painter.still, painter.paint(lambda left, right: None)

    def move(left, right):
        left.lines[0].set_data([0, 0.5, 1], [1, 0.2, 1])
        right.patches[0].set_height(0.3)

    after = painter.paint(move)
    assert painter.still is still
    assert after != before
    assert texts(after) == []


CHANGES = {
    "xlim": lambda left, right: left.set_xlim(0, 2),
    "ylim": lambda left, right: right.set_ylim(0, 9),
    "scale": lambda left, right: left.set_yscale("symlog"),
    "xlabel": lambda left, right: left.set_xlabel("epoch"),
    "ylabel": lambda left, right: left.set_ylabel("bits"),
    "title": lambda left, right: left.set_title("Loss"),
    "right title": lambda left, right: left.set_title("Loss", loc="right"),
    "ticks": lambda left, right: left.set_xticks([0, 0.7]),
    "tick labels": lambda left, right: right.set_xticks([0, 1], ["w", "b"]),
    "locator": lambda left, right: right.xaxis.set_major_locator(MultipleLocator(0.3)),
    "legend text": lambda left, right: left.get_legend().get_texts()[0].set_text("l"),
    # Nothing but the look of what stands still.
    "title colour": lambda left, right: right.title.set_color("red"),
    "title size": lambda left, right: right._left_title.set_fontsize(20),
    "label colour": lambda left, right: left.xaxis.label.set_color("red"),
    "label place": lambda left, right: left.yaxis.set_label_coords(-0.2, 0.9),
    "tick colour": lambda left, right: left.xaxis.get_ticklabels()[1].set_color("red"),
    "all ticks": lambda left, right: right.tick_params("y", color="red", width=3),
    "one gridline": lambda left, right: left.xaxis.get_gridlines()[1].set_lw(4),
    "minor ticks": lambda left, right: right.minorticks_on(),
    "spine colour": lambda left, right: left.spines["left"].set_color("red"),
    "spine back": lambda left, right: right.spines["top"].set_visible(True),
    "face": lambda left, right: left.set_facecolor("#ffeeaa"),
    "place": lambda left, right: right.set_position((0.65, 0.3, 0.3, 0.5)),
    "legend colour": lambda left, right: left.get_legend().get_texts()[0].set_c("red"),
    "legend line": lambda left, right: left.get_legend().get_lines()[0].set_lw(7),
    "legend frame": lambda left, right: left.get_legend().set_frame_on(True),
    "legend anew": lambda left, right: left.legend(["other"], loc="lower left"),
    # What hides others comes last.
    "grid": lambda left, right: left.grid(False),
    "legend gone": lambda left, right: left.get_legend().set_visible(False),
    "axis off": lambda left, right: right.set_axis_off(),
    "axes gone": lambda left, right: right.set_visible(False),
}


def dressed(left, right):
    """Give every part that stands still something to show its colour with."""
    for ax in (left, right):
        ax.set_title("above")
        ax.set_title("middle", loc="center")


@pytest.mark.slow
def test_still_part_is_drawn_again_when_it_changes_as_if_afresh(painter):
    """One change upon the other, for a painter takes long to make."""

    def idle(left, right):
        """Change nothing."""

    def check(change):
        before = painter.still
        painter.paint(change)
        assert painter.still != before
        again = painter.still
        painter.paint(idle)
        painter.paint(idle)
        assert painter.still is again
        for ax in painter.fixed:  # nothing is remembered, and all is drawn
            painter.fixed[ax], ax.stale = Fixed(ax, painter.renderer), True
        painter.paint(idle)
        assert painter.still is not again
        assert painter.still == again

    painter.paint(dressed)
    painter.paint(idle)
    try_all(check, {name: (change,) for name, change in CHANGES.items()})


def test_restyled_part_and_limits_that_come_back_are_drawn_in_the_new_style(painter):
    """A remembered drawing is of no use when a tick has another colour since."""
    left = painter.figure.axes[0]
    for limit in (2, 1):
        painter.paint(lambda left, right, limit=limit: left.set_xlim(0, limit))
    painter.paint(lambda left, right: left.tick_params(labelcolor="red"))
    painter.paint(lambda left, right: left.set_xlim(0, 2))
    colours = {t["text"]: t["colour"] for t in words.named(painter.still, "text")}
    assert colours["2"][:3] == (255, 0, 0)
    assert left.get_xlim() == (0, 2)


def test_what_is_set_again_to_what_it_was_draws_nothing(painter, monkeypatch):
    def again(left, right):
        left.set(xlim=(0, 1), ylim=(0, 1), xlabel="step", ylabel="nats", title="Loss")

    painter.paint(again)
    still = painter.still
    monkeypatch.setattr(type(painter.figure.axes[0]), "draw", None)  # would raise
    painter.paint(again)
    assert painter.still is still


ON_FIGURE = {
    "title": lambda figure, text: figure.suptitle("other"),
    "title colour": lambda figure, text: figure._suptitle.set_color("red"),
    "text": lambda figure, text: text.set_text("other"),
    "text colour": lambda figure, text: text.set_color("red"),
    "legend": lambda figure, text: figure.legends[0].get_texts()[0].set_color("red"),
}


@pytest.mark.parametrize("change", ON_FIGURE.values(), ids=ON_FIGURE)
def test_what_changes_on_the_figure_is_drawn(change):
    def picture(figure):
        figure.subplots().plot([0, 1], label="loss")
        figure.suptitle("All runs")
        figure.legend()
        text = figure.text(0.1, 0.1, "a note")
        return lambda frame: frame(figure, text)

    painter = Painter(picture, SIZE)
    before = painter.paint(lambda figure, text: None)
    assert painter.paint(change) != before


def test_paper_and_axes_are_settled_before_the_first_frame(painter):
    with pytest.raises(Unsupported, match="cannot colour the paper"):
        painter.paint(lambda left, right: left.figure.set_facecolor("red"))
    painter.figure.set_facecolor(style.PAPER)
    with pytest.raises(Unsupported, match="all its axes before"):
        painter.paint(lambda left, right: left.figure.add_axes((0, 0, 1, 1)))


def test_hidden_axes_move_nothing(painter):
    moving = painter.paint(lambda left, right: right.set_visible(False))
    assert words.named(moving, "fill") == []
    assert words.named(moving, "line")


def test_what_stands_on_the_figure_is_drawn():
    def picture(figure):
        ax = figure.subplots()
        (line,) = ax.plot([0, 1])
        figure.suptitle("All runs")
        figure.legend([line], ["loss"])
        figure.text(0.1, 0.1, "a note")

    assert set(texts(Painter(picture, SIZE).paint(None))) == {
        "All runs", "loss", "a note",
    }  # fmt: skip


def test_layout_is_settled_once():
    def picture(figure):
        ax = figure.subplots()
        return lambda change: change(ax, ax)

    painter = Painter(picture, SIZE)
    before = [ax.get_position().bounds for ax in painter.figure.axes]
    painter.paint(lambda left, right: left.set_ylim(0, 123456))
    assert [ax.get_position().bounds for ax in painter.figure.axes] == before


def test_equal_frames_are_equal_bytes(painter):

    def move(left, right):
        left.lines[0].set_data([0, 1], [1, 0])

    assert painter.paint(move) == painter.paint(move)
    assert Painter(picture, SIZE).paint(move) == painter.paint(move)


def test_cuts_stand_between_the_panels(painter):
    left, middle, right = painter.cuts()
    assert (left, right) == (0, 600)
    (one, two) = (ax.bbox for ax in painter.figure.axes)
    assert one.x1 < middle < two.x0


def test_panels_above_one_another_are_not_cut():
    painter = Painter(lambda figure: figure.subplots(2, 1) is None, SIZE)
    assert painter.cuts() == [0, 600]


def test_frame_of_nine_lines_is_a_few_kilobytes():
    def picture(figure):
        ax = figure.subplots()
        ax.set(xlim=(0, 200), ylim=(-1, 9))
        for i in range(9):
            ax.plot(np.arange(200), np.sin(np.arange(200) / 9) + i)

    assert len(Painter(picture, SIZE).paint(None)) < 9 * 200 * 2 * 2 + 500


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_reads_back(name):
    painter = Painter(PICTURES[name], SIZE)
    assert words.operations(painter.paint(0))
    assert [said["op"] for said in words.operations(painter.still)].count("split") == 1

"""How "One mistake at a time" looks: the plane with three vectors, and a tally."""

from nb_lib.draw import style
from nb_lib.live import grab_on
from nb_lib.sections.s09_01_perceptron.plane import across, arrow, classes

SIDE = 1.8  # of the plane: the weights grow longer than the examples
MOST = 12  # mistakes


def picture(figure):
    """Lay out the plane, the number of wrong points, and the key to the plane."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1.5, 1), width_ratios=(1, 1.2))
    update_plane, artists = plane(figure.add_subplot(grid[:, 0]))
    update_tally = tally(figure.add_subplot(grid[0, 1]))
    key = figure.add_subplot(grid[1, 1])
    key.axis("off")
    key.legend(handles=artists, loc="center left", ncols=2, borderaxespad=0)

    def show(turn):
        update_plane(turn)
        update_tally(turn)

    return show


def plane(ax):
    """Lay out points, both lines and the vectors; return ``update`` and the key."""
    dots = classes(ax)
    (old_line,) = ax.plot([], [], "--", color=style.MUTED, lw=1.2, label="line before")
    (line,) = ax.plot([], [], color=style.INK, lw=2.2, label="line now")
    (crosses,) = ax.plot([], [], "x", color=style.RED, ms=5, label="wrong now")
    (ring,) = ax.plot(
        [], [], "o", mfc="none", mec=style.INK, ms=11, label="the example"
    )
    vectors = [
        ax.plot([], [], color=colour, lw=lw, label=label)[0]
        for colour, lw, label in (
            (style.MUTED, 1.8, "w before"),
            (style.INK, 1.8, "w now"),
            (style.PURPLE, 2.2, "t x, which is added"),
        )
    ]
    ax.set(xlim=(-SIDE, SIDE), ylim=(-SIDE, SIDE), xlabel="$x_1$", ylabel="$x_2$")
    ax.set(aspect="equal", anchor="NW")
    ax.set_title("Each mistake turns the line")
    grab_on(ax, "moved")
    ax.grid(False)

    def update(turn):
        for artist, sign in zip(dots, (1, -1), strict=True):
            artist.set_data(*turn.x[turn.targets == sign].T)
        crosses.set_data(*turn.x[turn.wrong].T)
        ring.set_data(*turn.x[list(turn.rows[-1:])].T)
        before, now = turn.path[max(len(turn.path) - 2, 0)], turn.path[-1]
        for artist, w in ((old_line, before), (line, now)):
            artist.set_data(*across(w, 0, SIDE).T if w.any() else ([], []))
        ends = ((0 * now, before), (0 * now, now), (before, now))
        for artist, (start, end) in zip(vectors, ends, strict=True):
            artist.set_data(*arrow(start, end, SIDE / 18).T)

    return update, [*dots, ring, crosses, old_line, line, *vectors]


def tally(ax):
    """Lay out how many points are wrong after each mistake; return ``update``."""
    (line,) = ax.plot([], [], "o-", color=style.RED, ms=5)
    ax.set(xlim=(-0.5, MOST + 0.5), ylim=(-4, 108), xlabel="mistakes made")
    ax.set_xticks(range(0, MOST + 1, 2))
    ax.set_title("Points that are wrong after each mistake")

    def update(turn):
        k = len(turn.rows)
        line.set_data(range(k + 1), turn.n_wrong[: k + 1])

    return update

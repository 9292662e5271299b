"""One palette and one look, for the notebooks, the explorers and the pages.

Every colour stands at 3:1 or more against the paper (text at 4.5:1), in both
themes; ``DARK`` says what each becomes on a dark page. Lines also differ in dash
and marker, so no meaning rests on colour alone.
"""

from functools import cache

import matplotlib as mpl
from cycler import cycler
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from nb_lib.draw import rc

PAPER, INK, MUTED, GRID = "#ffffff", "#1f2328", "#59636e", "#d9dee3"
BLUE, ORANGE, GREEN = "#0b69ad", "#c44f00", "#007a55"
PURPLE, RED, GOLD = "#8a4a9e", "#c2253a", "#7d6200"
SERIES = (BLUE, ORANGE, GREEN, PURPLE, RED, GOLD)
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (3, 1)))

DARK = {
    PAPER: "#14181e",
    INK: "#e6eaef",
    MUTED: "#a3adb8",
    GRID: "#333b45",
    BLUE: "#4fa8e8",
    ORANGE: "#f0883e",
    GREEN: "#35b389",
    PURPLE: "#c58ad6",
    RED: "#f2707f",
    GOLD: "#cda632",
}

RC = {
    "figure.facecolor": PAPER,
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "axes.facecolor": "none",
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=SERIES),
    "axes.unicode_minus": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "text.color": INK,
    "font.size": 9.5,
    "font.family": "DejaVu Sans",
    "legend.fontsize": 9,
    "legend.frameon": False,
    "lines.linewidth": 1.7,
    "lines.solid_capstyle": "round",
    "mathtext.default": "regular",
}

# Two classes and the doubt between them; the alpha lets either paper through.
BOUNDARY = LinearSegmentedColormap.from_list(
    "boundary",
    [
        (0.0, (0.04, 0.41, 0.68, 0.50)),
        (0.5, (0.50, 0.50, 0.50, 0.04)),
        (1.0, (0.77, 0.31, 0.00, 0.50)),
    ],
)

# First layer to last, each at 3:1 on white and on the dark paper alike.
LAYERS = LinearSegmentedColormap.from_list("layers", ["#2a7ab8", "#a8509f", "#cf5f17"])

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def apply():
    """Make this look the default of the running process."""
    mpl.rcParams.update(RC)


def context():
    """Return a context in which this look holds, whole, for this thread alone.

    Of the reader's own ``rcParams`` it takes nothing, and it changes none of them.
    """
    return rc.held(_look())


@cache
def _look():
    return rc.complete(RC)


def power_of_ten(value, _position=None):
    """Write 0.001 as 10⁻³, in plain text: light to send and easy to select."""
    exponent = f"{value:.0e}".split("e")[1]
    return "10" + str(int(exponent)).translate(_SUPERSCRIPTS)


def log_axis(ax, which, *, low, high, most=6):
    """Give one axis ("x" or "y") a log scale over [low, high] with plain labels."""
    axis = ax.xaxis if which == "x" else ax.yaxis
    (ax.set_xscale if which == "x" else ax.set_yscale)("log")
    (ax.set_xlim if which == "x" else ax.set_ylim)(low, high)
    axis.set_major_locator(LogLocator(numticks=most))
    axis.set_major_formatter(FuncFormatter(power_of_ten))
    axis.set_minor_formatter(NullFormatter())
    axis.minorticks_off()

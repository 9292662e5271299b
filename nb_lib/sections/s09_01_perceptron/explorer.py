"""§9.1: Rosenblatt's rule at work, its mistakes against Novikoff's bound."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, Moves, Slider, Toggle, moved_to
from nb_lib.numpy.perceptron import adversary, learn, margin, radius
from nb_lib.sections.s09_01_perceptron.clouds import basis_vectors, cloud
from nb_lib.sections.s09_01_perceptron.picture import MOST, SIDE, picture
from nb_lib.sections.s09_01_perceptron.turning import mistakes
from nb_lib.sections.s09_01_perceptron.widest import widest

__all__ = ["mistakes", "perceptron"]

ORDERS = (
    ("random", "random"),
    ("worst, by an adversary", "worst"),
    ("sorted by class", "sorted"),
)
WITHOUT_END = 2000  # mistakes that are enough to see where there is no gap
GROWTH = 1.25  # of the mistakes from one frame to the next


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    x: np.ndarray  # (N, D)
    targets: np.ndarray  # (N,), -1 or 1
    places: np.ndarray  # (N, 2), the points as they were drawn, to be dragged
    w_star: np.ndarray  # (D,), unit length; 0 where no line through 0 separates
    w: np.ndarray  # (D,)
    row: int  # of the last mistake
    overlaps: np.ndarray  # (mistakes,), w·w*
    lengths: np.ndarray  # (mistakes,), |w|
    gamma: float  # 0 where no line through 0 separates
    r: float

    @property
    def wrong(self):
        """Which rows are wrong now, (N,)."""
        return self.targets * (self.x @ self.w) <= 0

    @property
    def bound(self):
        """(R / γ)²; without a gap there is none."""
        return (self.r / self.gamma) ** 2 if self.gamma else np.inf


def compute(margin, points, order, basis, moved):
    """Make mistakes until there are none, or enough to see; yield frames."""
    x, targets, w_star = basis_vectors(points) if basis else cloud(points, margin)
    if moved and not basis:
        x = moved_to(x, moved)
        w_star = widest(x, targets)
    places = x[:0] if basis else x
    if order == "sorted":
        rows = np.argsort(-targets, kind="stable")
        x, targets = x[rows], targets[rows]
    is_worst = order == "worst" and w_star.any()  # without w* nobody can spoil it
    choose = adversary(x, targets, w_star) if is_worst else None
    most = MOST if w_star.any() else WITHOUT_END
    run = Run(x, targets, w_star, places)
    shown = 0
    for mistake in learn(x, targets, choose=choose):
        run.take(mistake)
        if mistake.count >= GROWTH * shown:
            shown = mistake.count
            yield run.frame()
        if mistake.count == most:
            break
    if mistake.count > shown:
        yield run.frame()


class Run:
    """What has been seen of one run so far."""

    def __init__(self, x, targets, w_star, places):
        self.set = {"x": x, "targets": targets, "w_star": w_star, "places": places}
        gamma = margin(x, targets, w_star) if w_star.any() else 0.0
        self.measures = {"gamma": gamma, "r": radius(x)}
        self.overlaps, self.lengths, self.last = [], [], None

    def take(self, mistake):
        """Note one ``Mistake`` of ``learn``."""
        self.overlaps.append(float(mistake.w @ self.set["w_star"]))
        self.lengths.append(float(np.linalg.norm(mistake.w)))
        self.last = mistake

    def frame(self):
        """Freeze what is known so far."""
        return Frame(
            **self.set,
            **self.measures,
            w=self.last.w,
            row=self.last.row,
            overlaps=np.array(self.overlaps),
            lengths=np.array(self.lengths),
        )


def places(frame):
    """Return where the points are that may be dragged, (N, 2)."""
    return frame.places


def describe(frame):
    """Say the numbers that matter in one sentence."""
    k, left, n = len(frame.overlaps), int(frame.wrong.sum()), len(frame.x)
    mistakes = words.counted(k, "mistake")
    if not frame.gamma:
        return (
            f"After {mistakes} on {n} points, still wrong: {left}; no line through the "
            "origin separates the classes any more, so the mistakes never end."
        )
    bound = (
        f"the bound (R/γ)² = ({frame.r:.2g}/{frame.gamma:.2g})² = {frame.bound:,.0f}"
    )
    if left:
        return f"After {mistakes} on {n} points, still wrong: {left}; {bound}."
    loose = frame.bound / k
    used = f"while {bound} allows {loose:.3g} times as many"
    if loose < 1.001:
        used = f"exactly {bound}"
    return (
        f"All {n} points are right after {mistakes}, {used}; w·w* ended at "
        f"{frame.overlaps[-1]:.3g} (at least kγ = {k * frame.gamma:.3g}), |w| at "
        f"{frame.lengths[-1]:.3g} (at most R√k = {frame.r * k**0.5:.3g})."
    )


perceptron = Explorer(
    id="perceptron",
    title="Margin and mistakes",
    controls={
        "margin": Slider(
            "margin γ",
            low=0.02,
            high=0.5,
            start=0.1,
            step=0.01,
            recorded=(0.02, 0.05, 0.1, 0.2, 0.5),
        ),
        "points": Slider(
            "points", low=20, high=500, start=100, step=20, recorded=(20, 100, 200, 500)
        ),
        "order": Choice("order", ORDERS, start="random"),
        "basis": Toggle("basis vectors"),
        "moved": Moves(
            label="points moved", x=(-SIDE, SIDE), y=(-SIDE, SIDE), places=places
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 4.0),
    together=("margin", "points", "order"),
    also=(  # the basis vectors have no margin to set
        {
            "points": (20, 100, 200, 500),
            "order": ("random", "worst", "sorted"),
            "basis": (True,),
        },
    ),
    presets={
        "a narrow gap": {"margin": 0.02},
        "an adversary": {"margin": 0.02, "order": "worst"},
        "basis vectors": {"basis": True},
    },
)

"""What is seen of one of many nets while it folds the plane."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from nb_lib.draw import training
from nb_lib.numpy.activations import relu, sigmoid
from nb_lib.numpy.many_nets import solved
from nb_lib.numpy.train import has_diverged
from nb_lib.runs.training import Training
from nb_lib.sections.s09_03_mlp import planes as folds
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS

CELLS = 40
DOUBLINGS = 30  # of the power by which the widest direction outgrows the others
GRID = training.grid_points(low=folds.LOW, high=folds.HIGH, cells=CELLS)


def lattice(n=9, points=33):
    """Give n lines each way over the input plane as points (K, 2), nan between."""
    across, along = (np.linspace(folds.LOW, folds.HIGH, k) for k in (n, points))
    a, b = np.meshgrid(across, np.append(along, np.nan), indexing="ij")
    a = a + 0 * b  # nan in both
    return np.concatenate(
        [np.stack(pair, axis=-1).reshape(-1, 2) for pair in ((a, b), (b, a))]
    )


LATTICE = lattice()


def both_planes(w1, b1, w2, b2):
    """Return a Figure of input plane and hidden plane of a net with two hidden units.

    The net is relu(x @ w1 + b1) @ w2 + b2, cut at 1/2; shapes w1 (2, 2), b1 (2,),
    w2 (2,), b2 a number.
    """
    figure = Figure(figsize=(7.6, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    share = sigmoid(12 * (relu(GRID @ w1 + b1) @ w2 + b2 - 0.5))
    show = folds.input_plane(left, cells=CELLS)
    show(share.reshape(CELLS, CELLS), w1, b1, CORNERS, LABELS[:, 0])
    lattice, points = (relu(x @ w1 + b1) for x in (LATTICE, CORNERS))
    show = folds.hidden_plane(right, has_segments=True)
    show(lattice, points, LABELS[:, 0], w2, b2 - 0.5, ("$h_1$", "$h_2$"))
    return figure


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    share: np.ndarray  # (CELLS, CELLS), probability of label 1
    w: np.ndarray  # (2, h), of the first layer; nan where no unit has a crease
    b: np.ndarray  # (h,)
    lattice: np.ndarray  # (K, 2), images in the hidden plane
    points: np.ndarray  # (4, 2), images of the corners
    normal: np.ndarray  # (2,), of the separating line there
    offset: float
    names: tuple[str, str]  # of the axes of the hidden plane
    losses: np.ndarray  # (steps so far,), nats
    watched: np.ndarray  # (T,), the steps at which the norms were read
    delta_norms: np.ndarray  # (T, layers), of dL/dz
    grad_norms: np.ndarray  # (T, layers), of dL/dw
    right: np.ndarray  # (4,), probability of each corner's own label
    parameters: int
    seed: int
    solved: np.ndarray  # (SEEDS,), which seeds have all corners right by now
    diverged_at: int | None  # step


class Run(Training):
    """What has been seen of one seed so far, while all of them train."""

    is_over = False  # where this seed has diverged, the others train on

    def __init__(self, nets, seed, *, has_creases):
        super().__init__()
        self.nets, self.seed, self.grads = nets, seed, []
        self.has_creases = has_creases

    def take(self, step):
        """Note one ``ManyNetsStep``, of this seed alone; after it diverged, nothing."""
        if self.diverged_at:
            return
        self.losses.append(float(step.losses[self.seed]))
        if has_diverged(self.losses[-1]):
            self.diverged_at = step.count
        if step.delta_norms is not None:
            self.watched.append(step.count)
            self.norms.append(step.delta_norms[:, self.seed])
            self.grads.append(step.grad_norms[:, self.seed])

    def layer(self, number):
        """Return w (fan_in, fan_out) and b (fan_out,) of a layer of this seed's net."""
        params = self.nets.params
        return params[f"{number}.w"][self.seed], params[f"{number}.b"][self.seed, 0]

    def hidden(self, x):
        """Map x (N, 2) to the last hidden layer (N, h)."""
        for number in range(self.nets.depth - 1):
            w, b = self.layer(number)
            x = self.nets.f(x @ w + b)
        return x

    def frame(self):
        """Look through the net as it is now."""
        v, c = self.layer(self.nets.depth - 1)
        corners = self.hidden(CORNERS)
        basis, names = view(corners, v[:, 0])
        logits = corners @ v + c
        w, b = self.layer(0)
        return Frame(
            share=sigmoid(self.hidden(GRID) @ v + c).reshape(CELLS, CELLS),
            w=w.copy() if self.has_creases else np.full_like(w, np.nan),
            b=b.copy(),
            lattice=self.hidden(LATTICE) @ basis,
            points=corners @ basis,
            normal=v[:, 0] @ basis,
            offset=float(c[0]),
            names=names,
            losses=np.array(self.losses),
            watched=np.array(self.watched),
            delta_norms=np.array(self.norms),
            grad_norms=np.array(self.grads),
            right=sigmoid(logits * (2 * LABELS - 1))[:, 0],
            parameters=sum(p[0].size for p in self.nets.params.values()),
            seed=self.seed,
            solved=solved(self.nets, CORNERS, LABELS),
            diverged_at=self.diverged_at,
        )


def view(corners, v):
    """Choose two directions (h, 2) in which to look at a hidden layer, and name them.

    One unit is an axis, two are the plane itself. Of more we see the direction of the
    output weights v (h,), so that no point is on the wrong side of the line by the view
    alone, and across it the direction in which the corners (4, h) spread most.
    """
    h = len(v)
    if h == 1:
        return np.array([[1.0, 0.0]]), ("$h_1$", "(one unit: an axis)")
    if h == 2:
        return np.eye(2), ("$h_1$", "$h_2$")
    names = "along the output weights", "widest across them"
    length = np.linalg.norm(v)
    if not np.isfinite([*corners.flat, length]).all():
        return np.zeros((h, 2)), names
    first = v / length if length else np.eye(h)[0]
    rest = corners - corners.mean(axis=0)
    rest = rest - np.outer(rest @ first, first)
    second = widest(rest)
    second = second * np.sign(second[np.argmax(np.abs(second))])
    return np.stack([first, second], axis=1), names


def widest(rows):
    """Return the unit direction (h,) in which rows (N, h) around 0 spread most.

    It is their first right singular vector: the powers of their inner products become
    the projection on the first left one. Rows of zeros give the first axis.
    """
    greatest = np.max(np.abs(rows))
    if greatest == 0:
        return np.eye(rows.shape[1])[0]
    rows = rows / greatest
    powers = rows @ rows.T
    for _ in range(DOUBLINGS):
        powers = powers / np.max(powers)
        powers = powers @ powers
    direction = powers[np.argmax(np.sum(powers**2, axis=1))] @ rows
    return direction / np.linalg.norm(direction)

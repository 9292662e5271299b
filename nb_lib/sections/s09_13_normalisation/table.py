"""A small table of numbers and its normalised twin: who enters whose mean."""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.numpy import norms

MOST, GROUPS, SEED = 6, 2, 13  # rows and features at most
SEEN = 0.005  # a smaller change of an output is that of ε
LEVELS = np.array([2.0, -1.0, 0.5, -2.0, 1.0, 0.0])  # of the features
SIZES = np.array([0.5, 2.0, 1.0, 0.5, 1.5, 1.0])
NAMES = {
    "batch": "batch norm",
    "layer": "layer norm",
    "group": "group norm",
    "rms": "RMSNorm",
}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; cells that are not there hold nan."""

    norm: str
    is_changed: bool  # by the reader
    evaluates: bool
    x: np.ndarray  # (MOST, MOST), examples by features
    y: np.ndarray  # (MOST, MOST)
    pool: tuple  # left, low, width, height of what the marked cell is averaged over
    moved: np.ndarray  # (MOST, MOST), 1 where what the reader changed arrives
    of_features: np.ndarray  # (2, MOST), mean and standard deviation of y
    of_rows: np.ndarray  # (2, MOST)


def compute(norm, nudge, factor, offset, batch, features, mode, seen, momentum, eps):
    """Normalise the table; once more as it was, to see what the reader moves."""
    streams = np.random.default_rng(SEED).spawn(2)
    whole, earlier = drawn(streams[0], MOST), drawn(streams[1], MOST * int(seen))
    x = whole[:batch, :features] + offset
    plain = x.copy()
    x[0, 0] += nudge
    x[0] = factor * x[0]
    layer = made(norm, features, momentum, eps)
    if norm == "batch" and mode == "evaluation":
        for start in range(0, MOST * int(seen), MOST):
            rows = earlier[start : start + batch, :features]
            layer.forward(rows + offset)
        layer.training = False
    y, without = layer.forward(x), layer.forward(plain)
    moved = (np.abs(y - without) > SEEN).astype(float)
    return Frame(
        norm=norm,
        is_changed=nudge != 0 or factor != 1,
        evaluates=mode == "evaluation" and norm == "batch",
        x=padded(x),
        y=padded(y),
        pool=pool_of(norm, batch, features),
        moved=padded(moved),
        of_features=np.stack([line(y.mean(axis=0)), line(y.std(axis=0))]),
        of_rows=np.stack([line(y.mean(axis=1)), line(y.std(axis=1))]),
    )


def drawn(rng, rows):
    """Draw rows of six features, each with a level and a size of its own."""
    return LEVELS + SIZES * rng.normal(size=(rows, MOST))


def made(norm, features, momentum, eps):
    """Make the layer of a name."""
    if norm == "batch":
        return norms.BatchNorm(features, momentum=momentum, eps=eps)
    if norm == "layer":
        return norms.LayerNorm(features, eps=eps)
    if norm == "group":
        return norms.GroupNorm(features, groups=GROUPS, eps=eps)
    return norms.RMSNorm(features, eps=eps)


def pool_of(norm, batch, features):
    """Give the box of cells that are averaged for the cell at the top left."""
    if norm == "batch":
        return (0, 0, 1, batch)
    return (0, 0, features // GROUPS if norm == "group" else features, 1)


def padded(values):
    """Put a table into one of (MOST, MOST), the rest nan."""
    whole = np.full((MOST, MOST), np.nan)
    rows, columns = values.shape
    whole[:rows, :columns] = values
    return whole


def line(values):
    """Put values into an array (MOST,), the rest nan."""
    whole = np.full(MOST, np.nan)
    whole[: len(values)] = values
    return whole


def describe(frame):
    """Say the numbers that matter in one sentence."""
    there = np.isfinite(frame.y)
    cells = int(there.sum())
    moved = int(frame.moved[there].sum())
    name = NAMES[frame.norm]
    if frame.evaluates:
        start = "In evaluation batch norm takes its running numbers, not the batch's"
    else:
        pooled = frame.pool[2] * frame.pool[3]
        numbers = words.counted(pooled, "number")
        start = f"{name[0].upper()}{name[1:]} averages over {numbers} of "
        start += "a feature" if frame.norm == "batch" else "a row"
    if not frame.is_changed:
        return f"{start}."
    return f"{start}; your change moves {moved or 'none'} of the {cells} outputs."

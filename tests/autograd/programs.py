"""Random programs that run on our tensors and on PyTorch's alike.

A program is drawn while it runs on ours, because what can come next depends on the
shapes so far. It keeps its steps, so that PyTorch can walk through the same ones.
"""

from dataclasses import dataclass, field

import numpy as np
import torch

TOLERANCE = 1e-12
MOST = 50.0  # what grows beyond is left out: cancellation would eat the digits


@dataclass
class Program:
    """Arrays to start from, and steps: a function of values, and which ones it gets."""

    leaves: list
    steps: list = field(default_factory=list)
    seed: np.ndarray | None = None
    is_twice: bool = False


def draw(rng, tensor, length=9):
    """Draw a program of ``length`` steps; run it on the class ``tensor``."""
    shapes = [(3, 4), (4,), (3, 1), (1, 4), (), (2, 3, 4), (2, 1, 1)]
    picked = rng.choice(len(shapes), size=3, replace=False)
    program = Program([rng.uniform(-2, 2, size=shapes[i]) for i in picked])
    pool = [tensor(leaf) for leaf in program.leaves]
    starts = list(pool)
    while len(program.steps) < length:
        step, indices = STEPS[rng.integers(len(STEPS))](rng, pool)
        if step is None:
            continue
        result = step(np.asarray, *(pool[i] for i in indices))
        if result.data.size and np.abs(result.data).max() < MOST:
            program.steps.append((step, indices))
            pool.append(result)
    program.is_twice = bool(rng.integers(2))
    if rng.integers(2):
        program.seed = rng.normal(size=pool[-1].data.shape)
    return program, finish(program, pool, starts, np.asarray)


def replay(program, lift=torch.from_numpy):
    """Run a program on PyTorch's tensors."""
    starts = [torch.tensor(leaf, requires_grad=True) for leaf in program.leaves]
    pool = list(starts)
    for step, indices in program.steps:
        pool.append(step(lift, *(pool[i] for i in indices)))
    return finish(program, pool, starts, lift)


def finish(program, pool, starts, lift):
    """Walk back once or twice; return all values, and the gradients of the leaves."""
    end = pool[-1]
    if program.seed is None:
        end = sum((value * value).mean() for value in pool)
    for _ in range(1 + program.is_twice):
        if program.seed is None:
            end.backward(**retained(end))
        else:
            end.backward(lift(program.seed), **retained(end))
    return (
        [
            np.asarray(getattr(value, "detach", lambda v=value: v.data)())
            for value in pool
        ],
        [
            np.zeros(()) if leaf.grad is None else np.asarray(leaf.grad)
            for leaf in starts
        ],
    )


def retained(end):
    """PyTorch frees a graph after one walk unless it is told not to; ours does not."""
    return {"retain_graph": True} if isinstance(end, torch.Tensor) else {}


def differs(ours, theirs):
    """Whether any value or gradient is off by more than the tolerance, or missing."""
    for mine, its in zip(ours[0] + ours[1], theirs[0] + theirs[1], strict=True):
        if mine.shape != its.shape:
            return True
        scale = max(1.0, np.abs(its).max(initial=0.0))
        if not np.abs(mine - its).max(initial=0.0) <= TOLERANCE * scale:
            return True
    return False


def fits(a, b):
    """Whether two shapes can be broadcast together."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return all(m == n or 1 in (m, n) for m, n in pairs)


def pick(rng, pool, wanted=lambda shape: True):
    """Pick the place of a value whose shape is wanted, late ones more often."""
    places = [i for i, value in enumerate(pool) if wanted(value.data.shape)]
    if not places:
        return None
    return int(places[min(int(rng.exponential(3)), len(places) - 1) * -1 - 1])


def binary(formula):
    """Two values that broadcast, maybe one of them twice, or one and a constant."""

    def step(rng, pool):
        i = pick(rng, pool)
        shape = pool[i].data.shape
        kind = rng.integers(5)
        if kind == 0:
            number = float(rng.uniform(0.5, 2))
            return (lambda lift, x: formula(x, number)), (i,)
        if kind == 1:
            number = int(rng.integers(1, 4))
            return (lambda lift, x: formula(number, x)), (i,)
        if kind == 2:
            array = rng.uniform(0.5, 2, size=shape[-1:])
            return (lambda lift, x: formula(lift(array), x)), (i,)
        j = pick(rng, pool, lambda other: fits(shape, other))
        return (lambda lift, x, y: formula(x, y)), (i, j)

    return step


def unary(formula):
    """A formula of one value."""
    return lambda rng, pool: ((lambda lift, x: formula(x)), (pick(rng, pool),))


def positive(x):
    """Something positive, whatever came: a number stays, for 2 ** x."""
    return x if isinstance(x, float | int) else x * x + 0.5


def reduction(name):
    """A sum or a mean over one axis, two axes or all, with and without keepdims."""

    def step(rng, pool):
        i = pick(rng, pool)
        axes = rng.permutation(len(pool[i].data.shape))[: rng.integers(1, 3)]
        axis = tuple(map(int, axes)) or None
        axis = axis[0] - len(pool[i].data.shape) if axis and len(axis) == 1 else axis
        how = {"axis": axis, "keepdims": bool(rng.integers(2)) and axis is not None}
        if rng.integers(4) == 0:
            how = {}
        return (lambda lift, x: getattr(x, name)(**how)), (i,)

    return step


def product(rng, pool):
    """A value times a matrix or a stack of them, on either side."""
    i = pick(rng, pool, lambda shape: len(shape) > 1)
    if i is None:
        return None, ()
    rows, columns = pool[i].data.shape[-2:]
    stack = (2,) if rng.integers(3) == 0 and len(pool[i].data.shape) == 2 else ()
    if rng.integers(3) == 0:
        j = pick(rng, pool, lambda shape: len(shape) == 2 and shape[0] == columns)
        if j is not None:
            return (lambda lift, x, y: x @ y), (i, j)
    if rng.integers(2):
        right = rng.normal(size=(*stack, columns, 3)) / 2
        return (lambda lift, x: x @ lift(right)), (i,)
    left = rng.normal(size=(*stack, 4, rows)) / 2
    return (lambda lift, x: lift(left) @ x), (i,)


def reshaped(rng, pool):
    """The same entries in another shape, given as one tuple or as numbers."""
    i = pick(rng, pool)
    size = pool[i].data.size
    shape = [(size,), (1, size), (-1, 1), (2, size // 2)][rng.integers(4)]
    if np.prod(shape) not in (size, -1, -size):
        return None, ()
    if rng.integers(2):
        return (lambda lift, x: x.reshape(*shape)), (i,)
    return (lambda lift, x: x.reshape(shape)), (i,)


def transposed(rng, pool):
    """A matrix, its rows and columns swapped."""
    i = pick(rng, pool, lambda shape: len(shape) == 2)
    return (None, ()) if i is None else ((lambda lift, x: x.T), (i,))


def indexed(rng, pool):
    """A row, a slice, rows some of which are repeated, or where a mask is true."""
    i = pick(rng, pool, lambda shape: len(shape) > 0 and shape[0] > 0)
    if i is None:
        return None, ()
    length = pool[i].data.shape[0]
    rows = [int(n) for n in rng.integers(length, size=5)]
    key = [rows[0], slice(0, None, 2), rows, (..., rows[:1] * 3), None, 0][
        rng.integers(5)
    ]
    if isinstance(key, tuple):
        key = (..., [row % pool[i].data.shape[-1] for row in key[1]])
    return (lambda lift, x: x[key]), (i,)


STEPS = (
    binary(lambda x, y: x + y),
    binary(lambda x, y: x - y),
    binary(lambda x, y: x * y),
    binary(lambda x, y: x / (positive(y))),
    binary(lambda x, y: positive(x) ** y),
    unary(lambda x: x**2),
    unary(lambda x: -x),
    unary(lambda x: x.exp()),
    unary(lambda x: (x * x + 0.5).log()),
    unary(lambda x: x.tanh()),
    unary(lambda x: x.relu()),
    unary(lambda x: x * x + x),
    reduction("sum"),
    reduction("mean"),
    product,
    reshaped,
    transposed,
    indexed,
)

"""Exercises of 9.11, Vanishing and exploding gradients.

9.11.1  ``clip(dw, db, bound)`` -> ``(dw, db)``, clipped by the norm of both together.
        The 1e-6 that PyTorch adds to the norm may be there or not.
9.11.2  ``growth(blocks, gain)`` -> the factor by which the norm of the error signal is
        greater in front of so many residual blocks with a layer norm than behind them.
9.11.3  a tuple of four factors ``(dw2, dw3, dw4, delta3)``: what becomes of the norms
        when w2 is multiplied by 10 and w4 divided by 10 in a bias-free ReLU net.
9.11.4  ``settings``, a dict with ``gain`` and ``lr``: a hundred residual ReLU layers
        without normalisation or clipping that learn.
"""

import math

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_11_gradients.blocks_judge import judge_blocks

TEN = 10.0


def clip(dw, db, bound):
    """Multiply both by min(1, bound / norm), as ``torch.nn.utils.clip_grad_norm_``."""
    norm = math.sqrt(np.sum(dw**2) + np.sum(db**2))
    factor = min(1.0, bound / norm)
    return factor * dw, factor * db


def clip_cases():
    """Give long ones, short ones, and a pair of which each alone is short enough."""
    rng = np.random.default_rng(111)
    dw, db = rng.normal(size=(3, 5)), rng.normal(size=5)
    yield dw, db, 1.0
    yield 0.01 * dw, 0.01 * db, 1.0
    yield np.array([[3.0, 0.0]]), np.array([0.0, 4.0]), 4.5
    yield 1e3 * dw, 0 * db, 0.5


def _scaled(factor):
    """Give the answer that multiplies both by ``factor(dw, db, bound)``."""
    return lambda dw, db, bound: tuple(factor(dw, db, bound) * g for g in (dw, db))


def _norm(*arrays):
    return math.sqrt(sum(np.sum(a * a) for a in arrays))


def _each_alone(dw, db, bound):
    return tuple(g * min(1.0, bound / max(_norm(g), 1e-300)) for g in (dw, db))


def _by_value(dw, db, bound):
    return np.clip(dw, -bound, bound), np.clip(db, -bound, bound)


def growth(blocks, gain):
    """Give √(1 + gain² · blocks)."""
    return math.sqrt(1 + gain**2 * blocks)


def unbalanced():
    """Give the factors of ‖dL/dw2‖, ‖dL/dw3‖, ‖dL/dw4‖ and ‖dL/dz3‖."""
    return 1 / TEN, 1.0, TEN, 1 / TEN


def growth_cases():
    """Give depths and gains."""
    return [(1, 1.0), (9, 1.0), (49, 1.0), (20, 0.5), (100, 2.0)]


EXERCISES = (
    Exercise(
        "9.11.1",
        "Clip by norm",
        clip,
        clip_cases,
        outputs=("dw", "db"),
        slips={
            "each alone: there is one norm, over all gradients together": _each_alone,
            "by value: this cuts single numbers and so turns the direction": _by_value,
            "short gradients became longer: what is within the bound stays as it is": (
                _scaled(lambda dw, db, bound: bound / _norm(dw, db))
            ),
            "the root is missing: this divides by the square of the norm": _scaled(
                lambda dw, db, bound: min(1.0, bound / _norm(dw, db) ** 2)
            ),
            "a sum of two norms is not the norm of both together": _scaled(
                lambda dw, db, bound: min(1.0, bound / (_norm(dw) + _norm(db)))
            ),
            "the factor brings the norm to 1, not to the bound": _scaled(
                lambda dw, db, bound: (
                    1 / _norm(dw, db) if _norm(dw, db) > bound else 1.0
                )
            ),
            "only dw was shortened: one factor belongs to both": (
                lambda dw, db, bound: (dw * min(1.0, bound / _norm(dw, db)), db)
            ),
            "nothing was clipped": lambda dw, db, bound: (dw, db),
        },
        rtol=1e-5,
        lesson="PyTorch adds 1e-6 to the norm, so that nothing is divided by zero.",
        secrets=(r"max_norm ?/", r"bound ?/", r"c ?/ ?\\?\|", r"min\(1"),
    ),
    Exercise(
        "9.11.2",
        "What both switches leave",
        growth,
        growth_cases,
        slips={
            "the root is missing: this is the variance": (
                lambda blocks, gain: 1 + gain**2 * blocks
            ),
            "the square is missing: the variance carries gain**2": (
                lambda blocks, gain: math.sqrt(1 + gain * blocks)
            ),
            "this is without the norm: divide by the variance that the norm sees": (
                lambda blocks, gain: (1 + gain**2) ** (blocks / 2)
            ),
            "off by one: the first of the blocks divides by the 1 that enters": (
                lambda blocks, gain: math.sqrt(1 + gain**2 * (blocks - 1))
            ),
            "the half of ReLU twice: He's 2 has repaid it": (
                lambda blocks, gain: math.sqrt(1 + gain**2 * blocks / 2)
            ),
            "He's 2 without the half that ReLU lets through": (
                lambda blocks, gain: math.sqrt(1 + 2 * gain**2 * blocks)
            ),
            "the 1 that enters is missing": (
                lambda blocks, gain: gain * math.sqrt(blocks)
            ),
            "the wrong way round: the error signal comes from behind the blocks, and "
            "we ask for the longer end by the shorter": (
                lambda blocks, gain: 1 / math.sqrt(1 + gain**2 * blocks)
            ),
        },
        rtol=1e-3,
        lesson="So a hundred blocks cost a factor of ten where they cost 2**50 without "
        "the norm.",
        secrets=(r"telescop", r"sqrt\{?\(?1 ?\+", r"q_\{?l ?\+ ?1\}? ?/ ?q_"),
    ),
    Exercise(
        "9.11.3",
        "Two layers out of balance",
        unbalanced,
        outputs=("dw2", "dw3", "dw4", "delta3"),
        slips={
            "the wrong way round: where weights are larger, a change of them by the "
            "same amount matters less": (TEN, 1.0, 1 / TEN, 1 / TEN),
            "the error signal: the loss is the same, but z is ten times as large": (
                1 / TEN,
                1.0,
                TEN,
                1.0,
            ),
            "layer 3: its inputs are ten times as large, but its error signal is not": (
                1 / TEN,
                1 / TEN,
                TEN,
                1 / TEN,
            ),
            "layer 3: its error signal is a tenth, but its inputs are not": (
                1 / TEN,
                TEN,
                TEN,
                1 / TEN,
            ),
            "all the same: the outputs do not change, but the gradients do": (
                1.0,
                1.0,
                1.0,
                1.0,
            ),
        },
        rtol=1e-2,
        lesson="The sum of w times dL/dw stays the same in all layers, and the same as "
        "before.",
        secrets=(r"times ten|divided by ten|tenfold", r"\brescal", r"0\.1, ?1"),
    ),
    Exercise(
        "9.11.4",
        "A hundred layers without a norm",
        judge=judge_blocks,
        secrets=(
            r"gain=0\.[12]",
            r"1 ?/ ?(√|\\sqrt\{?)L",
            r"small(er)? (residual )?branch",
        ),
    ),
)

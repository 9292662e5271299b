"""Exercises of 9.6, Backpropagation derived.

9.6.1  ``backward(x, w, dy)`` -> dw, db, dx of y = x @ w.T + b, where a row of w belongs
       to a unit; shapes x (N, D), w (H, D), dy (N, H).
9.6.2  ``backward(x, h1, h2, w, dh2)`` -> dw, dx of h1 = tanh(x w), h2 = tanh(h1 w), one
       square matrix w used twice; shapes x, h1, h2, dh2 (N, D), w (D, D).
9.6.3  a pair of ratios, multiply-adds back to forward, for 784-512-512-10 and for the
       same net turned round, 10-512-512-784. Compared at 0.005.
9.6.4  the layers (of 100, equal and square) whose h is kept on the way forward, so that
       as few arrays as possible are in memory at once on the way back.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.sections.s09_06_backpropagation import counting
from nb_lib.sections.s09_06_backpropagation.checkpoints import judge_kept

WIDE = (784, 512, 512, 10)
NEAR = 0.005


def rows_are_units(x, w, dy):
    """Give dw = dyᵀ x, db = Σ dy and dx = dy w for y = x wᵀ + b."""
    return dy.T @ x, dy.sum(axis=0), dy @ w


def layer_cases():
    """Draw layers of different sizes, one of them square."""
    rng = np.random.default_rng(961)
    for n, d, h in ((3, 5, 4), (6, 2, 7), (4, 4, 4)):
        yield rng.normal(size=(n, d)), rng.normal(size=(h, d)), rng.normal(size=(n, h))


def used_twice(x, h1, h2, w, dh2):
    """Add what both uses of w give; the first one lies below the second."""
    dz2 = dh2 * (1 - h2**2)
    dz1 = (dz2 @ w.T) * (1 - h1**2)
    return x.T @ dz1 + h1.T @ dz2, dz1 @ w.T


def twice_cases():
    """Draw square matrices and the values that they make."""
    rng = np.random.default_rng(962)
    for n, d in ((3, 5), (6, 2), (4, 4)):
        x, w = rng.normal(size=(n, d)), rng.normal(size=(d, d))
        h1 = np.tanh(x @ w)
        h2 = np.tanh(h1 @ w)
        yield x, h1, h2, w, rng.normal(size=(n, d))


def _slip(*, slopes=(True, True), uses=(1, 1), turned=True, again=False, above=False):
    """Give what a reader gets who leaves something out, the lower layer first.

    Or who takes the tanh of h ``again``, or pairs each error with the h ``above`` it.
    """

    def wrong(x, h1, h2, w, dh2):
        back = w.T if turned else w
        f1, f2 = (np.tanh(h) if again else h for h in (h1, h2))
        dz2 = dh2 * (1 - f2**2) if slopes[1] else dh2
        dz1 = (dz2 @ back) * (1 - f1**2) if slopes[0] else dz2 @ back
        lower, upper = (h1, h2) if above else (x, h1)
        dw = uses[0] * lower.T @ dz1 + uses[1] * upper.T @ dz2
        return dw, dz1 @ back

    return wrong


def judge_ratios(answer):
    """Want (ratio of the net, ratio of the net turned round)."""
    try:
        pair = floats(answer)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,):
        raise Refused("The answer is a pair of ratios, (this net, turned round).")
    wanted = counting.ratio(WIDE), counting.ratio(WIDE[::-1])
    words = ("784-512-512-10", "10-512-512-784")
    for got, right, name in zip(pair, wanted, words, strict=True):
        if not abs(got - right) <= NEAR:
            way = "more" if right > got else "less"
            hint = "Which product is not needed, and in which layer?"
            if got < right:
                hint = "Every layer needs its dw, and which need δ wᵀ as well?"
            finding = f"{name} costs {way} than you predict."
            if np.allclose(pair[::-1], wanted, atol=NEAR):
                hint = "You have swapped the two nets."
            elif abs(got - 2) <= NEAR:
                hint = "This would also send an error to the data."
            elif abs(got - right - 1) <= NEAR:
                hint = "This counts the forward pass as well."
            return False, finding, hint
    return (
        True,
        "Both ratios are right.",
        "The same weights and the same forward pass, but turned round the net has its "
        "heavy layer at the end, where the error has to pass through it.",
    )


EXERCISES = (
    Exercise(
        "9.6.1",
        "Rows are units",
        rows_are_units,
        layer_cases,
        outputs=("dw", "db", "dx"),
        slips={
            "dw has the shape of w: this one is transposed": (
                lambda x, w, dy: (x.T @ dy, dy.sum(axis=0), dy @ w)
            ),
            "dx: w is transposed once too often, which only a square w allows": (
                lambda x, w, dy: (
                    dy.T @ x,
                    dy.sum(axis=0),
                    dy @ w.T if w.shape[0] == w.shape[1] else dy @ w,
                )
            ),
            "db: the batch is averaged here once more; dy contains its 1/N": (
                lambda x, w, dy: (dy.T @ x, dy.mean(axis=0), dy @ w)
            ),
            "db: add over the examples, not over the units": (
                lambda x, w, dy: (dy.T @ x, dy.sum(axis=1), dy @ w)
            ),
        },
        lesson="With rows and columns of w exchanged, each of the two products has its "
        "transpose elsewhere, and the shapes alone could have led you there.",
        secrets=(r"dy\.T ?@ ?x", r"dy\^\\top\s*x", r"x\\?,?w\^\\top \+ b"),
    ),
    Exercise(
        "9.6.2",
        "One matrix, used twice",
        used_twice,
        twice_cases,
        outputs=("dw", "dx"),
        slips={
            "only the lower use of w is there: it acts a second time above": _slip(
                uses=(1, 0)
            ),
            "only the upper use of w is there: it acts a second time below": _slip(
                uses=(0, 1)
            ),
            "both slopes of tanh are missing": _slip(slopes=(False, False)),
            "the slope of the lower tanh is missing": _slip(slopes=(False, True)),
            "the slope of the upper tanh is missing": _slip(slopes=(True, False)),
            "1 - tanh(h)²: h is the tanh already, so its slope is 1 - h²": _slip(
                again=True
            ),
            "back through w without a transpose, which only a square w allows": _slip(
                turned=False
            ),
            "an error is paired with the h below its layer, not above": _slip(
                above=True
            ),
        },
        lesson="A recurrent network uses one matrix in every step of time, and its "
        "gradient is such a sum with a term for each step.",
        secrets=(
            r"used? twice",
            r"shared weights?",
            r"x\.T ?@ ?dz1 ?\+",
            r"recurrent",
        ),
    ),
    Exercise(
        "9.6.3",
        "The same net, turned round",
        judge=judge_ratios,
        secrets=(r"512-512", r"1\.39|1\.40|1\.99", r"turned round", r"668[,.]?672"),
    ),
    Exercise(
        "9.6.4",
        "A hundred layers, and little memory",
        judge=judge_kept,
        secrets=(r"checkpoint", r"recomput", r"comput\w* (it|them|anew)", r"13 arrays"),
    ),
)

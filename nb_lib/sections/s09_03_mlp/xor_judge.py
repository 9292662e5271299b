"""The judge of 9.3.1: it sends the four corners through the reader's two units."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS

XOR = LABELS[:, 0]
SHAPES = {"w1": (2, 2), "b1": (2,), "w2": (2,), "b2": ()}
KNOWN = {  # what another truth table says about the slip
    (1, 0, 0, 1): "This is XNOR, the opposite: its outputs are 1 minus those wanted",
    (0, 1, 1, 1): "This is OR: what takes the corner 11 back down to 0 is missing",
    (0, 0, 0, 1): "This is AND: it should be taken away from OR, not stand alone",
    (1, 1, 1, 0): "This is NAND: the corner 00 should give 0 as well",
    (0, 1, 1, 2): "This is the sum x1 + x2: the second unit is off where x1 + x2 = 2",
}


def judge_xor(answer):
    """Want (w1, b1, w2, b2) with ReLU(x @ w1 + b1) @ w2 + b2 = XOR, exactly."""
    w1, b1, w2, b2 = arrays(answer)
    h = np.maximum(CORNERS @ w1 + b1, 0)
    y = h @ w2 + b2
    wrong = np.flatnonzero(np.abs(y - XOR) > 1e-6)
    if not len(wrong):
        return True, "All four corners come out exactly.", lesson(h)
    row = wrong[0]
    x1, x2 = CORNERS[row].astype(int)
    finding = f"x = ({x1}, {x2}): wanted {XOR[row]:.0f}, got {y[row]:.4g}"
    hidden = ", ".join(f"{value:.4g}" for value in h[row])
    return False, f"{finding} (hidden units: {hidden}).", slip(y, w1, b1, w2, b2)


def arrays(answer):
    """Turn the answer into four arrays of the right shapes, or say what was wanted."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise Refused("The answer is a tuple (w1, b1, w2, b2).")
    found = []
    for (name, shape), value in zip(SHAPES.items(), answer, strict=True):
        try:
            array = floats(value)
        except (TypeError, ValueError):
            raise Refused(f"{name} wants numbers.") from None
        if array.size != np.prod(shape) or (name == "w1" and array.shape != shape):
            raise Refused(f"{name} wants the shape {shape}, got {array.shape}.")
        if not np.isfinite(array).all():
            raise Refused(f"{name} wants finite numbers.")
        found.append(array.reshape(shape))
    return found


def slip(y, w1, b1, w2, b2):
    """Name what the outputs look like."""
    table = tuple(int(v) if float(v).is_integer() else None for v in y)
    if table in KNOWN:
        return f"{KNOWN[table]}."
    others = {
        "w1 is transposed: its rows are the inputs, its columns the units": (
            np.maximum(CORNERS @ w1.T + b1, 0) @ w2 + b2
        ),
        "these are weights for threshold units; ReLU has no ceiling at 1": (
            np.where(CORNERS @ w1 + b1 >= 0, 1, 0) @ w2 + b2
        ),
        "the sign of a bias: b1 is added, not subtracted": (
            np.maximum(CORNERS @ w1 - b1, 0) @ w2 + b2
        ),
        "b2 shifts every corner alike": y - y[0],
    }
    for words, outputs in others.items():
        if np.allclose(outputs, XOR):
            return f"Likely: {words}."
    if np.array_equal(y > 0.5, XOR > 0.5):
        return "The right side of 1/2 everywhere, but exactly 0 and 1 were wanted."
    return "Try one unit that sees x1 + x2, and one that wakes where it passes 1."


def lesson(h):
    """Tell which corners the hidden layer has laid on each other."""
    if np.allclose(h[1], h[2]):
        return "Your layer lays 01 on 10 and bends the rest: then a line is enough."
    if np.allclose(h[0], h[3]):
        return "Your layer lays 00 on 11 and parts the rest: then a line is enough."
    return "In your hidden plane the line w2·h + b2 = 1/2 tells the classes apart."

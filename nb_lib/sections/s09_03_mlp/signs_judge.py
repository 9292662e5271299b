"""The judge of 9.3.1: it sends the four pairs of signs through the reader's units."""

import numpy as np

from nb_lib.book.exercises.reading import Refused, floats
from nb_lib.sections.s09_03_mlp.corners import CORNERS

SIGNS = 2 * CORNERS - 1
PRODUCT = SIGNS[:, 0] * SIGNS[:, 1]
SHAPES = {"w1": (2, 2), "b1": (2,), "w2": (2,), "b2": ()}
KNOWN = {  # what other outputs say about the slip
    (-1, 1, 1, -1): "This is the product with the wrong sign: flip the signs of "
    "w2 and b2",
    (0, 0, 0, 0): "All corners get 0. Weights for inputs 0 and 1? Here x1 + x2 is -2, "
    "0 or 2",
    (2, 0, 0, 2): "This is the product plus 1: the output has a bias too",
    (1, 0, 0, 1): "This is XNOR as 0 and 1; here the outputs are -1 and 1",
    (0, 1, 1, 0): "This is XOR as 0 and 1; here unlike signs should give -1",
    (-2, 0, 0, 2): "This is the sum x1 + x2: no unit bends it yet",
    (
        0,
        0,
        0,
        2,
    ): "One unit is awake at (1, 1) alone; the other should wake at (-1, -1)",
}


def judge_signs(answer):
    """Want (w1, b1, w2, b2) with ReLU(x @ w1 + b1) @ w2 + b2 = x1 x2 for signs."""
    w1, b1, w2, b2 = arrays(answer)
    h = np.maximum(SIGNS @ w1 + b1, 0)
    y = h @ w2 + b2
    wrong = np.flatnonzero(np.abs(y - PRODUCT) > 1e-6)
    if not len(wrong):
        return True, "All four products come out exactly.", lesson(h)
    row = wrong[0]
    x1, x2 = SIGNS[row].astype(int)
    finding = f"x = ({x1}, {x2}): wanted {PRODUCT[row]:.0f}, got {y[row]:.4g}"
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
            np.maximum(SIGNS @ w1.T + b1, 0) @ w2 + b2
        ),
        "the sign of a bias: b1 is added, not subtracted": (
            np.maximum(SIGNS @ w1 - b1, 0) @ w2 + b2
        ),
        "b2 shifts all outputs alike": y - y[0] + 1,
        "a factor in w2: the outputs are too far apart or too near": (
            y * 2 / np.ptp(y) if np.ptp(y) else y
        ),
    }
    for words, outputs in others.items():
        if np.allclose(outputs, PRODUCT):
            return f"Likely: {words}."
    if np.array_equal(np.sign(y), PRODUCT):
        return "The right sign everywhere, but exactly -1 and 1 were wanted."
    return (
        "Like signs have x1 + x2 = 2 or -2, unlike signs 0: which ramps tell these "
        "apart?"
    )


def lesson(h):
    """Say which corners the hidden layer has laid on each other."""
    if np.allclose(h[1], h[2]):
        return "Your layer lays the two pairs of unlike signs on each other."
    if np.allclose(h[0], h[3]):
        return "Your layer lays the two pairs of like signs on each other."
    return "In your hidden plane the line w2·h + b2 = 0 separates the classes."

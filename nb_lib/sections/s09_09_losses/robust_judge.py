"""The judge of 9.9.4: a line settles under the reader's loss, on many sets."""

import numpy as np

from nb_lib.book.exercises.answer import Answer
from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, is_sequence, real

SETS, READINGS, SHARE = 40, 40, 0.35
NOISE = 0.3  # of the honest readings
LEAST, MOST = 5.0, 20.0  # how far the others lie off
MIDDLE, BAD = 0.15, 0.3  # wanted: the median miss, and that of nine sets in ten
WHERE = np.linspace(0, 10, 21)
WANTED = "The answer is a function that returns (value, gradient)"
SLOW = "Your loss takes too long: use arrays, no loops."


def judge_robust(answer):
    """Want a loss under which the line is hardly misled; tell how far off it is."""
    if not callable(answer):
        raise Refused(f"{WANTED}, without calling it.")
    loss = Answer(answer)
    check_gradient(loss)
    misses = [miss(loss, number) for number in watched(range(SETS), SETS)]
    middle, bad = float(np.median(misses)), float(np.quantile(misses, 0.9))
    finding = (
        f"In the middle one of {SETS} sets the line is {middle:.3f} off, and in nine "
        f"of ten at most {bad:.3f}."
    )
    if middle <= MIDDLE and bad <= BAD:
        return True, finding, "Your own number is the record to beat."
    hint = "The wrong readings all lie on one side: what gives them less weight?"
    if middle > 1:
        hint = "The wrong readings win: how hard may one pull that is 10 off?"
        if lets_go(loss):
            hint = (
                "A reading that is 10 off hardly pulls, and at the start almost all "
                "are far off: some lines never leave it. Try a greater width."
            )
    elif middle <= MIDDLE:
        hint = "It is good where it works, but from some starts it gets lost."
    return False, finding, f"Wanted are {MIDDLE} and {BAD}. {hint}"


def readings(number):
    """Draw x and t (40,) on a line a + b x; a third of t is far too high."""
    rng = np.random.default_rng(number)
    x = rng.uniform(0, 10, READINGS)
    a, b = rng.uniform(-3, 3, 2)
    t = a + b * x + rng.normal(scale=NOISE, size=READINGS)
    wrong = rng.permutation(READINGS)[: round(SHARE * READINGS)]
    t[wrong] += rng.uniform(LEAST, MOST, size=len(wrong))
    return x, t, a, b


def miss(loss, number):
    """Descend from the line of least squares; give the rms distance to the truth."""
    from scipy.optimize import minimize

    x, t, a, b = readings(number)
    columns = np.stack([np.ones(READINGS), (x - 5) / 3], axis=1)
    start = np.linalg.lstsq(columns, t, rcond=None)[0]

    def value_and_slopes(w):
        value, gradient = asked(loss, columns @ w, t)
        return value, columns.T @ gradient

    with np.errstate(all="ignore"):
        w = minimize(value_and_slopes, start, jac=True, options={"maxiter": 200}).x
    found = w[0] + w[1] * (WHERE - 5) / 3
    off = float(np.sqrt(np.mean((found - a - b * WHERE) ** 2)))
    return off if np.isfinite(off) else np.inf


def lets_go(loss):
    """Whether an error of 10 pulls with less than a twentieth of the hardest pull."""
    errors = np.array([10.0, 5.0, 3.0, 1.0, 0.5, 0.2])
    pulls = np.abs(asked(loss, errors, np.zeros(len(errors)))[1])
    return pulls[0] < 0.05 * pulls.max()


def check_gradient(loss):
    """Want dL/dy along a random direction to be the slope that a step sees."""
    y, t, v = np.random.default_rng(0).normal(size=(3, 7))
    t[0] += 15.0
    value, gradient = asked(loss, y, t)
    if not np.isfinite(value):
        raise Refused(f"Your value is {value} where a finite number was wanted.")
    slope = gradient @ v
    for h, within in ((1e-6, 1e-4), (3e-3, 1e-2)):  # the second for float32
        up, down = (asked(loss, y + s * h * v, t)[0] for s in (1, -1))
        wanted = (up - down) / (2 * h)
        if abs(slope - wanted) <= within * max(abs(wanted), 0.01):
            return
    raise Refused(
        "Your gradient is not the slope of your value: along one direction the "
        f"value climbs by {wanted:.4g}, the gradient says {slope:.4g}."
    )


def asked(loss, y, t):
    """Call the reader's loss on copies; return its value and its gradient (N,)."""
    pair = loss.told(y.copy(), t.copy(), slow=SLOW)
    value = real(pair[0]) if is_sequence(pair, 2) else None
    if value is None:
        raise Refused(f"{WANTED}, a number and an array of the predictions' shape.")
    gradient = np.asarray(pair[1])
    if gradient.shape != y.shape:
        raise Refused(f"{WANTED}; the gradient came with shape {gradient.shape}.")
    if gradient.dtype.kind not in "fiu":
        raise Refused(f"{WANTED}; the gradient holds {gradient.dtype}, not numbers.")
    return float(value), gradient.astype(float)

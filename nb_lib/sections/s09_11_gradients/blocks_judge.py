"""The judge of 9.11.4: a hundred residual ReLU layers, no normalisation, no clipping.

It trains as the explorer does, with its seed and its 60 steps, and takes the mean of
the last ten losses.
"""

import math
from collections import deque

from nb_lib.book.exercises.settings import completed
from nb_lib.words import diverged

MOST = 1.9  # nats: what a gain of 1/√100 reaches, with several seeds
STEEP = 30  # growth of the error signal that costs the training, whatever the rate
CLEAR = 0.02  # nats that another rate has to gain
RULES = {"gain": (1.0, 0.001, 3.0), "lr": (0.1, 1e-5, 3.0)}
REST = {
    "depth": 100,
    "activation": "relu",
    "init": "he_normal",
    "residual": True,
    "norm": "none",
    "clip": False,
    "bound": 1.0,
}


def judge_blocks(settings):
    """Train with the gain and the rate chosen; judge by the loss at the end."""
    chosen = completed(settings, RULES)
    frame = trained(**chosen)
    if frame.diverged_at is not None:
        return False, f"Training {diverged(frame.diverged_at)}. {hint(frame, **chosen)}"
    loss = last_loss(frame)
    finding = f"The last ten losses are {loss:.2f} nats on average"
    if not loss <= MOST:
        wanted = f"{MOST} or less was wanted"
        return False, f"{finding}; {wanted}. {hint(frame, **chosen)}"
    return True, (
        f"{finding}. Without a norm the start has to do what the norm does: keep the "
        "sum of a hundred layers as small as its first term."
    )


def trained(gain, lr):
    """Give the last frame of the explorer's training."""
    from nb_lib.sections.s09_11_gradients.explorer import compute

    (last,) = deque(compute(**REST, gain=gain, lr=lr), maxlen=1)
    return last()


def last_loss(frame):
    """Return the mean of the last ten losses, in nats; infinity after divergence."""
    return math.inf if frame.diverged_at is not None else frame.losses[-10:].mean()


def hint(frame, gain, lr):
    """Say what to look at next, and no more.

    Whether a rate is too high cannot be seen from one run, since a hundred layers
    leap now and then at a good rate as well: so other rates are tried.
    """
    ratio = frame.first_deltas[0] / frame.first_deltas[-1]
    if ratio > STEEP:
        return (
            f"At step 1 the error signal grows {ratio:.0e} times on its way: by how "
            "much may one layer let it grow, if a hundred of them come in a row?"
        )
    start = f"At step 1 the error signal grows only {ratio:.1f} times on its way"
    mine = last_loss(frame)
    lower = min(last_loss(trained(gain, lr * part)) for part in (0.1, 0.5))
    higher = min(last_loss(trained(gain, lr * part)) for part in (2, 10, 100))
    if mine == math.inf or lower < min(mine - CLEAR, higher):
        return f"{start}, but the steps are too long: a lower rate would do better."
    if higher < mine - CLEAR:
        return f"{start}, and the steps are short: a higher rate would do better."
    return (
        f"{start}, and neither a lower nor a higher rate would do clearly better: may "
        "each layer add a little more?"
    )

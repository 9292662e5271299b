"""The judge of 9.11.4: a hundred residual ReLU layers, no normalisation, no clipping.

It trains as the explorer does, with its seed and its 60 steps, and takes the mean of
the last ten losses.
"""

from collections import deque

from nb_lib.book.exercises.settings import completed
from nb_lib.words import diverged

MOST = 1.9  # nats: what a gain of 1/√100 reaches, with several seeds
STEEP = 30  # growth of the error signal that costs the training, whatever the rate
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
    from nb_lib.sections.s09_11_gradients.explorer import compute

    chosen = completed(settings, RULES)
    (last,) = deque(compute(**REST, **chosen), maxlen=1)
    frame = last()
    if frame.diverged_at is not None:
        return False, f"Training {diverged(frame.diverged_at)}. {hint(frame)}"
    loss = frame.losses[-10:].mean()
    finding = f"The last ten losses are {loss:.2f} nats on average"
    if not loss <= MOST:
        return False, f"{finding}; {MOST} or less was wanted. {hint(frame)}"
    return True, (
        f"{finding}. Without a norm the start has to do what the norm does: keep the "
        "sum of a hundred layers as small as its first term."
    )


def hint(frame):
    """Say what to look at next, and no more."""
    ratio = frame.first_deltas[0] / frame.first_deltas[-1]
    if ratio > STEEP:
        return (
            f"At step 1 the error signal grows {ratio:.0e} times on its way: by how "
            "much may one layer let it grow, if a hundred of them come in a row?"
        )
    worst = frame.losses.max()
    if not worst < 1.3 * frame.losses[0]:
        return (
            f"At step 1 the error signal grows only {ratio:.1f} times on its way, but "
            f"the loss leaps up to {worst:.3g}: are these steps too long?"
        )
    return (
        f"At step 1 the error signal grows {ratio:.1f} times on its way, which is no "
        "harm, and the loss makes no leaps: are longer steps possible?"
    )

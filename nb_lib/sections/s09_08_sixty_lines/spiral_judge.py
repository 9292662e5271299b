"""The judge of 9.8.4: train on the spirals of 1988, three full turns each.

Alexis Wieland's program, as it lies in the benchmark collection of Carnegie Mellon
University: point i has the angle i π/16 and the radius 6.5 (104 - i) / 104, i = 0 to
96; the second spiral is the first one turned by 180 degrees.
"""

from itertools import islice, pairwise
from math import ceil

import numpy as np

from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.settings import completed
from nb_lib.words import diverged

LEAST, PERIOD = 0.97, 50  # share between the points; steps between two looks
ACTIVATIONS = ("tanh", "relu", "leaky_relu", "sigmoid")
SCHEMES = ("xavier_normal", "he_normal", "lecun_normal", "torch_default", "zeros")
RULES = {
    "width": (16, 1, 64),
    "depth": (2, 1, 8),
    "activation": ("tanh", ACTIVATIONS),
    "init": ("xavier_normal", SCHEMES),
    "lr": (0.1, 1e-4, 10.0),
    "momentum": (0.9, 0.0, 0.99),
    "batch": (97, 1, 194),
    "scale": (1.0, 0.01, 10.0),
    "steps": (3000, 1, 3000),
}


def spirals_of_1988(places):
    """Give the points of both spirals at these places i, (2 places, 2), and labels."""
    angle, radius = np.pi / 16 * places, 6.5 * (104 - places) / 104
    arm = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return np.concatenate([arm, -arm]), np.repeat([1, 0], len(places))


POINTS = np.arange(97.0)
BETWEEN = POINTS[:-1] + 0.5


def judge_spiral(settings):
    """Train on the 194 points; judge on them and on the 192 places between them."""
    chosen = completed(settings, RULES)
    steps, learnt, between, lost = trained(chosen)
    if lost:
        return False, f"Training {diverged(steps)}: lower lr or momentum."
    epochs = steps / ceil(2 * len(POINTS) / chosen["batch"])  # the last batch is short
    finding = (
        f"{learnt:.0%} of the 194 points and {between:.1%} of the 192 places between "
        f"them after {steps:,} steps, {epochs:,.0f} epochs, "
        f"with {parameters(chosen):,} parameters"
    )
    if learnt < 1 or between < LEAST:
        return False, f"{finding}; all points and 97% were wanted. {hint(chosen)}"
    return True, f"{finding}. Wieland's own program took 150,000 to 200,000 epochs."


def sizes(chosen):
    """Give the sizes of all layers, from the two coordinates to the two classes."""
    return (2, *[chosen["width"]] * chosen["depth"], 2)


def parameters(chosen):
    """Count the weights and biases."""
    return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes(chosen)))


def trained(chosen):
    """Train until both shares are reached or the steps are over.

    Returns the steps taken, both shares, and whether the training has diverged.
    """
    from nb_lib.numpy import init
    from nb_lib.numpy.sixty_lines import MLP, fit
    from nb_lib.numpy.train import accuracy, has_diverged

    weights, order = np.random.default_rng(84).spawn(2)
    how = {"activation": chosen["activation"], "init": getattr(init, chosen["init"])}
    model = MLP(sizes(chosen), rng=weights, **how)
    sets = [spirals_of_1988(places) for places in (POINTS, BETWEEN)]
    sets = [(chosen["scale"] * x, labels) for x, labels in sets]
    how = {"lr": chosen["lr"], "momentum": chosen["momentum"]}
    losses = fit(model, *sets[0], rng=order, batch_size=chosen["batch"], **how)
    most = chosen["steps"]
    for step, loss in enumerate(watched(islice(losses, most), most), start=1):
        if has_diverged(loss):
            return step, 0.0, 0.0, True
        if step % PERIOD == 0 or step == most:
            shares = [accuracy(model, *pair) for pair in sets]
            if shares[0] == 1 and shares[1] >= LEAST:
                break
    return step, *shares, False


def hint(chosen):
    """Say what to look at next, and no more."""
    if chosen["init"] == "zeros":
        return "Units that start alike stay alike: draw the weights."
    if chosen["depth"] < 2 or chosen["width"] < 12:
        return "Three turns want a wider or deeper network."
    if chosen["activation"] == "sigmoid":
        return "Look at what the delta norms of sigmoid layers do in the explorer."
    return "Change one setting at a time, and look at the loss it ends with."

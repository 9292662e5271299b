"""The judge of 9.8.3: train the settings for 400 steps on the spiral."""

import numpy as np

from nb_lib.book.exercises.settings import completed, first_divergence
from nb_lib.words import diverged

STEPS = 400
LEAST = 0.97
ACTIVATIONS = ("tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid")
SCHEMES = ("xavier_normal", "he_normal", "lecun_normal", "torch_default", "zeros")
RULES = {
    "width": (32, 1, 32),
    "depth": (3, 1, 8),
    "lr": (0.1, 1e-4, 10.0),
    "batch": (32, 1, 300),
    "activation": ("tanh", ACTIVATIONS),
    "init": ("xavier_normal", SCHEMES),
}


def judge_spiral(settings):
    """Train with plain SGD on 300 points, judge on 500 fresh ones."""
    chosen = completed(settings, RULES)
    reached, diverged_at = trained(chosen)
    if diverged_at:
        return False, f"Training {diverged(diverged_at)}: lower lr."
    finding = f"{100 * reached:.1f} % of 500 fresh points after {STEPS} steps"
    if reached < LEAST:
        return False, f"{finding}; wanted {100 * LEAST:.0f} %. {hint(reached, chosen)}"
    return True, f"{finding} ({100 * LEAST:.0f} % were wanted)."


def trained(chosen):
    """Give the accuracy on fresh points and the step of divergence, if any."""
    from nb_lib.data import minibatches, spirals
    from nb_lib.numpy.losses import cross_entropy
    from nb_lib.numpy.models import MLP
    from nb_lib.numpy.optimisers import SGD
    from nb_lib.numpy.train import accuracy, descend

    model_rng, data_rng, batch_rng = np.random.default_rng(83).spawn(3)
    x, labels = spirals(300, rng=data_rng)
    how = {name: chosen[name] for name in ("activation", "init")}
    hidden = (chosen["width"],) * chosen["depth"]
    model = MLP((2, *hidden, 2), rng=model_rng, **how)
    batches = minibatches(x, labels, chosen["batch"], rng=batch_rng)
    optimiser = SGD(model.params, lr=chosen["lr"])
    run = descend(model, cross_entropy, batches, optimiser, watch=STEPS)
    diverged_at = first_divergence(run, STEPS)
    return accuracy(model, *spirals(500, rng=data_rng)), diverged_at


def hint(reached, chosen):
    """Say what to try next."""
    if chosen["init"] == "zeros":
        return "Units that start equal stay equal: draw the weights."
    if chosen["depth"] < 2 or chosen["width"] < 16:
        return "A spiral wants a wider or deeper network."
    if reached < 0.55:
        return "That is chance: lr is too large, or too little gradient comes through."
    return "The boundary is still nearly straight: look for settings that learn faster."

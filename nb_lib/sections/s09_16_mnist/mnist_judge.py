"""The judge of 9.16.4: train the settings, judge them on held-out training images."""

from itertools import pairwise

import numpy as np

from nb_lib.book.exercises.reading import Refused, is_sequence, whole
from nb_lib.book.exercises.settings import completed, first_divergence
from nb_lib.book.exercises.showing import shown_briefly
from nb_lib.words import diverged

ACTIVATIONS = ("relu", "tanh", "sigmoid", "leaky_relu", "elu", "gelu", "silu")
SCHEMES = ("he_normal", "he_uniform", "xavier_normal", "xavier_uniform", "lecun_normal")
RULES = {
    "activation": ("relu", ACTIVATIONS),
    "init": ("he_normal", SCHEMES),
    "lr": (0.05, 1e-4, 3.0),
    "momentum": (0.9, 0.0, 0.99),
    "batch": (64, 8, 512),
    "epochs": (3, 1, 20),
}
MOST_PARAMETERS, MOST_LAYERS = 40_000, 8
TARGETS = {"full": 0.97, "subset": 0.91}
HELD = {"full": 10_000, "subset": 1000}  # training images held out, the last ones
FEWEST = {
    "full": 22_614,
    "subset": 19_090,
}  # parameters that have done it
WORDS = {"full": "full MNIST", "subset": "shipped subset"}


def judge_mnist(settings):
    """Train with SGD on some training images, judge on those that were held out."""
    from nb_lib.data import mnist_source
    from nb_lib.numpy.train import accuracy

    source = mnist_source()
    least = TARGETS[source]
    chosen, sizes = network_of(settings)
    n = sum((m + 1) * n for m, n in pairwise(sizes))
    if n > MOST_PARAMETERS:
        return False, f"{n:,} parameters are too many: at most {MOST_PARAMETERS:,}."
    fit, (x_held, labels_held) = parts(source)
    model, diverged_at = trained(sizes, chosen, fit)
    if diverged_at:
        return False, f"Training {diverged(diverged_at)}: lower lr or momentum."
    reached = accuracy(model, x_held, labels_held)
    finding = (
        f"{100 * reached:.2f}% of {len(labels_held):,} held-out training images, "
        f"{n:,} parameters"
    )
    if reached < least:
        finding += f"; wanted {100 * least:.0f}% ({WORDS[source]})"
        return False, f"{finding}. {hint(reached, chosen)}"
    finding += f" ({WORDS[source]}; {100 * least:.0f}% were wanted)"
    return True, f"{finding}.", f"We know of {FEWEST[source]:,}. Can you do with fewer?"


def parts(source):
    """Split the training images: x and labels to fit, x and labels held out.

    No test image takes part, because who tries settings chooses by what is reported.
    """
    from nb_lib.data import load_mnist, mnist_subset

    (x, labels), _ = load_mnist() if source == "full" else mnist_subset()
    x, fit = x.astype("float32"), HELD[source]
    return (x[:-fit], labels[:-fit]), (x[-fit:], labels[-fit:])


def network_of(settings):
    """Complete the settings; give them and the sizes of the network."""
    chosen = completed(settings, {"hidden": ((16,),), **RULES})
    hidden = chosen.pop("hidden")
    widths = [whole(v) for v in (hidden if is_sequence(hidden) else [hidden])]
    if not all(widths) or min(widths, default=1) < 1:
        finding = f"got {shown_briefly(hidden)}"
        raise Refused(f"hidden is a tuple of widths such as (32, 16), {finding}.")
    if len(widths) > MOST_LAYERS:
        finding = f"got {len(widths):,}"
        raise Refused(f"hidden has at most {MOST_LAYERS} layers, {finding}.")
    return chosen, (784, *widths, 10)


def trained(sizes, chosen, fit):
    """Train in float32 while the rate falls to zero.

    Returns the network and the step of divergence, if any.
    """
    from nb_lib.data import minibatches
    from nb_lib.numpy.losses import cross_entropy
    from nb_lib.numpy.models import MLP
    from nb_lib.numpy.optimisers import SGD
    from nb_lib.numpy.train import descend

    model_rng, data_rng = np.random.default_rng(163).spawn(2)
    how = {name: chosen[name] for name in ("activation", "init")}
    model = MLP(sizes, rng=model_rng, dtype="float32", **how)
    optimiser = SGD(model.params, lr=chosen["lr"], momentum=chosen["momentum"])
    batches = minibatches(*fit, chosen["batch"], rng=data_rng)
    steps = chosen["epochs"] * -(-len(fit[0]) // chosen["batch"])
    run = descend(model, cross_entropy, batches, optimiser, watch=steps)
    diverged_at = first_divergence(falling(run, optimiser, steps), steps)
    return model, diverged_at


def falling(run, optimiser, steps):
    """Pass the steps on; after each one the rate falls, to zero in a straight line."""
    start = optimiser.lr
    for step in run:
        optimiser.lr = start * (1 - step.count / steps)
        yield step


def hint(reached, chosen):
    """Say what to try next."""
    if reached < 0.2:
        return "That is chance: lr is far too large, or far too small."
    if chosen["lr"] < 0.01:
        return "lr is small: the loss was still falling."
    return "Try more epochs, another lr, or other widths."

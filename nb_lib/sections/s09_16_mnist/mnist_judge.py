"""The judge of 9.16.3: train the settings on MNIST, the full set where there is one."""

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
TARGETS = {"full": 0.97, "subset": 0.92}
WORDS = {"full": "full MNIST", "subset": "shipped subset"}


def judge_mnist(settings):
    """Train with SGD on the training images, judge on the test images."""
    from nb_lib.data import load_mnist, mnist_source, mnist_subset

    source = mnist_source()
    least = TARGETS[source]
    chosen, sizes = network_of(settings)
    n = sum((m + 1) * n for m, n in pairwise(sizes))
    if n > MOST_PARAMETERS:
        return False, f"{n:,} parameters are too many: at most {MOST_PARAMETERS:,}."
    train, test = load_mnist() if source == "full" else mnist_subset()
    reached, diverged_at = trained(sizes, chosen, train, test)
    if diverged_at:
        return False, f"Training {diverged(diverged_at)}: lower lr or momentum."
    finding = f"{100 * reached:.1f} % of {len(test[1]):,} test images, {n:,} parameters"
    if reached < least:
        finding += f"; wanted {100 * least:.0f} % ({WORDS[source]})"
        return False, f"{finding}. {hint(reached, chosen)}"
    return True, f"{finding} ({WORDS[source]}; {100 * least:.0f} % were wanted)."


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


def trained(sizes, chosen, train, test):
    """Train in float32; give the test accuracy and the step of divergence, if any."""
    from nb_lib.data import minibatches
    from nb_lib.numpy.losses import cross_entropy
    from nb_lib.numpy.models import MLP
    from nb_lib.numpy.optimisers import SGD
    from nb_lib.numpy.train import accuracy, descend

    x, labels = train[0].astype("float32"), train[1]
    model_rng, data_rng = np.random.default_rng(163).spawn(2)
    how = {name: chosen[name] for name in ("activation", "init")}
    model = MLP(sizes, rng=model_rng, dtype="float32", **how)
    optimiser = SGD(model.params, lr=chosen["lr"], momentum=chosen["momentum"])
    batches = minibatches(x, labels, chosen["batch"], rng=data_rng)
    steps = chosen["epochs"] * -(-len(x) // chosen["batch"])
    run = descend(model, cross_entropy, batches, optimiser, watch=steps)
    diverged_at = first_divergence(run, steps)
    return accuracy(model, test[0].astype("float32"), test[1]), diverged_at


def hint(reached, chosen):
    """Say what to try next."""
    if reached < 0.2:
        return "That is chance: lr is far too large, or far too small."
    if chosen["lr"] < 0.01:
        return "lr is small: the loss was still falling."
    return "Try more epochs, another lr, or other widths."

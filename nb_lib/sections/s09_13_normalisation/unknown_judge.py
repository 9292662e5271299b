"""The judge of 9.13.4: unknown layers, to be named by what they do to numbers.

Their order is another one each time, so that a list of names says nothing.
"""

import numpy as np

from nb_lib.book.exercises.answer import Answer
from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, Unwritten
from nb_lib.numpy import norms

FEATURES, ROUNDS = 12, 4
SLOW = "Your function takes too long for one layer."
KINDS = ("batch", "layer", "group", "rms", "fixed")
HINTS = {
    "batch": "Change one row: do the outputs of the other rows move?",
    "layer": "What may be added to all features of a row without any effect?",
    "group": "Change one feature: how far along the row does the change reach?",
    "rms": "It ignores a scale of the row. Does it ignore a shift as well?",
    "fixed": "It divides by nothing that it is given: every output is a straight "
    "line in its own input.",
}


def judge_unknown(answer):
    """Want a function that names each hidden layer by trying it."""
    if not callable(answer):
        raise Refused("The answer is a function identify(layer), without calling it.")
    identify = Answer(answer)
    rng = np.random.default_rng(9134)
    order = np.random.default_rng().permutation(np.repeat(range(len(KINDS)), ROUNDS))
    for count in watched(order, len(order)):
        kind = KINDS[count]
        layer = hidden(kind, rng)
        said = named(identify, layer)
        if said != kind:
            return (
                False,
                f"For a layer of the kind '{kind}' your function says {said!r}.",
                HINTS[kind],
            )
    return (
        True,
        f"All {len(order)} hidden layers have their right names.",
        "You never saw a weight: what a layer ignores is as good as its name.",
    )


def hidden(kind, rng):
    """Make a layer with random γ and β, and give only its map from x to y."""
    gamma = rng.uniform(0.5, 2, FEATURES) * rng.choice([-1.0, 1.0], FEATURES)
    beta = rng.normal(size=FEATURES)
    if kind == "fixed":
        return lambda x: gamma * rows(x) + beta
    groups = int(rng.choice([2, 3, 4]))
    layer = {
        "batch": lambda: norms.BatchNorm(FEATURES),
        "layer": lambda: norms.LayerNorm(FEATURES),
        "group": lambda: norms.GroupNorm(FEATURES, groups=groups),
        "rms": lambda: norms.RMSNorm(FEATURES),
    }[kind]()
    layer.params["gamma"][:] = gamma
    if "beta" in layer.params:
        layer.params["beta"][:] = beta
    return lambda x: layer.forward(rows(x)).copy()


def rows(x):
    """Want x (N, 12) as floats; lists and integers will do."""
    x = np.array(x, float)
    if x.ndim != 2 or x.shape[1] != FEATURES:
        raise ValueError(f"The layer wants x of shape (N, {FEATURES}), got {x.shape}")
    return x


def named(identify, layer):
    """Ask the reader's function for a name."""
    said = identify.told(layer, slow=SLOW)
    if said is None and identify.is_unwritten():
        raise Unwritten
    if said is None:
        raise Refused("Your function ran but returned None. Did you forget `return`?")
    if not isinstance(said, str) or said not in KINDS:
        raise Refused(f"Your function returns one of {', '.join(KINDS)}, got {said!r}.")
    return said

"""Exercise 9.16.3: the most confident errors, with the cases and slips."""

from functools import cache

import numpy as np


def most_confident_errors(probs, labels):
    """Sort the wrong rows by the probability of what was predicted."""
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong[np.argsort(-probs[wrong].max(axis=1))][:5]


def _among_all(probs, labels):
    return np.argsort(-probs.max(axis=1))[:5]


def _least_confident(probs, labels):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong[np.argsort(probs[wrong].max(axis=1))][:5]


def _places_among_wrong(probs, labels):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return np.argsort(-probs[wrong].max(axis=1))[:5]


def _by_true_class(probs, labels):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong[np.argsort(probs[wrong, labels[wrong]])][:5]


def _lowest_first(probs, labels):
    return most_confident_errors(probs, labels)[::-1]


def _first_in_the_file(probs, labels):
    return np.flatnonzero(probs.argmax(axis=1) != labels)[:5]


def _partition_unsorted(probs, labels):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong[np.argpartition(-probs[wrong].max(axis=1), 4)[:5]]


def _by_lead(probs, labels):
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    lead = probs[wrong].max(axis=1) - probs[wrong, labels[wrong]]
    return wrong[np.argsort(-lead)][:5]


def _true_class_hidden(probs, labels):
    others = probs.copy()
    others[np.arange(len(labels)), labels] = 0
    return np.argsort(-others.max(axis=1))[:5]


def _right_ones(probs, labels):
    right = np.flatnonzero(probs.argmax(axis=1) == labels)
    return right[np.argsort(-probs[right].max(axis=1))][:5]


def _confidences(probs, labels):
    return probs[most_confident_errors(probs, labels)].max(axis=1)


def without_luck(function, probs, labels):
    """Run an answer with an ``np.argpartition`` that sorts no part by accident.

    NumPy promises no order within the parts, but on some processors there is one.
    """
    earlier, np.argpartition = np.argpartition, partition_backwards
    try:
        return function(probs, labels)
    finally:
        np.argpartition = earlier


def partition_backwards(a, kth, axis=-1, **how):
    """Give the indices of a partition whose parts fall, along the last axis."""
    order = np.argsort(a, axis=axis, kind="stable")
    if np.ndim(a) != 1 or np.ndim(kth) != 0:
        return order
    kth = int(kth) % len(order)
    return np.concatenate([order[:kth][::-1], order[kth : kth + 1], order[:kth:-1]])


def error_cases():
    """Draw probabilities whose labels follow them half of the time; then real ones.

    In between, only the seven rows of least confidence are wrong, so that the second
    choice of a right row may be likelier than the first one of a wrong row.
    """
    rng = np.random.default_rng(164)
    for n, classes in [(40, 10), (30, 3)]:
        logits = 2 * rng.normal(size=(n, classes))
        probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        drawn = rng.integers(classes, size=n)
        yield probs, np.where(rng.random(n) < 0.5, probs.argmax(axis=1), drawn)
    yield doubtful(rng)
    yield held_out()


def doubtful(rng):
    """Return probabilities (30, 4) and labels (30,): the least confident are wrong."""
    logits = rng.normal(size=(30, 4))
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    labels = probs.argmax(axis=1)
    wrong = np.argsort(probs.max(axis=1))[:7]
    labels[wrong] = (labels[wrong] + rng.integers(1, 4, size=7)) % 4
    return probs, labels


@cache
def held_out():
    """Let a small net read training images that were held out from its training.

    Returns its probabilities (1000, 10) and the labels (1000,).
    """
    from nb_lib.numpy.activations import softmax
    from nb_lib.sections.s09_16_mnist.mnist_judge import RULES, trained
    from nb_lib.sections.s09_16_mnist.run import data

    x, labels, x_held, labels_held = data()
    chosen = {name: rule[0] for name, rule in RULES.items()}
    model, _ = trained((784, 16, 10), chosen, (x, labels))
    return softmax(model.forward(x_held).astype(float)), labels_held


SLIPS = {
    "the errors were not picked out: these are the most confident of all": _among_all,
    "the first five errors in the order of the rows: sort them by confidence": (
        _first_in_the_file
    ),
    "the least confident errors: sort the other way": _least_confident,
    "positions among the errors: turn them into row numbers of probs": (
        _places_among_wrong
    ),
    "sorted by the true class: confidence is that of the predicted one": (
        _by_true_class
    ),
    "sorted by the lead over the true class: the probability of the answer counts": (
        _by_lead
    ),
    "the true class is hidden, but the rows that are right have stayed in": (
        _true_class_hidden
    ),
    "the right answers were picked out: the wrong ones are wanted": _right_ones,
    "the probabilities of the five: their row numbers are wanted": _confidences,
    "np.argpartition finds the five, but it does not sort them": _partition_unsorted,
    "the order: the most confident first": _lowest_first,
}

"""Leakage: features chosen with all labels, before the cross-validation begins.

Source of the example: Trevor Hastie, Robert Tibshirani and Jerome Friedman (2009),
The Elements of Statistical Learning, section 7.10.2.
"""

import numpy as np

EXAMPLES, FEATURES, CHOSEN, FOLDS = 50, 5000, 30, 5


def noise(seed):
    """Return features x (50, 5000) and labels (50,), all drawn without a connection."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(EXAMPLES, FEATURES))
    return x, rng.permutation(np.arange(EXAMPLES) % 2)


def chosen(x, labels, count=CHOSEN):
    """Return the columns of x whose correlation with the labels is greatest."""
    sign = 2.0 * labels - 1.0
    link = np.abs((x - x.mean(axis=0)).T @ (sign - sign.mean())) / x.std(axis=0)
    return np.argsort(link)[-count:]


def nearest_centre(x_fit, labels, x):
    """Classify each row of x by the nearer of the two class means."""
    centres = np.stack([x_fit[labels == c].mean(axis=0) for c in (0, 1)])
    return np.argmin(((x[:, None] - centres) ** 2).sum(axis=2), axis=1)


def cross_validated(x, labels, *, is_faulty):
    """Return the share of the examples that are read correctly by the other folds."""
    fold, right = np.arange(len(labels)) % FOLDS, 0
    everywhere = chosen(x, labels)
    for held in range(FOLDS):
        fit, test = fold != held, fold == held
        columns = everywhere if is_faulty else chosen(x[fit], labels[fit])
        answers = nearest_centre(x[fit][:, columns], labels[fit], x[test][:, columns])
        right += np.sum(answers == labels[test])
    return right / len(labels)

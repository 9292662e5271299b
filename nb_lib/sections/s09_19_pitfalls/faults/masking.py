"""Off-by-one masking: the token that is asked for stands among the inputs."""

import numpy as np

from nb_lib.numpy.losses import cross_entropy, d_cross_entropy

TOKENS, LENGTH, SENTENCES, STEPS, LR = 8, 12, 100, 60, 40.0


def sentences(seed, count=SENTENCES):
    """Return random tokens (count, 12): nothing about the next one can be known."""
    return np.random.default_rng(seed).integers(0, TOKENS, size=(count, LENGTH))


def visible(length, *, is_faulty):
    """Return which tokens (second axis) may be seen when t (first axis) is guessed.

    Those before t, and faulty, one more: token t itself.
    """
    return np.tril(np.ones((length, length)), k=0 if is_faulty else -1)


def inputs(tokens, *, is_faulty):
    """Return what is seen of the last two visible places, one-hot (N, T, 16)."""
    codes = np.eye(TOKENS)[tokens]  # (N, T, 8)
    mask = visible(tokens.shape[1], is_faulty=is_faulty)
    newest = mask * (np.cumsum(mask[:, ::-1], axis=1)[:, ::-1] == 1)
    before = mask * (np.cumsum(mask[:, ::-1], axis=1)[:, ::-1] == 2)
    return np.concatenate([newest @ codes, before @ codes], axis=2)


def share_right(*, is_faulty, seed):
    """Train one layer on 100 sentences; return share right and loss on 100 others."""
    x = inputs(sentences(seed), is_faulty=is_faulty).reshape(-1, 2 * TOKENS)
    targets, w = sentences(seed).ravel(), np.zeros((2 * TOKENS, TOKENS))
    for _ in range(STEPS):
        w -= LR * x.T @ d_cross_entropy(x @ w, targets)
    others = sentences(seed + 1000)
    logits = inputs(others, is_faulty=is_faulty).reshape(-1, 2 * TOKENS) @ w
    right = np.argmax(logits, axis=1) == others.ravel()
    return float(np.mean(right)), float(cross_entropy(logits, others.ravel()))

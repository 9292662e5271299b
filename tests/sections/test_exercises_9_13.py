"""Exercises of 9.13: what is right in any style, and what each slip is told."""

import sys

import numpy as np

from nb_lib.book import check
from nb_lib.numpy.norms import BatchNorm
from nb_lib.sections.s09_13_normalisation.unknown_judge import KINDS, hidden


def refused(id, answer, words):
    verdict = check(id, answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


def accepted(id, *answers):
    for answer in answers:
        verdict = check(id, answer)
        assert verdict.passed, verdict


# ------------------------------------------------------------------- one layer
def by_row(w, b, gamma, beta, mean, var, eps):
    s = gamma / np.sqrt(var + eps)
    return w * s, (b - mean) * s + beta


def by_diagonal(w, b, gamma, beta, mean, var, eps):
    a = np.diag(gamma * (var + eps) ** -0.5)
    return w @ a, b @ a - mean @ a + beta


def by_probing(w, b, gamma, beta, mean, var, eps):
    def both(x):
        return gamma * (x @ w + b - mean) / np.sqrt(var + eps) + beta

    level = both(np.zeros((1, len(w))))[0]
    return (both(np.eye(len(w))) - level).tolist(), level.tolist()


def _in_place(w, b, gamma, beta, mean, var, eps):
    w *= gamma / np.sqrt(var + eps)
    return w, (b - mean) * gamma / np.sqrt(var + eps) + beta


def test_each_way_to_one_layer_is_right_and_slips_are_named():
    accepted("9.13.1", by_row, by_diagonal, by_probing)
    wrong = {
        "β is missing": lambda w, b, g, t, m, v, e: (
            w * g / np.sqrt(v + e),
            (b - m) * g / np.sqrt(v + e),
        ),
        "its root divides": lambda w, b, g, t, m, v, e: (
            w * g / (v + e),
            (b - m) * g / (v + e) + t,
        ),
        "eps is missing": lambda w, b, g, t, m, v, e: (
            w * g / np.sqrt(v),
            (b - m) * g / np.sqrt(v) + t,
        ),
        "γ is missing": lambda w, b, g, t, m, v, e: (
            w / np.sqrt(v + e),
            (b - m) / np.sqrt(v + e) + t,
        ),
        "the bias of the linear layer": lambda w, b, g, t, m, v, e: (
            w * g / np.sqrt(v + e),
            t - m * g / np.sqrt(v + e),
        ),
        "changes its argument w": _in_place,
        "returned": lambda *case: print(by_row(*case)),
        "not yet": lambda *case: (np.ones((3, 5)), np.ones(5)),
    }
    for words, answer in wrong.items():
        refused("9.13.1", answer, words)


# ------------------------------------------------------------------- the way back
def by_means(dy, x_hat, scale, gamma):
    d = dy * gamma
    return (d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0)) / scale


def by_sums(dy, x_hat, scale, gamma):
    n = len(dy)
    return gamma / (n * scale) * (n * dy - dy.sum(0) - x_hat * (dy * x_hat).sum(0))


def by_projection(dy, x_hat, scale, gamma):
    out = np.empty_like(dy)
    for j in range(dy.shape[1]):
        basis = np.stack([np.ones(len(dy)), x_hat[:, j]], axis=1)
        d = gamma[j] * dy[:, j]
        out[:, j] = (d - basis @ (basis.T @ d) / len(dy)) / scale[j]
    return out


def test_each_way_back_is_right_and_slips_are_named():
    accepted("9.13.2", by_means, by_sums)
    wrong = {
        "μ and σ did not depend on x": lambda dy, x, s, g: dy * g / s,
        "the term along x̂ is missing": lambda dy, x, s, g: (dy - dy.mean(0)) * g / s,
        "the division by the scale": lambda dy, x, s, g: by_means(dy, x, s, g) * s,
        "γ is missing": lambda dy, x, s, g: by_means(dy, x, s, np.ones_like(g)),
        "the pool is a column": lambda dy, x, s, g: (
            by_means((dy * g).T, x.T, np.ones(len(dy)), np.ones(len(dy))).T / s
        ),
        "a sum in the place of a mean": lambda dy, x, s, g: (
            (dy - dy.sum(0) - x * (dy * x).sum(0)) * g / s
        ),
        "returned": lambda *case: print(by_means(*case)),
        "not yet": lambda *case: np.zeros((7, 3)),
    }
    for words, answer in wrong.items():
        refused("9.13.2", answer, words)


def test_the_reference_is_the_layer_and_a_projection(rng):
    layer = BatchNorm(3, eps=0)
    layer.params["gamma"][:] = rng.normal(size=3)
    x, dy = rng.normal(size=(2, 7, 3))
    layer.forward(x)
    case = dy, layer.x_hat, layer.scale[0], layer.params["gamma"]
    for way in (by_means, by_projection):
        np.testing.assert_allclose(way(*case), layer.backward(dy), atol=1e-12)


# ------------------------------------------------------------------- batches of two
def test_the_means_of_batches_of_two_are_those_of_a_loop(rng):
    norm, kept = BatchNorm(1), []
    for _ in range(1000):
        kept.append(np.maximum(norm.forward(rng.normal(5, 2, size=(2, 1))), 0).mean())
    norm.training, norm.running_mean[:], norm.running_var[:] = False, 5, 4
    y = norm.forward(rng.normal(5, 2, size=(200_000, 1)))
    accepted("9.13.3", (np.mean(kept), np.maximum(y, 0).mean()))


def test_right_pairs_pass_and_others_are_told():
    pair = np.array([0.5, 0.399])
    accepted("9.13.3", (0.5, 0.4), [1 / 2, 0.3989], pair.astype("float32"))
    for answer, words in {
        (0.399, 0.5): "swapped",
        (0.5, 0.5): "in evaluation is another",
        (0.399, 0.399): "in training is another",
        (0, 0): "ReLU comes behind it",
        (0.5,): "a pair",
        (5.0, 5.0): "in training",
    }.items():
        refused("9.13.3", answer, words)


# ------------------------------------------------------------------- name the layer
def by_moves(layer):
    x = np.random.default_rng(1).normal(size=(5, 12))
    other = x.copy()
    other[0, 0] += 1
    moved = np.abs(layer(other) - layer(x)) > 1e-9
    if moved[1:].any():
        return "batch"
    count = moved[0].sum()
    if count == 1:
        return "fixed"
    if count < 12:
        return "group"
    return "layer" if np.allclose(layer(x + 5), layer(x), atol=1e-6) else "rms"


def by_large_numbers(layer):
    x = 1e6 * np.random.default_rng(2).normal(size=(4, 12))
    y = np.array(layer(x))
    if not np.allclose(y[:1], layer(x[:1])):
        return "batch"
    if not np.allclose(y, layer(2 * x), atol=1e-3):
        return "fixed"
    if not np.allclose(y, layer(x + 1e6), atol=1e-3):
        return "rms"
    x[:, 0] += 1e6
    return "layer" if abs(y[:, -1] - layer(x)[:, -1]).max() > 1e-3 else "group"


def by_jacobian(layer):
    x = np.random.default_rng(3).normal(size=(3, 12))
    steps = [
        np.array(layer(x + 1e-5 * np.eye(1, 36, k).reshape(3, 12))) for k in range(12)
    ]
    slopes = np.array([(s - layer(x)) / 1e-5 for s in steps])  # (12, 3, 12)
    if abs(slopes[:, 1:]).max() > 1e-6:
        return "batch"
    table = abs(slopes[:, 0]) > 1e-9
    if table.sum() == 12:
        return "fixed"
    if table.sum() < 144:
        return "group"
    return "layer" if abs(slopes[:, 0].sum(axis=0)).max() < 1e-3 else "rms"


def test_each_way_to_name_the_layer_is_right_and_guesses_are_not():
    accepted("9.13.4", by_moves, by_large_numbers, by_jacobian)
    for kind in KINDS:
        refused("9.13.4", lambda layer, kind=kind: kind, "For a layer of the kind")
    wrong = {
        "returned None": lambda layer: print(by_moves(layer)),
        "one of batch": lambda layer: "instance",
        "stopped with ValueError": lambda layer: layer(np.ones(12)),
        "stopped with SystemExit": lambda layer: sys.exit(),
        "without calling": by_moves(hidden("batch", np.random.default_rng(0))),
        "For a layer": lambda layer: (
            "layer" if np.allclose(layer([[1.0] * 12]), layer([[2.0] * 12])) else "rms"
        ),
    }
    for words, answer in wrong.items():
        refused("9.13.4", answer, words)


def unwritten(layer):
    """Return "batch", "layer", "group", "rms" or "fixed"."""
    ...


def test_a_list_of_names_is_no_answer_and_an_unwritten_body_none():
    order = np.random.default_rng(9134).permutation(np.repeat(np.arange(5), 4))
    names = iter([KINDS[n] for n in order])
    refused("9.13.4", lambda layer: next(names), "For a layer of the kind")
    assert check("9.13.4", unwritten).state == "empty"

"""Exercises of 9.8: what is right however it is written, and what each slip is told."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.numpy.init import xavier_normal
from nb_lib.numpy.sixty_lines import MLP, fit
from nb_lib.sections.s09_08_sixty_lines import exercises as s9_08
from nb_lib.sections.s09_08_sixty_lines import spiral_judge


# ------------------------------------------------------------------------- a short cut
def in_two_steps(x, h, w1, w2, w3, dlogits):
    dh = np.einsum("nc,hc->nh", dlogits, w2)
    dz = dh - dh * h * h
    dx = np.dot(dz, w1.T)
    dx += np.dot(dlogits, w3.T)
    return np.dot(x.T, dz), np.dot(x.T, dlogits), dx


def one_by_one(x, h, w1, w2, w3, dlogits):
    """Add outer products, an example at a time; return lists."""
    rows = [
        ((w2 @ d) * (1 - g**2), d, v) for g, d, v in zip(h, dlogits, x, strict=True)
    ]
    dw1 = sum(np.outer(v, dz) for dz, _, v in rows)
    dw3 = sum(np.outer(v, d) for _, d, v in rows)
    return [
        dw1.tolist(),
        dw3.tolist(),
        [(w1 @ dz + w3 @ d).tolist() for dz, d, _ in rows],
    ]


def by_autograd(x, h, w1, w2, w3, dlogits):
    torch = pytest.importorskip("torch")
    arrays = (torch.tensor(a, requires_grad=True) for a in (x, w1, w3))
    tx, tw1, tw3 = arrays
    logits = torch.tanh(tx @ tw1) @ torch.tensor(w2) + tx @ tw3
    logits.backward(torch.tensor(dlogits))
    return tw1.grad, tw3.grad, tx.grad


@pytest.mark.parametrize("answer", [in_two_steps, one_by_one, by_autograd])
def test_every_way_back_is_right(answer):
    verdict = check("9.8.1", answer)
    assert verdict.passed, verdict


def changed(index, change):
    def wrong(*case):
        parts = list(s9_08.backward(*case))
        parts[index] = change(parts[index])
        return tuple(parts)

    return wrong


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (changed(0, np.transpose), "a transpose"),
        (changed(1, np.negative), "the sign"),
        (changed(0, lambda part: 4 * part), "a missing mean"),
        (changed(2, lambda part: part[0]), "the shape"),
        (lambda *case: s9_08.backward(*case)[::-1], "the order of the results"),
        (lambda x, h, w1, w2, w3, dlogits: x.T @ dlogits, "dw1"),
    ],
)
def test_other_ways_back_are_told_the_slip(answer, words):
    verdict = check("9.8.1", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_what_is_right_is_said_before_what_is_not():
    text = repr(check("9.8.1", changed(2, np.transpose)))
    assert "right    dw1, dw3" in text
    assert "a transpose (the shape: wanted (4, 3), got (3, 4))" in text
    text = repr(check("9.8.1", changed(1, lambda part: part[None])))
    assert "got (1, 3, 2); the numbers themselves are right" in text


def test_an_answer_that_changes_its_arguments_is_told():
    def in_place(x, h, w1, w2, w3, dlogits):
        parts = s9_08.backward(x, h, w1, w2, w3, dlogits)
        h *= h
        return parts

    text = repr(check("9.8.1", in_place))
    assert "changes its argument h: copy it first" in text


# ---------------------------------------------------------------- many alike are one
@pytest.mark.parametrize(
    "answer",
    [
        lambda g, k, lr: (sum(g for _ in range(k)), lr / k, lr * k),
        lambda g, k, lr: [np.multiply(k, g).tolist(), lr * k**-1, k * lr],
        lambda g, k, lr: (np.tile(g, (k, 1)).sum(axis=0), np.float64(lr) / k, lr * k),
    ],
)
def test_the_merged_unit_may_be_written_in_any_way(answer):
    verdict = check("9.8.2", answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda g, k, lr: (g / k, lr / k, k * lr), "G"),
        (lambda g, k, lr: (k * g, lr, lr), "one rate for both"),
        (lambda g, k, lr: (k * g, k * lr, lr / k), "swapped"),
        (lambda g, k, lr: (k * g, k * lr, k * lr), "the same step wants a smaller"),
        (lambda g, k, lr: (g, lr / k, k * lr), "k times as hard as one"),
        (lambda g, k, lr: (k * g, lr / k**2, k * lr), "rate_u"),
        (lambda g, k, lr: k * g, "wanted"),
    ],
)
def test_a_unit_merged_wrongly_is_told(answer, words):
    verdict = check("9.8.2", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_the_merged_unit_walks_the_path_of_the_alike_ones(rng):
    """The derivation, run: three alike units and the one that replaces them."""
    x, labels = rng.normal(size=(40, 2)), rng.integers(0, 2, size=40)
    u, g, k, lr = rng.normal(size=(2, 1)), rng.normal(size=(1, 2)), 3, 0.2
    many, one = (MLP((2, n, 2), rng=rng, init=xavier_normal) for n in (k, 1))
    big, rate_u, rate_g = s9_08.merge(g, k, lr)
    many.w, one.w = [np.tile(u, k), np.tile(g, (k, 1))], [u.copy(), big]
    many.b, one.b = [[*np.zeros((1, n)), np.zeros(2)] for n in (k, 1)]
    path = fit(many, x, labels, rng=np.random.default_rng(2), lr=lr)
    path_of_one = fit(one, x, labels, rng=np.random.default_rng(2), lr=1.0)
    weights = [one.w[0], one.b[0], one.w[1], one.b[1]]
    for _ in range(5):
        before = [w.copy() for w in weights]
        next(path), next(path_of_one)
        for w, old, rate in zip(
            weights, before, (rate_u, rate_u, rate_g, lr), strict=True
        ):
            w[:] = old + rate * (w - old)
        np.testing.assert_allclose(one.forward(x), many.forward(x), rtol=1e-10)


# ---------------------------------------------------------------- how far momentum goes
def walked(momentum, count):
    """Give the steps of plain length that each of ``count`` steps amounts to."""
    torch = pytest.importorskip("torch")
    q = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([q], lr=0.1, momentum=momentum)
    places = [0.0]
    for _ in range(count):
        q.grad = torch.ones_like(q)
        optimiser.step()
        places.append(q.item())
    return -np.diff(places) / 0.1


def test_torch_walks_as_the_prediction_says():
    factor, steps = 10, 22
    lengths = walked(0.9, 400)
    assert lengths[-1] == pytest.approx(factor, rel=1e-9)
    assert np.argmax(lengths >= 0.9 * factor) + 1 == steps
    assert check("9.8.3", (factor, steps)).passed


@pytest.mark.parametrize("answer", [(10, 22), [10.0, 22], np.array([10, 22])])
def test_the_two_numbers_may_come_in_any_form(answer):
    assert check("9.8.3", answer).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((10, 21), "Step 21 is 89.1% as long as at the end, which is too short"),
        ((10, 9), "is 61.3% as long"),
        ((10, 23), "an earlier one was at 90% already"),
        ((1.9, 22), "A velocity of 1.9 becomes 0.9 · 1.9 + 1 = 2.71"),
        ((0.9, 22), "so this is not yet the end"),
        ((22, 10), "A velocity of 22 becomes 0.9 · 22 + 1 = 20.8"),
        ((10, 21.85), "two numbers: the factor"),
        ((10, None), "two numbers: the factor"),
        (10, "two numbers: the factor"),
        ((float("nan"), 22), "between 0 and 1,000"),
        ((10, 10**400), "between 0 and 1,000"),
        ((10**400, 22), "between 0 and 1,000"),
    ],
)
def test_other_numbers_are_told(answer, words):
    verdict = check("9.8.3", answer)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


@pytest.mark.parametrize("answer", [(9, 21), (8, 23), (10, 21), (10, 24)])
def test_a_missed_prediction_does_not_print_the_answer(answer):
    """The reader commits, and then goes and finds out."""
    text = repr(check("9.8.3", answer))
    assert "22" not in text
    assert answer[0] == 10 or "10" not in text


# ------------------------------------------------------------------ the spirals of 1988
WIDE = {"activation": "relu", "init": "he_normal", "width": 32, "depth": 4}
GOOD = {**WIDE, "lr": 0.05, "batch": 194, "scale": 0.5}


def test_the_spirals_make_three_turns_from_the_rim_to_the_middle():
    x, labels = spiral_judge.spirals_of_1988(spiral_judge.POINTS)
    assert x.shape == (194, 2)
    assert labels.sum() == 97
    np.testing.assert_allclose(x[0], [6.5, 0])
    np.testing.assert_allclose(x[96], [0.5, 0], atol=1e-12)
    np.testing.assert_allclose(x[97:], -x[:97])
    turned = np.unwrap(np.arctan2(x[:97, 1], x[:97, 0]))
    assert (turned[-1] - turned[0]) / (2 * np.pi) == pytest.approx(3)


@pytest.mark.slow
def test_good_settings_learn_the_spirals_of_1988():
    verdict = check("9.8.4", GOOD)
    assert verdict.passed, verdict
    assert "100% of the 194 points" in repr(verdict)
    assert "150,000 to 200,000 epochs" in repr(verdict)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"steps": 100}, "97% were wanted. Change one setting at a time"),
        ({**WIDE, "lr": 9.0, "steps": 50}, "Training diverged at step"),
        ({"init": "zeros", "steps": 50}, "Units that start alike stay alike"),
        ({**GOOD, "activation": "sigmoid", "steps": 50}, "delta norms of sigmoid"),
        ({**GOOD, "width": 2, "steps": 50}, "wider or deeper"),
        ({**GOOD, "steps": 100}, "after 100 steps, 100 epochs, with 3,330 parameters"),
        ({"batch": 193, "steps": 20}, "after 20 steps, 10 epochs"),
        ({"batch": 128, "steps": 20}, "after 20 steps, 10 epochs"),
        ({"batch": 1, "steps": 194}, "after 194 steps, 1 epochs"),
        ({"widht": 3}, "There is no setting 'widht': choose width, depth"),
        ({"width": 65}, "width is a whole number from 1 to 64, got 65"),
        ({"width": 8.5}, "width is a whole number"),
        ({"lr": "high"}, "lr is a number from 0.0001 to 10.0, got 'high'"),
        ({"activation": "step"}, "activation is one of tanh, relu"),
        ([3, 4], "should be a dict, got a list"),
    ],
)
def test_poor_settings_are_told_what_is_wrong(settings, words):
    verdict = check("9.8.4", settings)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


@pytest.mark.parametrize("name", ["width", "depth", "batch", "steps"])
def test_whole_settings_may_be_numpys(name):
    few = {"steps": 20} | {name: np.int64(2), "lr": np.float32(0.01)}
    assert "of the 194 points" in repr(check("9.8.4", few))
    assert not check("9.8.4", {name: True}).passed


def test_momentum_of_the_listing_is_torchs(rng):
    """What 9.8.3 lets readers try: the loop of ``fit`` and torch.optim.SGD."""
    torch = pytest.importorskip("torch")
    x, labels = rng.normal(size=(8, 3)), rng.integers(0, 2, size=8)
    net = MLP((3, 2), rng=rng)
    w = torch.tensor(net.w[0], requires_grad=True)
    b = torch.tensor(net.b[0], requires_grad=True)
    optimiser = torch.optim.SGD([w, b], lr=0.3, momentum=0.8)
    path = fit(net, x, labels, rng=rng, lr=0.3, momentum=0.8, batch_size=8)
    for _ in islice(path, 20):
        optimiser.zero_grad()
        logits = torch.tensor(x) @ w + b
        torch.nn.functional.cross_entropy(logits, torch.tensor(labels)).backward()
        optimiser.step()
    np.testing.assert_allclose(net.w[0], w.detach().numpy(), rtol=1e-12)


def test_the_cell_of_9_8_4_names_the_starts_of_the_judge():
    root = Path(__file__).parents[2]
    text = (root / "notebooks/md/09_08_sixty_lines.md").read_text(encoding="utf-8")
    said = next(line for line in text.splitlines() if line.startswith("settings = {}"))
    for name, (start, *_) in spiral_judge.RULES.items():
        form = start if isinstance(start, str) else f"{name} {start:g}"
        assert (f"{start:,} {name}" if name == "steps" else form) in said

"""Exercises of 9.16: fifty gradients, errors in order, settings judged off the test."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_16_mnist import exercises as s9_16
from nb_lib.sections.s09_16_mnist import gradients, mnist_judge
from nb_lib.sections.s09_16_mnist.run import data


@pytest.fixture
def _subset(monkeypatch):
    monkeypatch.setattr("nb_lib.data.mnist_source", lambda: "subset")


# ------------------------------------------------------------------ fifty gradients
def by_nudging_a_copy(loss, w, indices, h):
    slopes, w = np.empty(len(indices)), np.array(w)
    for k, (i, j) in enumerate(indices):
        kept = w[i, j]
        w[i, j] = kept + h
        slopes[k] = loss(w)
        w[i, j] = kept - h
        slopes[k] = (slopes[k] - loss(w)) / (2 * h)
        w[i, j] = kept
    return slopes, 1 - 0.01 ** (1 / len(slopes))


def by_list(*case):
    return list(gradients.check_gradients(*case))


def by_unit_matrices(loss, w, indices, h):
    slopes = []
    for index in indices:
        e = np.zeros_like(w)
        e[index] = h
        slopes.append((loss(w + e) - loss(w - e)) / h / 2)
    return slopes, -np.expm1(np.log(0.01) / len(indices))


@pytest.mark.parametrize(
    "answer",
    [
        by_nudging_a_copy,
        by_unit_matrices,
        by_list,
    ],
)
def test_gradients_checked_in_other_styles_pass(answer):
    verdict = check("9.16.2", answer)
    assert verdict.passed, verdict


def test_share_is_what_fifty_draws_meet_99_times_in_100():
    rng = np.random.default_rng(9)
    share = gradients.share_shown(50)
    is_spoilt = rng.random((100_000, 50)) < share
    assert is_spoilt.any(axis=1).mean() == pytest.approx(0.99, abs=0.001)


def test_a_nudge_that_is_written_in_is_refused():
    def with_own(loss, w, indices, h):
        return gradients.check_gradients(loss, w, indices, 1e-6)

    assert "use the one that is given" in repr(check("9.16.2", with_own))


def test_share_alone_is_asked_for_its_slopes():
    verdict = check("9.16.2", lambda loss, w, indices, h: gradients.share_shown(50))
    assert verdict.state == "wrong"
    assert "book" not in repr(verdict)


# ---------------------------------------------------------- the most confident errors
def test_errors_are_asked_for_of_images_held_out_from_training():
    *_, (probs, labels) = s9_16.error_cases()
    assert probs.shape == (1000, 10)
    np.testing.assert_array_equal(labels, data()[3])
    right = (probs.argmax(axis=1) == labels).mean()
    assert 0.8 < right < 0.95


def wrong_rows(probs, labels):
    """Give the rows that are wrong, and how confident each prediction is."""
    wrong = np.flatnonzero(probs.argmax(axis=1) != labels)
    return wrong, probs[wrong].max(axis=1)


def in_row_order(probs, labels):
    return np.sort(s9_16.most_confident_errors(probs, labels))


@pytest.mark.parametrize("kth", [4, 5, 6])
def test_a_partition_that_is_sorted_by_luck_is_refused(kth):
    def by_partition(probs, labels):
        wrong, confidence = wrong_rows(probs, labels)
        return wrong[np.argpartition(-confidence, kth)[:5]]

    before = np.argpartition
    verdict = check("9.16.3", by_partition)
    assert not verdict.passed
    assert kth != 4 or "but it does not sort them" in repr(verdict)
    assert np.argpartition is before


def test_the_most_confident_come_first():
    text = repr(check("9.16.3", in_row_order))
    assert "the order: these are the right values" in text


def by_lead(probs, labels):
    wrong, confidence = wrong_rows(probs, labels)
    return wrong[np.argsort(probs[wrong, labels[wrong]] - confidence)][:5]


def with_true_class_hidden(probs, labels):
    others = np.where(np.eye(probs.shape[1])[labels] > 0, 0, probs)
    return np.argsort(-others.max(axis=1))[:5]


def by_entropy(probs, labels):
    wrong, _ = wrong_rows(probs, labels)
    p = probs[wrong]
    return wrong[np.argsort(-(p * np.log(p + 1e-300)).sum(axis=1))][:5]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (by_lead, "the lead over the true class"),
        (with_true_class_hidden, "the rows that are right have stayed in"),
        (by_entropy, "not yet"),
    ],
)
def test_what_only_often_finds_the_five_is_refused(answer, words):
    verdict = check("9.16.3", answer)
    assert not verdict.passed
    assert words in repr(verdict)


def partition_then_sort(probs, labels):
    wrong, confidence = wrong_rows(probs, labels)
    five = np.argpartition(confidence, -5)[-5:]
    return wrong[five[np.argsort(-confidence[five])]]


def by_loop(probs, labels):
    wrong = [n for n in range(len(labels)) if probs[n].argmax() != labels[n]]
    return sorted(wrong, key=lambda n: -max(probs[n]))[:5]


def by_mask(probs, labels):
    confidence = np.where(probs.argmax(axis=1) == labels, -1, probs.max(axis=1))
    return np.argsort(confidence)[::-1][:5].astype("int32")


@pytest.mark.parametrize("answer", [by_loop, by_mask, partition_then_sort])
def test_errors_found_in_other_ways_are_as_good(answer):
    verdict = check("9.16.3", answer)
    assert verdict.passed, verdict


# ------------------------------------------------------------------ numbers of NumPy
@pytest.mark.usefixtures("_subset")
@pytest.mark.parametrize(
    "kind", [np.int64, np.uint8, np.float64, np.array, lambda n: np.array([n])[0]]
)
def test_settings_may_be_numbers_of_numpy(kind):
    poor = {"hidden": (kind(8),), "epochs": kind(1), "lr": np.float64(0.05)}
    assert "6,370 parameters; wanted 91%" in repr(check("9.16.4", poor))


@pytest.mark.parametrize("hidden", [np.array([300]), [300], np.int64(300), 300.0])
def test_widths_may_come_in_any_kind(hidden):
    assert "238,510 parameters are too many" in repr(
        check("9.16.4", {"hidden": hidden})
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"hidden": True}, "hidden is a tuple of widths such as (32, 16), got True."),
        ({"hidden": (8, 0)}, "hidden is a tuple of widths"),
        ({"hidden": (8, "x")}, "got (8, 'x')"),
        ({"hidden": 10**400}, "parameters are too many"),
        ({"hidden": (1,) * 9}, "hidden has at most 8 layers, got 9."),
        ({"hidden": np.ones((2, 2))}, "hidden is a tuple of widths"),
        ({"epochs": True}, "epochs is a whole number from 1 to 20, got True."),
        ({"epochs": np.bool_(True)}, "epochs is a whole number from 1 to 20, got True"),
        ({"epochs": 2.5}, "epochs is a whole number from 1 to 20, got 2.5."),
        ({"epochs": np.array([1, 2])}, "epochs is a whole number from 1 to 20, got"),
        ({"lr": np.nan}, "lr is a number from 0.0001 to 3.0, got nan."),
        ({"lr": 1j}, "lr is a number"),
        ({"activation": np.array(["relu", "tanh"])}, "activation is one of relu"),
        ({"activation": ["relu"]}, "activation is one of relu"),
        ({7: 1}, "There is no setting 7: choose hidden, activation"),
        ((), "The settings should be a dict, got a tuple."),
        (lambda: {}, "The settings should be a dict, got a function."),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, words):
    verdict = check("9.16.4", settings)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_tensors_are_settings_too():
    torch = pytest.importorskip("torch")
    settings = {"epochs": torch.tensor(30)}
    assert "from 1 to 20, got" in repr(check("9.16.4", settings))
    settings = {"epochs": torch.tensor(1, device="meta")}
    assert "the meta device, which holds no numbers" in repr(check("9.16.4", settings))


# ----------------------------------------------------------------- settings are judged
FEW = {"hidden": (24,), "lr": 0.1, "batch": 32, "epochs": 20}


@pytest.mark.usefixtures("_subset")
def test_good_settings_pass_on_the_subset():
    verdict = check("9.16.4", FEW)
    assert verdict.passed, verdict
    found = "19,090 parameters (shipped subset; 91% were wanted)"
    assert found in repr(verdict)
    assert "We know of 19,090" in repr(verdict)


@pytest.mark.usefixtures("_subset")
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"hidden": (64,)}, "50,890 parameters are too many: at most 40,000"),
        ({"lr": 3.0}, "That is chance"),
        ({"hidden": 8, "lr": 0.001}, "lr is small"),
        ({"hidden": 8}, "6,370 parameters; wanted 91% (shipped subset). Try more"),
        ({"hidden": "wide"}, "hidden is a tuple of widths"),
        ({"init": "zeros"}, "init is one of he_normal"),
        (7, "should be a dict, got an int"),
    ],
)
def test_poor_settings_on_the_subset_are_told(settings, words):
    verdict = check("9.16.4", settings)
    assert verdict.state == "wrong"
    assert words in repr(verdict)


@pytest.mark.usefixtures("_subset")
def test_a_near_miss_is_not_rounded_up(monkeypatch):
    monkeypatch.setattr(mnist_judge, "trained", lambda *how: (None, None))
    monkeypatch.setattr("nb_lib.numpy.train.accuracy", lambda *how: 0.9096)
    assert "90.96% of" in repr(check("9.16.4", {"hidden": 8}))


@pytest.mark.parametrize("source", ["subset", "full"])
def test_no_test_image_takes_part_in_the_judgement(monkeypatch, source):
    drawer = pytest.fail
    images = np.random.default_rng(9).random((12_000, 4))
    train = images, np.arange(12_000)
    for loader in ("mnist_subset", "load_mnist"):
        monkeypatch.setattr(f"nb_lib.data.{loader}", lambda: (train, drawer))
    (x, labels), (x_held, labels_held) = mnist_judge.parts(source)
    np.testing.assert_array_equal([*labels, *labels_held], train[1])
    np.testing.assert_array_equal(np.vstack([x, x_held]), images.astype("float32"))
    assert len(x_held) == mnist_judge.HELD[source]


@pytest.mark.slow
@pytest.mark.full_mnist
def test_few_parameters_pass_on_the_full_set(full_mnist):
    few = {"hidden": (28, 16), "activation": "silu", "lr": 0.03, "epochs": 20}
    verdict = check("9.16.4", few)
    assert verdict.passed, verdict
    assert "22,614 parameters (full MNIST; 97% were wanted)" in repr(verdict)

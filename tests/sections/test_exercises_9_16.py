"""Exercises of 9.16: errors in order, and settings that come from NumPy."""

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.sections.s09_16_mnist import exercises as s9_16


@pytest.fixture
def _subset(monkeypatch):
    monkeypatch.setattr("nb_lib.data.mnist_source", lambda: "subset")


# ---------------------------------------------------------- the most confident errors
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
    verdict = check("9.16.4", by_partition)
    assert not verdict.passed
    assert kth != 4 or "but it does not sort them" in repr(verdict)
    assert np.argpartition is before


def test_the_most_confident_come_first():
    text = repr(check("9.16.4", in_row_order))
    assert "the order: these are the right values" in text


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
    verdict = check("9.16.4", answer)
    assert verdict.passed, verdict


# ------------------------------------------------------------------ numbers of NumPy
@pytest.mark.usefixtures("_subset")
@pytest.mark.parametrize(
    "kind", [np.int64, np.uint8, np.float64, np.array, lambda n: np.array([n])[0]]
)
def test_settings_may_be_numbers_of_numpy(kind):
    poor = {"hidden": (kind(8),), "epochs": kind(1), "lr": np.float64(0.05)}
    assert "6,370 parameters; wanted 92 %" in repr(check("9.16.3", poor))


@pytest.mark.parametrize("hidden", [np.array([300]), [300], np.int64(300), 300.0])
def test_widths_may_come_in_any_kind(hidden):
    assert "238,510 parameters are too many" in repr(
        check("9.16.3", {"hidden": hidden})
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
    verdict = check("9.16.3", settings)
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


def test_tensors_are_settings_too():
    torch = pytest.importorskip("torch")
    settings = {"epochs": torch.tensor(30)}
    assert "from 1 to 20, got" in repr(check("9.16.3", settings))
    settings = {"epochs": torch.tensor(1, device="meta")}
    assert "the meta device, which holds no numbers" in repr(check("9.16.3", settings))

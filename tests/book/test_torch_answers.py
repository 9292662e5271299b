"""Answers in PyTorch, and readers who have changed its defaults."""

import sys

import numpy as np
import pytest

from nb_lib.book import check
from nb_lib.book.exercises.exercise import find
from nb_lib.book.exercises.showing import shown

torch = pytest.importorskip("torch")
PORTED = ["9.17.1", "9.17.2", "9.17.3", "9.17.4", "9.8.1", "9.10.1"]


@pytest.fixture(autouse=True)
def _torch_as_it_was():
    yield
    torch.set_default_device(None)
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)


def change(name, value):
    """Change one of PyTorch's defaults, as a reader may have done."""
    getattr(torch, name)(value)


CHANGES = [
    ("set_default_device", "meta"),
    ("set_default_dtype", torch.float64),
    ("set_grad_enabled", False),
]


def defaults():
    """Give what the changes change."""
    return (
        torch.get_default_device().type,
        torch.get_default_dtype(),
        torch.is_grad_enabled(),
    )


@pytest.mark.parametrize("id", PORTED)
@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_changed_defaults_neither_break_a_check_nor_are_lost(id, name, value):
    change(name, value)
    before = defaults()
    verdict = check(id, find(id).reference)
    assert verdict.passed, verdict
    assert defaults() == before


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_an_answer_that_changes_defaults_leaves_none_behind(name, value):
    def meddling(fan_in, slope):
        change(name, value)
        return find("9.10.1").reference(fan_in, slope)

    before, state = defaults(), torch.get_rng_state().tolist()
    assert check("9.10.1", meddling).passed
    assert (defaults(), torch.get_rng_state().tolist()) == (before, state)


@pytest.mark.parametrize("context", [
    lambda: torch.device("meta"), torch.no_grad, torch.inference_mode
])  # fmt: skip
def test_a_check_inside_a_context_is_as_good(context):
    with context():
        verdict = check("9.17.1", find("9.17.1").reference)
    assert verdict.passed, verdict


@pytest.mark.parametrize(
    ("convert", "words"),
    [
        (lambda t: t.bfloat16(), "the dtype: wanted float64, got bfloat16"),
        (lambda t: t.to("meta"), "the device: a tensor on the meta device holds no"),
        (lambda t: t.half(), "the dtype: wanted float64, got float16"),
        (lambda t: t.float(), None),
        (lambda t: t.to_sparse(), None),
        (lambda t: t.requires_grad_(), None),
        (lambda t: list(t.requires_grad_()), None),
        (lambda t: torch.nn.Parameter(t), None),
    ],
)
def test_tensors_are_read_or_told_why_not(convert, words):
    def as_tensor(gradients, counts):
        mean = find("9.17.2").reference(gradients, counts)
        return convert(torch.from_numpy(mean))

    verdict = check("9.17.2", as_tensor)
    assert verdict.passed == (words is None), verdict
    assert words is None or words in repr(verdict)


def test_a_number_in_float32_is_a_number():
    def by_torch(fan_in, slope):
        return torch.sqrt(torch.tensor(2.0) / (1 + torch.tensor(slope) ** 2) / fan_in)

    assert check("9.10.1", by_torch).passed


def test_tensors_are_shown_with_the_dtype_that_they_have():
    assert shown(torch.ones(2, dtype=torch.bfloat16)).startswith(
        "tensor of shape (2,), bfloat16\n[1. 1.]"
    )
    assert shown(torch.ones(2, device="meta")) == (
        "tensor of shape (2,), float32, on the meta device, which holds no numbers"
    )


@pytest.mark.parametrize("place", ["meta", "bfloat16"])
def test_a_layer_whose_numbers_cannot_be_read_is_told(place):
    def port(w, b):
        return find("9.17.1").reference(w, b).to(getattr(torch, place, place))

    verdict = check("9.17.1", port)
    assert verdict.state == "wrong"
    assert place in repr(verdict), verdict


def test_values_on_the_meta_device_are_refused_by_a_judge():
    x = torch.ones((40, 2), device="meta")
    verdict = check("9.1.4", (x, np.ones(40), np.ones(2)))
    assert "x, targets and w_star are arrays of numbers" in repr(verdict)
    assert "torch" in sys.modules

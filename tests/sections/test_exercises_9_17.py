"""Exercises of 9.17: devices, dtypes, forms and numbers are all looked at."""

import numpy as np
import pytest

from nb_lib.book import check

torch = pytest.importorskip("torch")


# ---------------------------------------------------------------------- to a device
def moved(change):
    """Move as one should, then change each tensor of the batch."""

    def to_device(model, batch, device):
        return model.to(device), apply(batch, lambda t: change(t.to(device)))

    return to_device


def apply(batch, change):
    """Change each tensor of a batch, whatever its form."""
    if isinstance(batch, dict):
        return {key: apply(value, change) for key, value in batch.items()}
    if isinstance(batch, (tuple, list)):
        return type(batch)(apply(value, change) for value in batch)
    return change(batch) if torch.is_tensor(batch) else batch


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.float(), "labels became floats: to(device) keeps the dtype"),
        (lambda t: t.double(), "float64 (3, 5) on cpu"),
        (torch.zeros_like, "right    model, batch"),
        (torch.ones_like, "wanted   numbers = "),
        (
            lambda t: t[:1],
            "got      batch = '(float32 (1, 5) on cpu, int64 (1,) on cpu)'",
        ),
        (lambda t: t[None], "float32 (1, 3, 5) on cpu"),
        (lambda t: t.flip(0), "right    model, batch"),
        (lambda t: np.ones(t.shape), "batch = '(a NumPy array of shape (3, 5), "),
        (lambda t: torch.ones(t.shape), "float32 (3,) on cpu"),
        (lambda t: None, "batch = '(None, None)'"),
    ],
)
def test_a_batch_that_was_changed_on_the_way_is_refused(change, words):
    verdict = check("9.17.4", moved(change))
    assert verdict.state == "wrong"
    assert words in repr(verdict), verdict


@pytest.mark.parametrize(
    "of",
    [
        lambda model, device: torch.nn.Linear(5, 2, device=device),
        lambda model, device: model.double().to(device),
        lambda model, device: torch.nn.Linear(5, 2, bias=False, device=device),
        lambda model, device: torch.nn.Sequential(model).to(device),
        lambda model, device: None,
    ],
)
def test_another_model_is_refused(of):
    def to_device(model, batch, device):
        return of(model, device), apply(batch, lambda t: t.to(device))

    verdict = check("9.17.4", to_device)
    assert verdict.state == "wrong"
    assert "model = " in repr(verdict) or "numbers = " in repr(verdict)


def test_model_and_batch_exchanged_are_told():
    exchanged = repr(check("9.17.4", lambda *case: moved(lambda t: t)(*case)[::-1]))
    assert "the order of the results: wanted model, batch" in exchanged


@pytest.mark.parametrize("result", [7, ("model",), torch.ones(2), "both"])
def test_what_is_no_pair_is_told(result):
    text = repr(check("9.17.4", lambda model, batch, device: result))
    assert "wanted   a tuple (model, batch)\n  got " in text


def test_other_ways_to_a_device_are_as_good():
    from collections import OrderedDict
    from copy import deepcopy

    def into_a_copy(model, batch, device):
        batch = apply(batch, lambda t: t.to(device=device, non_blocking=True))
        if isinstance(batch, dict):
            batch = OrderedDict(reversed(batch.items()))
        return [deepcopy(model).to(device), batch]

    def in_place(model, batch, device):
        model.to(device)
        if isinstance(batch, dict):
            for key in batch:
                batch[key] = in_place(model, batch[key], device)[1]
            return model, batch
        return model, apply(batch, lambda t: t.to(torch.device(device)))

    for answer in (into_a_copy, in_place):
        verdict = check("9.17.4", answer)
        assert verdict.passed, verdict


# ----------------------------------------------------------------------- diagnosing
def test_a_word_may_come_from_numpy():
    def select(weight_gap, loss_gap):
        first = weight_gap[0] > 1e-9, loss_gap[0] > 1e-9, loss_gap[-1] > 1e-9
        return np.select(first, ["initialisation", "batches", "bias"], "nothing")

    verdict = check("9.17.3", select)
    assert verdict.passed, verdict


@pytest.mark.parametrize("word", ["Bias", "", 3, ["bias"], np.array(["bias"] * 2)])
def test_another_word_is_told_which_are_wanted(word):
    verdict = check("9.17.3", lambda weight_gap, loss_gap: word)
    assert verdict.state == "wrong"
    assert "wanted   one of 'nothing', 'initialisation', 'batches', 'bias'" in repr(
        verdict
    )


def test_the_size_of_a_gap_does_not_name_the_fault():
    def by_size(weight_gap, loss_gap):
        words = ("bias", "batches", "initialisation")
        if weight_gap[-1] < 1e-9:
            return "nothing"
        return words[int(weight_gap[-1] > 0.1) + int(weight_gap[-1] > 0.3)]

    assert check("9.17.3", by_size).state == "wrong"


def test_an_exact_comparison_is_named():
    """Of the losses or of the weights: rounding has parted both before the end."""

    def exact(weight_gap, loss_gap):
        if weight_gap[0] or loss_gap[0]:
            return "initialisation" if weight_gap[0] else "batches"
        return "bias" if loss_gap[-1] else "nothing"

    assert "an exact comparison: equal runs" in repr(check("9.17.3", exact))


# ---------------------------------------------------------------- shares and layers
def with_a_loop(gradients, counts):
    total = np.zeros(gradients.shape[1])
    for mean, count in zip(gradients, counts, strict=True):
        total += count * mean
    return total / sum(counts)


def with_lists(gradients, counts):
    return np.average(gradients, axis=0, weights=counts).tolist()


def with_tensors(gradients, counts):
    counts = torch.from_numpy(counts)
    return (counts[:, None] * torch.from_numpy(gradients)).sum(dim=0) / counts.sum()


@pytest.mark.parametrize("answer", [with_a_loop, with_lists, with_tensors])
def test_shares_may_be_combined_in_any_style(answer):
    assert check("9.17.2", answer).passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda g, n: -with_a_loop(g, n), "the sign"),
        (lambda g, n: 2 * with_a_loop(g, n), "a factor 2"),
        (lambda g, n: (n @ g / n.sum())[:, None], "shape"),
        (lambda g, n: print(n @ g / n.sum()), "returned None"),
        (lambda g, n: (g.__imul__(n[:, None])).sum(axis=0) / n.sum(), "changes its"),
    ],
)
def test_other_shares_are_told_what_is_wrong(answer, words):
    verdict = check("9.17.2", answer)
    assert not verdict.passed
    assert words in repr(verdict), verdict


@pytest.mark.parametrize("layer", [np.ones((5, 3)), torch.ones(5, 3), "layer", [1]])
def test_what_is_no_layer_is_told(layer):
    text = repr(check("9.17.1", lambda w, b: layer))
    assert "wanted   a torch.nn.Linear\n  got " in text
    assert "raised" not in text


def test_a_port_that_empties_its_arguments_is_refused():
    def port(w, b):
        layer = torch.nn.Linear(*w.shape, dtype=torch.tensor(w).dtype)
        layer.load_state_dict({"weight": torch.tensor(w.T), "bias": torch.tensor(b)})
        w *= 0
        return layer

    assert "changes its argument w" in repr(check("9.17.1", port))


def test_a_layer_without_weights_is_told():
    text = repr(check("9.17.1", lambda w, b: torch.nn.LazyLinear(w.shape[1])))
    assert (
        "wanted   a torch.nn.Linear with its weights\n  got      <LazyLinear>" in text
    )


def test_a_bias_that_is_shared_or_missing_is_told():
    def sharing(w, b):
        layer = torch.nn.Linear(*w.shape)
        layer.weight.data = torch.tensor(w.T.copy())
        layer.bias.data = torch.from_numpy(b)
        return layer

    def without(w, b):
        layer = torch.nn.Linear(*w.shape, bias=False)
        layer.weight.data = torch.tensor(w.T.copy())
        return layer

    assert "training b on in NumPy" in repr(check("9.17.1", sharing))
    assert "this layer has no bias" in repr(check("9.17.1", without))


def test_layers_may_be_filled_in_other_ways():
    def by_rounding(w, b):
        layer = torch.nn.Linear(*w.shape)
        layer.load_state_dict({"weight": torch.tensor(w.T), "bias": torch.tensor(b)})
        return layer.to(torch.tensor(w).dtype)

    def by_data(w, b):
        layer = torch.nn.Linear(*w.shape)
        layer.weight.data, layer.bias.data = torch.tensor(w.T.copy()), torch.tensor(b)
        return layer

    assert check("9.17.1", by_data).passed
    assert "close, but not close enough" in repr(check("9.17.1", by_rounding))

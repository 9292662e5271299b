"""Exercises of 9.17, The same in PyTorch. PyTorch is imported when a check needs it.

9.17.1  ``port(w, b)`` -> a ``torch.nn.Linear`` that computes x @ w + b. Shapes:
        w (fan_in, fan_out), b (fan_out,), NumPy arrays whose dtype it keeps.
9.17.2  ``combine(gradients, counts)`` -> the mean gradient of the combined batch, (D,).
        ``gradients`` (P, D) holds the mean gradient of each process over its own
        examples, ``counts`` (P,) how many those are, not all the same.
9.17.3  ``diagnose(weight_gap, loss_gap)`` -> "nothing", "initialisation", "batches"
        or "bias": the difference injected into one of two runs. ``weight_gap`` (T + 1,)
        is the greatest difference of the weight matrices before the first step and
        after each, ``loss_gap`` (T,) that of the batch losses. Biases start at 0.
9.17.4  ``to_device(model, batch, device)`` -> ``(model, batch)``, both on the device.
        The batch is a tensor, or a tuple, list or dict of such; what is no tensor
        stays as it is.
"""

import numpy as np

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_17_pytorch import cases
from nb_lib.sections.s09_17_pytorch.device import (
    SLIPS,
    device_cases,
    run_to_device,
    to_device,
)

TOLERANCE = 1e-9  # float64 rounding stays far below, an injected difference above


def port(w, b):
    """Copy w.T and b into a torch.nn.Linear of the same dtype."""
    import torch

    layer = torch.nn.Linear(*w.shape, dtype=torch.from_numpy(w).dtype)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(w.T))
        layer.bias.copy_(torch.from_numpy(b))
    return layer


def _shared(w, b):
    import torch

    layer = port(w, b)
    layer.weight = torch.nn.Parameter(torch.from_numpy(w.T))
    layer.bias = torch.nn.Parameter(torch.from_numpy(b))
    return layer


def _not_transposed(w, b):
    import torch

    layer = port(w, b)
    layer.weight = torch.nn.Parameter(torch.from_numpy(w.copy()))
    return layer


def _bias_shared(w, b):
    import torch

    layer = port(w, b)
    layer.bias = torch.nn.Parameter(torch.from_numpy(b))
    return layer


def _without_bias(w, b):
    layer = port(w, b)
    layer.bias = None
    return layer


def _bias_forgotten(w, b):
    import torch

    layer = port(w, b)
    torch.nn.init.zeros_(layer.bias)
    return layer


def combine(gradients, counts):
    """Weigh each mean by its share of the examples: Σ N_p g_p / Σ N_p."""
    return counts @ gradients / counts.sum()


def shares():
    """Three processes with unequal shares, then two, then equal ones."""
    rng = np.random.default_rng(172)
    for counts in ((64, 32, 8), (3, 61), (16, 16, 16, 16)):
        yield rng.normal(size=(len(counts), 5)), np.array(counts, float)


def diagnose(weight_gap, loss_gap):
    """Tell the injected difference by the first step at which a gap opens."""
    if weight_gap[0] > TOLERANCE:
        return "initialisation"
    if loss_gap[0] > TOLERANCE:
        return "batches"
    return "bias" if loss_gap[-1] > TOLERANCE else "nothing"


def _exact(weight_gap, loss_gap):
    if weight_gap[0] > 0:
        return "initialisation"
    if loss_gap[0] > 0 or weight_gap[1] > 0:
        return "batches"
    return "bias" if weight_gap.any() else "nothing"


def _loss_first(weight_gap, loss_gap):
    if loss_gap[0] > TOLERANCE:
        return "initialisation"
    return "bias" if loss_gap[-1] > TOLERANCE else "nothing"


def _exchanged(weight_gap, loss_gap):
    named = diagnose(weight_gap, loss_gap)
    return {"bias": "batches", "batches": "bias"}.get(named, named)


EXERCISES = (
    Exercise(
        "9.17.1",
        "Port the weights",
        port,
        cases.port_cases,
        outputs=("layer.weight", "layer.bias"),
        run=cases.run_port,
        slips={
            "shared memory: torch.from_numpy does not copy, so training w on in NumPy "
            "changes the layer too; use copy_ or torch.tensor": _shared,
            "a transpose: torch.nn.Linear stores (fan_out, fan_in)": _not_transposed,
            "shared memory: torch.from_numpy does not copy, so training b on in NumPy "
            "changes the layer too; use copy_ or torch.tensor": _bias_shared,
            "this layer has no bias, so it does not add b": _without_bias,
            "the bias was not copied": _bias_forgotten,
        },
        rtol=1e-12,
        lesson="The layer holds w.T, keeps the dtype and shares no memory with w.",
        secrets=(r"copy_\(", r"from_numpy\(\w+\.T", r"\.T\)"),
        is_about_dtype=True,
    ),
    Exercise(
        "9.17.2",
        "Unequal shares",
        combine,
        shares,
        slips={
            "the mean of the means: a process with few examples counts as much as one "
            "with many": lambda g, n: g.mean(axis=0),
            "the sum of the means: divide by the number of examples": (
                lambda g, n: g.sum(axis=0)
            ),
            "not divided by the number of examples: n @ g is the sum over all": (
                lambda g, n: n @ g
            ),
            "divided by the number of processes instead of the number of examples": (
                lambda g, n: n @ g / len(n)
            ),
            "the weights are the wrong way round: more examples weigh more": (
                lambda g, n: (1 / n) @ g / (1 / n).sum()
            ),
        },
        lesson="Equal shares are the one case in which the plain mean will do.",
        secrets=(r"N_p \\?,?\s*g_p", r"counts @", r"weighted mean", r"average="),
    ),
    Exercise(
        "9.17.3",
        "Find the injected difference",
        diagnose,
        cases.gap_cases,
        run=cases.run_diagnose,
        slips={
            "an exact comparison: equal runs still differ by rounding, about 1e-16, so "
            "compare with a tolerance": _exact,
            "another batch order also parts the first losses: look at the weights "
            "before the first step": _loss_first,
            "bias and batches exchanged: without bias the first loss is still the "
            "same, because biases start at 0": _exchanged,
        },
        lesson="The first step at which a gap opens names its cause.",
        secrets=(r"weight_gap", r'return "(initialisation|batches)"'),
    ),
    Exercise(
        "9.17.4",
        "To a device, safely",
        to_device,
        device_cases,
        outputs=("model", "batch", "numbers"),
        run=run_to_device,
        slips=SLIPS,
        lesson="model.to works in place, tensor.to does not.",
        secrets=(r"isinstance\(batch", r"type\(batch\)"),
        is_about_dtype=True,
    ),
)

"""Exercises of 9.17, The same in PyTorch. PyTorch is imported when a check needs it.

9.17.1  ``port(w, b)`` -> a ``torch.nn.Linear`` that computes x @ w + b. Shapes:
        w (fan_in, fan_out), b (fan_out,), NumPy arrays whose dtype it keeps.
9.17.2  ``train_step(model, loss, optimiser, x, labels)`` -> the loss as a float: one
        update of the model by the optimiser; ``loss(logits, labels)`` is a function.
9.17.3  ``diagnose(weight_gap, loss_gap)`` -> "nothing", "initialisation", "batches"
        or "bias": the difference injected into one of two runs. ``weight_gap`` (T + 1,)
        is the greatest difference of the weight matrices before the first step and
        after each, ``loss_gap`` (T,) that of the batch losses. Biases start at 0.
9.17.4  ``to_device(model, batch, device)`` -> ``(model, batch)``, both on the device.
        The batch is a tensor, or a tuple, list or dict of such; what is no tensor
        stays as it is.
"""

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


def _bias_forgotten(w, b):
    import torch

    layer = port(w, b)
    torch.nn.init.zeros_(layer.bias)
    return layer


def train_step(model, loss, optimiser, x, labels):
    """Clear the gradients, go forward and backward, then step."""
    optimiser.zero_grad()
    value = loss(model(x), labels)
    value.backward()
    optimiser.step()
    return value.item()


def _never_cleared(model, loss, optimiser, x, labels):
    value = loss(model(x), labels)
    value.backward()
    optimiser.step()
    return value.item()


def _cleared_too_late(model, loss, optimiser, x, labels):
    value = loss(model(x), labels)
    value.backward()
    optimiser.zero_grad()
    optimiser.step()
    return value.item()


def _loss_after(model, loss, optimiser, x, labels):
    train_step(model, loss, optimiser, x, labels)
    return loss(model(x), labels).item()


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
            "the bias was not copied": _bias_forgotten,
        },
        rtol=1e-12,
        lesson="The layer holds w.T, keeps the dtype and shares no memory with w.",
    ),
    Exercise(
        "9.17.2",
        "One step with torch.optim",
        train_step,
        lambda: [(1,), (2,)],
        outputs=("losses", "parameters"),
        names=("seed",),
        run=cases.run_steps,
        slips={
            "zero_grad is missing: backward adds to the gradients that are there": (
                _never_cleared
            ),
            "the order: nothing moved, because the gradients were cleared between "
            "backward and step, or step came before backward": _cleared_too_late,
            "the loss was taken after the step: return that of before": _loss_after,
        },
        lesson="zero_grad, forward, backward, step: four lines train any model.",
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
    ),
)

"""The dearest question, asked by name: can the model learn one batch by heart?"""

import copy
from contextlib import contextmanager

import torch

from nb_lib.doctor.findings import Finding


@contextmanager
def borrowed(model, optimiser):
    """Lend model and optimiser out; give both back as they were, bit for bit."""
    tensors = [*model.parameters(), *model.buffers()]
    kept = [tensor.detach().clone() for tensor in tensors]
    grads = [p.grad for p in model.parameters()]
    state = copy.deepcopy(optimiser.state_dict())
    modes = [(module, module.training) for module in model.modules()]
    devices = range(torch.cuda.device_count())
    try:
        with torch.random.fork_rng(devices), torch.enable_grad():
            for p in model.parameters():
                p.grad = None
            yield
    finally:
        with torch.no_grad():
            for tensor, value in zip(tensors, kept, strict=True):
                tensor.copy_(value)
        for p, grad in zip(model.parameters(), grads, strict=True):
            p.grad = grad
        optimiser.load_state_dict(state)
        for module, training in modes:
            module.training = training


def taken(loss):
    """Return a loss as a number; what is no tensor of one number is a TypeError."""
    if not isinstance(loss, torch.Tensor) or loss.numel() != 1:
        told = tuple(loss.shape) if isinstance(loss, torch.Tensor) else type(loss)
        raise TypeError(f"single_batch wants a tensor of one number, got {told}")
    return float(loss.detach())


def overfits(model, optimiser, loss, x, y, steps):
    """Train on one batch, then undo it; yield a finding if the loss hardly falls."""

    def closure():
        optimiser.zero_grad()
        value = loss(model(x), y)
        value.backward()
        return value

    with borrowed(model, optimiser):
        first = taken(loss(model(x), y))
        for _ in range(steps):
            optimiser.step(closure)
        last = taken(loss(model(x), y))
    if not last < 0.5 * first:
        yield Finding(
            "single_batch",
            ("model",),
            0,
            {"loss before": first, "after": last, "steps": steps},
            "Something between the input and the update is broken: look there first.",
        )

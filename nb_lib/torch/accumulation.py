"""Gradient accumulation: the gradient of a batch that does not fit into memory.

In one's own work: ``(share * loss).backward()`` for each micro-batch, as PyTorch adds
to ``p.grad`` by itself, then one ``optimiser.step()``.
"""

import torch

from nb_lib.numpy.accumulation import micro_batches

__all__ = ["accumulated", "micro_batches"]


def accumulated(model, loss, x, targets, *, size):
    """Return L and its gradients by name, Σ (n / N) L_n, from micro-batches.

    ``loss`` is a mean over rows, as all of ``losses`` are. The parameters stay as they
    are; memory is needed for ``size`` rows only.
    """
    total, grads = 0.0, {}
    for part, wanted, share in micro_batches(x, targets, size=size):
        value = share * loss(model(part), wanted)
        total += value.item()
        found = torch.autograd.grad(value, list(model.params.values()))
        for name, grad in zip(model.params, found, strict=True):
            grads[name] = grads[name] + grad if name in grads else grad
    return total, grads

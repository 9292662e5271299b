"""Activation checkpointing: keep few of the states, and compute the others again.

In one's own work: ``torch.utils.checkpoint.checkpoint_sequential``.
"""

import torch

from nb_lib.numpy.checkpointing import cuts, layers_computed, states_held

__all__ = ["checkpointed", "cuts", "layers_computed", "states_held"]


def checkpointed(model, loss, x, targets, *, segments):
    """Return L and its gradients by name, keeping one state for each segment.

    ``model`` is an MLP without skips and norms. The numbers are those of
    ``loss.backward``, to the last bit, because the same operations are done on the same
    numbers.
    """
    blocks = _blocks(model)
    spans = cuts(len(blocks), segments)
    kept = [x]
    with torch.no_grad():
        for start, end in spans[:-1]:
            kept.append(_forward(blocks[start:end], kept[-1]))
    value, delta, grads = None, None, []
    for start, end in reversed(spans):
        h = kept.pop()
        h = h.detach().requires_grad_() if start else h
        y = _forward(blocks[start:end], h)
        if delta is None:
            y = value = loss(y, targets)
        weights = [p for block in blocks[start:end] for p in block[-1].parameters()]
        found = torch.autograd.grad(y, [h, *weights] if start else weights, delta)
        delta, found = (found[0], found[1:]) if start else (None, found)
        grads = [*found, *grads]
    return value.item(), dict(zip(model.params, grads, strict=True))


def _blocks(model):
    """List the layers: a linear map, from the second on behind an activation."""
    if model.skip or any(True for _ in model.norms.parameters()):
        raise ValueError("checkpointed wants an MLP without skips and norms")
    first, *others = model.linears
    return [(first,), *((model.activation, linear) for linear in others)]


def _forward(blocks, h):
    for block in blocks:
        for layer in block:
            h = layer(h)
    return h

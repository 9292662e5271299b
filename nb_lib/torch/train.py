"""Training as an iterator: one frozen step at a time, and nothing on the side."""

from contextlib import contextmanager, nullcontext

import torch
from torch import nn

from nb_lib.numpy._checks import check_one_label_each
from nb_lib.numpy._settings import check_number
from nb_lib.numpy.train import Step, has_diverged
from nb_lib.torch.layers import Linear

__all__ = ["Step", "accuracy", "descend", "has_diverged"]


def descend(model, loss, data, optimiser, *, watch=1):
    """Update the model once for every batch of ``data``; yield a ``Step`` each time.

    ``data`` yields (x, targets), forever if it likes; ``model`` is any module,
    ``optimiser`` any of ``torch.optim`` over its parameters. Norms are taken on the
    first and on every ``watch``-th step, those of dL/dz_l at every ``Linear``, ours
    or PyTorch's. What diverges goes on: see ``has_diverged``.
    """
    check_number("descend", "watch", watch, 1)
    for count, (x, targets) in enumerate(data, start=1):
        is_watched = count == 1 or count % watch == 0
        with _kept_outputs(model) if is_watched else nullcontext() as outputs:
            value = loss(model(x), targets)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        norms = None, None
        if is_watched:
            weights = (p for p in model.parameters() if p.ndim > 1)
            norms = _gradient_norms(weights), _gradient_norms(outputs)
        optimiser.step()
        yield Step(count, value.item(), *norms)


@torch.no_grad()
def accuracy(model, x, labels):
    """Share in [0, 1] of the rows of x whose greatest logit is the label's.

    A row with a logit that is NaN, as after divergence, counts as wrong.
    """
    check_one_label_each(x, labels)
    was_training, hits = model.training, 0
    model.eval()
    for start in range(0, len(x), 1000):  # in chunks: memory stays small
        logits = model(x[start : start + 1000])
        right = logits.argmax(dim=1) == labels[start : start + 1000]
        hits += torch.sum(right & ~logits.isnan().any(dim=1)).item()
    model.train(was_training)
    return hits / len(x)


@contextmanager
def _kept_outputs(model):
    """Keep what each linear layer puts out, for backward to leave dL/dz there."""
    outputs = []

    def keep(layer, inputs, z):
        z.retain_grad()
        outputs.append(z)

    layers = [m for m in model.modules() if isinstance(m, Linear | nn.Linear)]
    hooks = [layer.register_forward_hook(keep) for layer in layers]
    try:
        yield outputs
    finally:
        for hook in hooks:
            hook.remove()


def _gradient_norms(tensors):
    return tuple(t.grad.norm().item() for t in tensors if t.grad is not None)

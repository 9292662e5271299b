"""Mixed precision: forward and back in float16, the weights in float32.

In one's own work: ``torch.autocast`` around the forward pass and, with float16, a
``torch.amp.GradScaler`` around the optimiser. bfloat16 needs no scale.
"""

from copy import deepcopy

import torch

from nb_lib.numpy._settings import check_positive
from nb_lib.numpy.precision import LossScale

__all__ = ["LossScale", "all_finite", "half_gradients"]


def half_gradients(model, loss, x, targets, *, scale=1.0):
    """Return L and its gradients by name, found in float16 with L times ``scale``.

    The model keeps its weights (the *master* weights); a copy of them is rounded. The
    loss itself is taken in the dtype of the weights. What overflows is infinite or NaN
    in the gradients: see ``all_finite``. A scale that is not above 0 is a ValueError.
    """
    check_positive("half_gradients", "a scale", scale)
    dtype = next(model.parameters()).dtype
    rounded = deepcopy(model).half()
    value = loss(rounded(x.half()).to(dtype), targets)
    found = torch.autograd.grad(scale * value, list(rounded.params.values()))
    grads = zip(model.params, (g.to(dtype) / scale for g in found), strict=True)
    return value.item(), dict(grads)


def all_finite(grads):
    """Whether no gradient has overflowed."""
    return all(bool(grad.isfinite().all()) for grad in grads.values())

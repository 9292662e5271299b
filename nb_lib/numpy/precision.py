"""Mixed precision: forward and back in float16, the weights in float32.

A float16 has 11 significant bits, and its numbers end at 65,504 and at 2^-24. Gradients
that are smaller would become 0, so the loss is multiplied by a scale before the way
back, and the gradients are divided by it afterwards, in float32.

Source: Paulius Micikevicius et al. (2018), section 3.
"""

from copy import deepcopy

import numpy as np

from nb_lib.numpy._settings import check_count, check_number, check_positive
from nb_lib.numpy.losses import value_and_gradient


def half_gradients(model, loss, x, targets, *, scale=1.0):
    """Return L and its gradients by name, found in float16 with L times ``scale``.

    The model keeps its weights (the *master* weights); a copy of them is rounded. The
    loss itself is taken in the dtype of the weights. What overflows is infinite or NaN
    in the gradients: see ``all_finite``. A scale that is not above 0 is a ValueError.
    """
    check_positive("half_gradients", "a scale", scale)
    dtype = next(iter(model.params.values())).dtype
    rounded = _in_half(model)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        logits = rounded.forward(x.astype(np.float16)).astype(dtype)
        value, dlogits = value_and_gradient(loss, logits, targets)
        rounded.backward((scale * dlogits).astype(np.float16))
        grads = {
            n: g.astype(dtype) / dtype.type(scale) for n, g in rounded.grads.items()
        }
    return value, grads


def all_finite(grads):
    """Whether no gradient has overflowed."""
    return all(bool(np.isfinite(grad).all()) for grad in grads.values())


class LossScale:
    """Find the scale by trying: halve it after an overflow, double it when none came.

    ``update(is_finite)`` is told of each step and returns whether to take it. After
    ``patience`` finite steps in a row the scale doubles.

    Source: ``torch.amp.GradScaler``.
    """

    def __init__(self, scale=2.0**16, *, patience=2000):
        check_positive("LossScale", "a scale", scale)
        check_count("LossScale", "a patience", patience)
        self.scale, self.patience, self.finite = float(scale), int(patience), 0

    def update(self, is_finite):
        """Count one step; return whether its gradients are fit for use."""
        self.finite = self.finite + 1 if is_finite else 0
        if not is_finite:
            self.scale /= 2
        elif self.finite == self.patience:
            self.scale, self.finite = 2 * self.scale, 0
        return bool(is_finite)

    def state_dict(self):
        """Return what another ``LossScale`` needs to go on from here."""
        return dict(vars(self))

    def load_state_dict(self, state):
        """Go on from where the other was."""
        check_number("LossScale", "a scale", state["scale"], 0)
        vars(self).update({name: state[name] for name in vars(self)})


def _in_half(model):
    """Return a copy of the model with its weights rounded to float16."""
    copy = deepcopy(model)
    for linear in copy.linears:
        linear.params = {n: w.astype(np.float16) for n, w in linear.params.items()}
    return copy

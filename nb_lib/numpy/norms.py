"""Normalisation: shift and scale numbers to a common size, then learn a size anew.

Every layer here maps x (N, D) to y (N, D) by y = γ ⊙ x̂ + β, and they differ in one
thing: over which numbers the mean and the size of x̂ are taken. ``params`` holds gamma
and beta (D,), which begin at 1 and 0; ``backward`` leaves their gradients in ``grads``.
A mean is subtracted before anything is squared, and once more from what is left, as
the first mean of large numbers is itself rounded: an offset of 1,000 then costs no
digits. An x of another shape, or a batch without rows, is a ValueError.
"""

import numpy as np

from nb_lib.numpy._checks import check_features, check_rows, check_state
from nb_lib.numpy._floats import floats
from nb_lib.numpy._settings import check_count, check_dtype, check_groups, check_number


class _Norm:
    """What the four have in common: the parameters, and the way to them and back."""

    def __init__(self, features, *, eps, dtype):
        name = type(self).__name__
        check_count(name, "features", features)
        check_number(name, "an eps", eps, 0)
        self.eps, dtype = eps, check_dtype(dtype, name)
        self.params = {"gamma": np.ones(features, dtype)}
        self.params["beta"] = np.zeros(features, dtype)
        self.grads = {}

    def forward(self, x):
        """Map features x (N, D) to y (N, D)."""
        gamma = self.params["gamma"]
        check_features(type(self).__name__, x, len(gamma))
        check_rows(type(self).__name__, x)
        x = x if x.dtype.kind == "f" else floats(x, gamma.dtype)
        self.x_hat = self._normalise(x)
        y = gamma * self.x_hat
        return y + self.params["beta"] if "beta" in self.params else y

    def backward(self, dy):
        """Take dy = dL/dy, keep dL/dγ and dL/dβ in ``grads``, return dL/dx."""
        self.grads = {"gamma": (dy * self.x_hat).sum(axis=0)}
        if "beta" in self.params:
            self.grads["beta"] = dy.sum(axis=0)
        return self._d_normalise(dy * self.params["gamma"])

    @property
    def buffers(self):
        """Arrays that last from batch to batch and that no optimiser moves, by name."""
        return {}

    def state_dict(self):
        """Return all arrays that last: the parameters and the buffers, by name."""
        return self.params | self.buffers

    def load_state_dict(self, state):
        """Take over the arrays of another layer; what does not fit is a ValueError."""
        own = self.state_dict()
        check_state(type(self).__name__, own, state)
        for name, array in own.items():
            array[...] = state[name]


class BatchNorm(_Norm):
    """Mean and variance of each feature, over the rows of the batch.

    x̂ = (x - μ) / √(σ² + ε), where μ and σ² (D,) are those of the batch while
    ``training`` is True. A running mean and variance follow them,
    m ← (1 - momentum) m + momentum μ (for the variance with N - 1 in place of N), and
    stand in for them while ``training`` is False. A batch of one row has no variance:
    it gives y = β.

    Source: Sergey Ioffe and Christian Szegedy (2015), algorithms 1 and 2.
    """

    def __init__(self, features, *, momentum=0.1, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)
        check_number("BatchNorm", "a momentum", momentum, 0, 1)
        self.momentum, self.training = momentum, True
        self.running_mean = np.zeros_like(self.params["beta"])
        self.running_var = np.ones_like(self.params["gamma"])

    @property
    def buffers(self):
        """The running mean and variance (D,), by name."""
        return {"running_mean": self.running_mean, "running_var": self.running_var}

    def _normalise(self, x):
        self.is_of_batch = self.training
        if not self.training:
            self.scale = np.sqrt(self.running_var + self.eps)
            return (x - self.running_mean) / self.scale
        x_hat, self.scale, variance = _standardise(x, self.eps, axis=0)
        self._follow(x.mean(axis=0), variance[0] * len(x) / max(len(x) - 1, 1))
        return x_hat

    def _d_normalise(self, dx_hat):
        if not self.is_of_batch:
            return dx_hat / self.scale  # the running numbers do not move with x
        return _d_standardise(dx_hat, self.x_hat, self.scale, axis=0)

    def _follow(self, mean, variance):
        """Move the running numbers a little towards those of the batch."""
        pairs = (self.running_mean, mean), (self.running_var, variance)
        for running, new in pairs:
            running += self.momentum * (new - running)


class LayerNorm(_Norm):
    """Mean and variance of each row, over its features.

    x̂ = (x - μ) / √(σ² + ε), μ and σ² (N, 1). The same in training and evaluation.

    Source: Jimmy Ba, Jamie Kiros and Geoffrey Hinton (2016).
    """

    def __init__(self, features, *, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)

    def _normalise(self, x):
        x_hat, self.scale, _ = _standardise(x, self.eps, axis=1)
        return x_hat

    def _d_normalise(self, dx_hat):
        return _d_standardise(dx_hat, self.x_hat, self.scale, axis=1)


class GroupNorm(_Norm):
    """Mean and variance of each row, over each of ``groups`` equal parts of it.

    With one group it is layer normalisation. Features that do not divide into the
    groups are a ValueError.

    Source: Yuxin Wu and Kaiming He (2018).
    """

    def __init__(self, features, *, groups, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)
        self.groups = check_groups(features, groups)

    def _normalise(self, x):
        x_hat, self.scale, _ = _standardise(self._parts(x), self.eps, axis=2)
        return x_hat.reshape(x.shape)

    def _d_normalise(self, dx_hat):
        parts = self._parts(dx_hat), self._parts(self.x_hat)
        return _d_standardise(*parts, self.scale, axis=2).reshape(dx_hat.shape)

    def _parts(self, x):
        return x.reshape(len(x), self.groups, -1)


class RMSNorm(_Norm):
    """The root mean square of each row, and no mean: one reduction instead of two.

    x̂ = x / √(mean of x² + ε) and y = γ ⊙ x̂, without β.

    Source: Biao Zhang and Rico Sennrich (2019).
    """

    def __init__(self, features, *, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)
        del self.params["beta"]

    def _normalise(self, x):
        self.scale = np.sqrt((x * x).mean(axis=1, keepdims=True) + self.eps)
        return x / self.scale

    def _d_normalise(self, dx_hat):
        along = (dx_hat * self.x_hat).mean(axis=1, keepdims=True)
        return (dx_hat - self.x_hat * along) / self.scale


def _standardise(x, eps, *, axis):
    """Return x̂ = (x - μ) / s with s = √(σ² + ε), s and σ², which keep the axis."""
    centred = x - x.mean(axis=axis, keepdims=True)
    centred -= centred.mean(axis=axis, keepdims=True)
    variance = (centred * centred).mean(axis=axis, keepdims=True)
    scale = np.sqrt(variance + eps)
    return centred / scale, scale, variance


def _d_standardise(dx_hat, x_hat, scale, *, axis):
    """Take dL/dx̂, return dL/dx = (dx̂ - mean(dx̂) - x̂ mean(dx̂ ⊙ x̂)) / s.

    Two means go off: a shift of all x changes no x̂, and neither does a scale.
    """
    level = dx_hat.mean(axis=axis, keepdims=True)
    along = (dx_hat * x_hat).mean(axis=axis, keepdims=True)
    return (dx_hat - level - x_hat * along) / scale

"""Normalisation in tensor operations; autograd finds the way back.

Every layer here maps x (N, D) to y (N, D) by y = γ ⊙ x̂ + β, and they differ in one
thing: over which numbers the mean and the size of x̂ are taken. In one's own work:
``torch.nn.BatchNorm1d``, ``LayerNorm``, ``GroupNorm`` and ``RMSNorm``. An x of another
shape, or a batch without rows, is a ValueError.
"""

import torch
from torch import nn

from nb_lib.numpy._checks import check_features, check_rows
from nb_lib.numpy._settings import check_count, check_dtype, check_groups, check_number
from nb_lib.torch._floats import floats


class _Norm(nn.Module):
    """What the four have in common: the parameters, and the way to them."""

    def __init__(self, features, *, eps, dtype):
        super().__init__()
        name = type(self).__name__
        check_count(name, "features", features)
        check_number(name, "an eps", eps, 0)
        self.eps, dtype = eps, getattr(torch, check_dtype(dtype, name))
        self.gamma = nn.Parameter(torch.ones(features, dtype=dtype))
        self.beta = nn.Parameter(torch.zeros(features, dtype=dtype))

    def forward(self, x):
        """Map features x (N, D) to y (N, D)."""
        check_features(type(self).__name__, x, len(self.gamma))
        check_rows(type(self).__name__, x)
        y = self.gamma * self._normalise(floats(x, self.gamma.dtype))
        return y if self.beta is None else y + self.beta


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
        self.momentum = momentum
        self.register_buffer("running_mean", torch.zeros_like(self.beta.detach()))
        self.register_buffer("running_var", torch.ones_like(self.gamma.detach()))

    def _normalise(self, x):
        if not self.training:
            return (x - self.running_mean) / torch.sqrt(self.running_var + self.eps)
        with torch.no_grad():
            n, variance = len(x), x.var(dim=0, correction=0)
            self.running_mean.lerp_(x.mean(dim=0), self.momentum)
            self.running_var.lerp_(variance * n / max(n - 1, 1), self.momentum)
        return _standardise(x, self.eps, dim=0)


class LayerNorm(_Norm):
    """Mean and variance of each row, over its features.

    x̂ = (x - μ) / √(σ² + ε), μ and σ² (N, 1). The same in training and evaluation.

    Source: Jimmy Ba, Jamie Kiros and Geoffrey Hinton (2016).
    """

    def __init__(self, features, *, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)

    def _normalise(self, x):
        return _standardise(x, self.eps)


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
        return _standardise(x.reshape(len(x), self.groups, -1), self.eps).reshape_as(x)


class RMSNorm(_Norm):
    """The root mean square of each row, and no mean: one reduction instead of two.

    x̂ = x / √(mean of x² + ε) and y = γ ⊙ x̂, without β.

    Source: Biao Zhang and Rico Sennrich (2019).
    """

    def __init__(self, features, *, eps=1e-5, dtype="float64"):
        super().__init__(features, eps=eps, dtype=dtype)
        self.beta = None

    def _normalise(self, x):
        return x / torch.sqrt((x * x).mean(dim=1, keepdim=True) + self.eps)


def _standardise(x, eps, *, dim=-1):
    """Return x̂ = (x - μ) / √(σ² + ε); the mean goes off twice, see the NumPy twin."""
    centred = x - x.mean(dim=dim, keepdim=True)
    centred = centred - centred.mean(dim=dim, keepdim=True)
    variance = (centred * centred).mean(dim=dim, keepdim=True)
    return centred / torch.sqrt(variance + eps)

"""Activation functions f(z) with tensor operations; autograd knows the derivatives.

All work elementwise on tensors of any shape. For huge z value and derivative stay
finite where the exact ones are; at infinity they give the limit. Three are not
elementwise: ``softmax`` and ``log_softmax`` (over the last axis) and the gated layer
``swiglu``.

In one's own work: the functions of the same names in ``torch.nn.functional``.
"""

import math

import torch

from nb_lib.numpy._settings import check_positive
from nb_lib.torch._floats import cut, floats, in_floats, relu_far_out, setting

_TANH_SCALE = math.sqrt(2 / math.pi)
_TANH_CUBIC = 0.044715


def identity(z):
    """f(z) = z: no activation, the layer stays affine."""
    return floats(z)


def sigmoid(z):
    """σ(z) = 1 / (1 + e^-z)."""
    return torch.sigmoid(floats(z))


def tanh(z):
    """tanh z = (e^z - e^-z) / (e^z + e^-z) = 2 σ(2z) - 1."""
    return torch.tanh(floats(z))


def relu(z):
    """ReLU(z) = max(z, 0).

    Source: Vinod Nair and Geoffrey Hinton (2010).
    """
    return torch.relu(floats(z))  # unlike clamp(z, 0) it has slope 0 at the kink


def leaky_relu(z, *, slope=0.01):
    """f(z) = z where z > 0, else slope · z.

    Source: Andrew Maas et al. (2013), section 2.
    """
    z, slope = floats(z), setting(slope)
    return torch.where(z > 0, z, slope * z)


def elu(z, *, alpha=1.0):
    """f(z) = z where z > 0, else α (e^z - 1).

    Source: Djork-Arné Clevert et al. (2016), equation 15.
    """
    z, alpha = floats(z), setting(alpha)
    return torch.where(z > 0, z, alpha * torch.expm1(z.clamp(max=0)))


def softplus(z):
    """f(z) = log(1 + e^z) = log(e^0 + e^z), a smooth ReLU."""
    z = floats(z)
    return torch.logaddexp(z, torch.zeros_like(z))


def gelu(z, *, approximate="none"):
    """GELU(z) = z Φ(z), Φ the normal distribution function.

    ``approximate="tanh"`` takes Φ(z) ≈ (1 + tanh u) / 2 with
    u = √(2/π) (z + 0.044715 z³), off by at most 4.8e-4.

    Source: Dan Hendrycks and Kevin Gimpel (2016), section 2.
    """
    z = floats(z)
    near = cut(z)
    if _is_tanh(approximate):
        u = _TANH_SCALE * near * (1 + _TANH_CUBIC * near * near)
        return relu_far_out(z, near * (1 + torch.tanh(u)) / 2)
    return relu_far_out(z, near * torch.special.ndtr(near))


def silu(z):
    """SiLU(z) = z σ(z), also called swish.

    Source: Stefan Elfwing et al. (2018), equation 3.
    """
    z = floats(z)
    near = cut(z)
    return relu_far_out(z, near * sigmoid(near))


def swiglu(x, w_gate, w_value):
    """Gate one linear map with another: y = SiLU(x w_gate) ⊙ (x w_value).

    Shapes: x (..., D), w_gate and w_value (D, H), y (..., H).

    Source: Noam Shazeer (2020), equation 5, without biases.
    """
    x, w_gate, w_value = in_floats(x, w_gate, w_value)
    return silu(x @ w_gate) * (x @ w_value)


def softmax(z, *, temperature=1.0):
    """p_i = e^(z_i / T) / Σ_j e^(z_j / T) over the last axis: shares that sum to 1."""
    z, temperature = floats(z), setting(temperature)
    check_positive("softmax", "temperature", temperature)
    z = z - z.amax(dim=-1, keepdim=True)
    e = torch.exp(z / temperature)  # the greatest is e^0
    return e / e.sum(dim=-1, keepdim=True)


def log_softmax(z, *, temperature=1.0):
    """log p_i = z_i / T - log Σ_j e^(z_j / T) over the last axis, in nats."""
    z, temperature = floats(z), setting(temperature)
    check_positive("log_softmax", "temperature", temperature)
    z = (z - z.amax(dim=-1, keepdim=True)) / temperature  # of huge z no digit is lost
    return z - torch.logsumexp(z, dim=-1, keepdim=True)


def _is_tanh(approximate):
    if approximate not in ("none", "tanh"):
        raise ValueError(
            f'gelu wants approximate="none" or "tanh", got {approximate!r}'
        )
    return approximate == "tanh"


ACTIVATIONS = {
    "identity": identity,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "softplus": softplus,
    "gelu": gelu,
    "silu": silu,
}

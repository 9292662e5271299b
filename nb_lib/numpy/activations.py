"""Activation functions f(z) and, as ``d_`` + name, their derivatives f'(z).

All work elementwise on arrays of any shape. For huge z they stay silent, finite where
their value is, and exact; at infinity they give the limit. Three are not elementwise:
``softmax`` and ``log_softmax`` (over the last axis) and the gated layer ``swiglu``.
Their ``d_`` takes dy = dL/dy as its last argument and gives the gradient of the loss.
"""

import numpy as np

from nb_lib.numpy._floats import FAR, cut, floats, in_floats, relu_far_out, setting
from nb_lib.numpy._settings import check_positive

_SQRT_2PI = float(np.sqrt(2 * np.pi))
_TANH_SCALE = float(np.sqrt(2 / np.pi))
_TANH_CUBIC = 0.044715


def identity(z):
    """f(z) = z: no activation, the layer stays affine."""
    return floats(z)


def d_identity(z):
    """f'(z) = 1."""
    return np.ones_like(floats(z))


def sigmoid(z):
    """σ(z) = 1 / (1 + e^-z)."""
    z = floats(z)
    e = np.exp(-np.abs(z))  # e^-|z| never overflows
    return np.where(np.greater_equal(z, 0), 1, e) / (1 + e)


def d_sigmoid(z):
    """σ'(z) = σ(z) (1 - σ(z)), at most 1/4."""
    s = sigmoid(z)
    return s * (1 - s)


def tanh(z):
    """tanh z = (e^z - e^-z) / (e^z + e^-z) = 2 σ(2z) - 1."""
    return np.tanh(floats(z))


def d_tanh(z):
    """tanh'(z) = 1 - tanh² z, at most 1."""
    h = tanh(z)
    return 1 - h * h


def relu(z):
    """ReLU(z) = max(z, 0).

    Source: Vinod Nair and Geoffrey Hinton (2010).
    """
    z = floats(z)
    return np.maximum(z, 0)  # a second array of zeros can cost more than all else


def d_relu(z):
    """ReLU'(z) = 1 where z > 0, else 0; at the kink 0, as PyTorch has it."""
    z = np.asarray(floats(z))
    return (z > 0).astype(z.dtype)


def leaky_relu(z, *, slope=0.01):
    """f(z) = z where z > 0, else slope · z.

    Source: Andrew Maas et al. (2013), section 2.
    """
    z, slope = floats(z), setting(slope)
    return np.where(np.greater(z, 0), z, slope * z)


def d_leaky_relu(z, *, slope=0.01):
    """f'(z) = 1 where z > 0, else slope."""
    z, slope = floats(z), setting(slope)
    return np.where(np.greater(z, 0), np.ones_like(z), slope)


def elu(z, *, alpha=1.0):
    """f(z) = z where z > 0, else α (e^z - 1).

    Source: Djork-Arné Clevert et al. (2016), equation 15.
    """
    z, alpha = floats(z), setting(alpha)
    return np.where(np.greater(z, 0), z, alpha * np.expm1(np.minimum(z, 0)))


def d_elu(z, *, alpha=1.0):
    """f'(z) = 1 where z > 0, else α e^z."""
    z, alpha = floats(z), setting(alpha)
    return np.where(np.greater(z, 0), 1, alpha * np.exp(np.minimum(z, 0)))


def softplus(z):
    """f(z) = log(1 + e^z) = max(z, 0) + log(1 + e^-|z|), a smooth ReLU."""
    z = floats(z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def d_softplus(z):
    """f'(z) = σ(z)."""
    return sigmoid(z)


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
        return relu_far_out(z, near, near * (1 + np.tanh(u)) / 2)
    return relu_far_out(z, near, near * _normal_cdf(near))


def d_gelu(z, *, approximate="none"):
    """GELU'(z) = Φ(z) + z φ(z), φ the normal density, or the same for tanh."""
    z = cut(floats(z))
    if not _is_tanh(approximate):
        return _normal_cdf(z) + z * (np.exp(-z * z / 2) / _SQRT_2PI)
    h = np.tanh(_TANH_SCALE * z * (1 + _TANH_CUBIC * z * z))
    du = _TANH_SCALE * (1 + 3 * _TANH_CUBIC * z * z)
    return (1 + h + z * (1 - h * h) * du) / 2


def silu(z):
    """SiLU(z) = z σ(z), also called swish.

    Source: Stefan Elfwing et al. (2018), equation 3.
    """
    z = floats(z)
    near = cut(z)
    return relu_far_out(z, near, near * sigmoid(near))


def d_silu(z):
    """SiLU'(z) = σ(z) (1 + z (1 - σ(z)))."""
    z = cut(floats(z))
    s = sigmoid(z)
    return s * (1 + z * (1 - s))


def swiglu(x, w_gate, w_value):
    """Gate one linear map with another: y = SiLU(x w_gate) ⊙ (x w_value).

    Shapes: x (..., D), w_gate and w_value (D, H), y (..., H).

    Source: Noam Shazeer (2020), equation 5, without biases.
    """
    x, w_gate, w_value = in_floats(x, w_gate, w_value)
    return silu(x @ w_gate) * (x @ w_value)


def d_swiglu(x, w_gate, w_value, dy):
    """Take dy = dL/dy (N, H), give dL/dx, dL/dw_gate and dL/dw_value; x (N, D)."""
    x, w_gate, w_value, dy = in_floats(x, w_gate, w_value, dy)
    gate, value = x @ w_gate, x @ w_value
    dgate = dy * value * d_silu(gate)
    dvalue = dy * silu(gate)
    dx = dgate @ w_gate.T + dvalue @ w_value.T
    return dx, x.T @ dgate, x.T @ dvalue


def softmax(z, *, temperature=1.0):
    """p_i = e^(z_i / T) / Σ_j e^(z_j / T) over the last axis: shares that sum to 1."""
    z, temperature = floats(z), setting(temperature)
    check_positive("softmax", "temperature", temperature)
    z = z - z.max(axis=-1, keepdims=True)
    if temperature < 1:  # z / T may overflow, where its exponential is 0 anyway
        z = np.maximum(z, -FAR * temperature)
    e = np.exp(z / temperature)  # the greatest is e^0
    e /= e.sum(axis=-1, keepdims=True)
    return e


def d_softmax(z, dy, *, temperature=1.0):
    """Take dy = dL/dp, give dL/dz = p ⊙ (dy - Σ_j dy_j p_j) / T."""
    dy, temperature = floats(dy), setting(temperature)
    p = softmax(z, temperature=temperature)
    return p * (dy - np.sum(dy * p, axis=-1, keepdims=True)) / temperature


def log_softmax(z, *, temperature=1.0):
    """log p_i = z_i / T - log Σ_j e^(z_j / T) over the last axis, in nats."""
    z, temperature = floats(z), setting(temperature)
    check_positive("log_softmax", "temperature", temperature)
    z = (z - z.max(axis=-1, keepdims=True)) / temperature
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def d_log_softmax(z, dy, *, temperature=1.0):
    """Take dy = dL/d(log p), give dL/dz = (dy - p Σ_j dy_j) / T."""
    dy, temperature = floats(dy), setting(temperature)
    p = softmax(z, temperature=temperature)
    return (dy - p * np.sum(dy, axis=-1, keepdims=True)) / temperature


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
DERIVATIVES = {
    "identity": d_identity,
    "sigmoid": d_sigmoid,
    "tanh": d_tanh,
    "relu": d_relu,
    "leaky_relu": d_leaky_relu,
    "elu": d_elu,
    "softplus": d_softplus,
    "gelu": d_gelu,
    "silu": d_silu,
}
# f'(z) where h = f(z) is at hand already, for those f that let h decide it
SLOPES = {
    "sigmoid": lambda h: h * (1 - h),
    "tanh": lambda h: 1 - h * h,
    "relu": lambda h: h > 0,
    "leaky_relu": lambda h: np.where(h > 0, np.ones_like(h), 0.01),
}


def _normal_cdf(z):
    """Φ(z). SciPy takes a tenth of a second to load, and GELU alone needs it."""
    from scipy.special import ndtr

    return ndtr(z)

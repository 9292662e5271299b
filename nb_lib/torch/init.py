"""Initial weights as tensors: NumPy draws the numbers, so both twins start alike.

In one's own work: ``torch.nn.init``, whose functions fill a weight in place. Mind
that ``torch.nn.Linear`` stores the transpose, (fan_out, fan_in).
"""

import torch

from nb_lib.numpy import init as numpy_init
from nb_lib.numpy.init import weight_variance

__all__ = [
    "INITS",
    "he_normal",
    "he_uniform",
    "lecun_normal",
    "normal",
    "orthogonal",
    "torch_default",
    "weight_variance",
    "xavier_normal",
    "xavier_uniform",
    "zeros",
]


def zeros(fan_in, fan_out, *, rng):
    """Give w = 0: nothing is drawn, and the hidden units never come apart.

    As nothing is drawn, ``rng`` may be None.
    """
    return torch.from_numpy(numpy_init.zeros(fan_in, fan_out, rng=rng))


def normal(fan_in, fan_out, *, rng, std=0.01):
    """Draw w ~ N(0, std²), whatever the width: the custom before 2010."""
    return torch.from_numpy(numpy_init.normal(fan_in, fan_out, rng=rng, std=std))


def xavier_uniform(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = √(6 / (fan_in + fan_out)).

    Source: Xavier Glorot and Yoshua Bengio (2010), equation 16.
    """
    return torch.from_numpy(numpy_init.xavier_uniform(fan_in, fan_out, rng=rng))


def xavier_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 2 / (fan_in + fan_out)): half forward, half backward.

    Source: Xavier Glorot and Yoshua Bengio (2010), equation 12.
    """
    return torch.from_numpy(numpy_init.xavier_normal(fan_in, fan_out, rng=rng))


def he_uniform(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = √(6 / fan_in), of the same variance as ``he_normal``.

    Source: Kaiming He et al. (2015), equation 10.
    """
    return torch.from_numpy(numpy_init.he_uniform(fan_in, fan_out, rng=rng))


def he_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 2 / fan_in): the 2 repays the half that ReLU sets to zero.

    Source: Kaiming He et al. (2015), equation 10.
    """
    return torch.from_numpy(numpy_init.he_normal(fan_in, fan_out, rng=rng))


def lecun_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 1 / fan_in), not truncated.

    Source: Yann LeCun et al. (1998), Efficient BackProp, section 4.6.
    """
    return torch.from_numpy(numpy_init.lecun_normal(fan_in, fan_out, rng=rng))


def orthogonal(fan_in, fan_out, *, rng):
    """Draw w with orthonormal columns (rows if fan_in < fan_out), uniformly.

    Source: Andrew Saxe et al. (2014), section 3; the signs as in Francesco
    Mezzadri (2007), section 5.
    """
    return torch.from_numpy(numpy_init.orthogonal(fan_in, fan_out, rng=rng))


def torch_default(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = 1 / √fan_in, of variance 1 / (3 fan_in).

    Source: ``torch.nn.Linear.reset_parameters``, which writes it as
    ``kaiming_uniform_(weight, a=math.sqrt(5))``.
    """
    return torch.from_numpy(numpy_init.torch_default(fan_in, fan_out, rng=rng))


INITS = {
    "zeros": zeros,
    "normal": normal,
    "xavier_uniform": xavier_uniform,
    "xavier_normal": xavier_normal,
    "he_uniform": he_uniform,
    "he_normal": he_normal,
    "lecun_normal": lecun_normal,
    "orthogonal": orthogonal,
    "torch_default": torch_default,
}

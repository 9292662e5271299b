"""Initial weights: each scheme draws w (fan_in, fan_out) in float64.

``fan_in`` units feed each unit of the layer, ``fan_out`` units are fed by each. Sizes
that are no positive integers are a ValueError, an rng that is no Generator a TypeError.
"""

import numpy as np

from nb_lib.numpy._settings import check_draw, check_fans, pick


def zeros(fan_in, fan_out, *, rng):
    """Give w = 0: nothing is drawn, and the hidden units never come apart.

    As nothing is drawn, ``rng`` may be None.
    """
    fan_in, fan_out = check_draw("zeros", fan_in, fan_out, rng, is_drawn=False)
    return np.zeros((fan_in, fan_out))


def normal(fan_in, fan_out, *, rng, std=0.01):
    """Draw w ~ N(0, std²), whatever the width: the custom before 2010."""
    fan_in, fan_out = check_draw("normal", fan_in, fan_out, rng)
    return rng.normal(0, std, size=(fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = √(6 / (fan_in + fan_out)).

    Source: Xavier Glorot and Yoshua Bengio (2010), equation 16.
    """
    fan_in, fan_out = check_draw("xavier_uniform", fan_in, fan_out, rng)
    a = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-a, a, size=(fan_in, fan_out))


def xavier_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 2 / (fan_in + fan_out)): half forward, half backward.

    Source: Xavier Glorot and Yoshua Bengio (2010), equation 12.
    """
    fan_in, fan_out = check_draw("xavier_normal", fan_in, fan_out, rng)
    return normal(fan_in, fan_out, rng=rng, std=np.sqrt(2 / (fan_in + fan_out)))


def he_uniform(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = √(6 / fan_in), of the same variance as ``he_normal``.

    Source: Kaiming He et al. (2015), equation 10.
    """
    fan_in, fan_out = check_draw("he_uniform", fan_in, fan_out, rng)
    a = np.sqrt(6 / fan_in)
    return rng.uniform(-a, a, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 2 / fan_in): the 2 repays the half that ReLU sets to zero.

    Source: Kaiming He et al. (2015), equation 10.
    """
    fan_in, fan_out = check_draw("he_normal", fan_in, fan_out, rng)
    return normal(fan_in, fan_out, rng=rng, std=np.sqrt(2 / fan_in))


def lecun_normal(fan_in, fan_out, *, rng):
    """Draw w ~ N(0, 1 / fan_in), not truncated.

    Source: Yann LeCun et al. (1998), Efficient BackProp, section 4.6.
    """
    fan_in, fan_out = check_draw("lecun_normal", fan_in, fan_out, rng)
    return normal(fan_in, fan_out, rng=rng, std=np.sqrt(1 / fan_in))


def orthogonal(fan_in, fan_out, *, rng):
    """Draw w with orthonormal columns (rows if fan_in < fan_out), uniformly.

    Source: Andrew Saxe et al. (2014), section 3; the signs as in Francesco
    Mezzadri (2007), section 5.
    """
    fan_in, fan_out = check_draw("orthogonal", fan_in, fan_out, rng)
    tall = rng.normal(size=(max(fan_in, fan_out), min(fan_in, fan_out)))
    q, r = np.linalg.qr(tall)
    q *= np.where(np.diag(r) < 0, -1, 1)  # without it QR prefers some directions
    return q if fan_in >= fan_out else q.T.copy()


def torch_default(fan_in, fan_out, *, rng):
    """Draw w ~ U(-a, a), a = 1 / √fan_in, of variance 1 / (3 fan_in).

    Source: ``torch.nn.Linear.reset_parameters``, which writes it as
    ``kaiming_uniform_(weight, a=math.sqrt(5))``.
    """
    fan_in, fan_out = check_draw("torch_default", fan_in, fan_out, rng)
    a = 1 / np.sqrt(fan_in)
    return rng.uniform(-a, a, size=(fan_in, fan_out))


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
_FACTORS = {  # fan_in · Var(w) by fan_in m and fan_out n
    "zeros": lambda m, n: 0.0,
    "normal": lambda m, n: 0.01**2 * m,
    "xavier_uniform": lambda m, n: 2 * m / (m + n),
    "xavier_normal": lambda m, n: 2 * m / (m + n),
    "he_uniform": lambda m, n: 2.0,
    "he_normal": lambda m, n: 2.0,
    "lecun_normal": lambda m, n: 1.0,
    "orthogonal": lambda m, n: m / max(m, n),  # the longer side has length 1
    "torch_default": lambda m, n: 1 / 3,
}


def weight_variance(scheme, fan_in, fan_out):
    """Give fan_in · Var(w), the factor by which a layer of the scheme scales variance.

    ``scheme`` is a name of ``INITS``, drawn with its default settings. The factor is
    what ``propagation`` calls ``weight_variance`` going forward; times fan_out / fan_in
    it is the one going backward, and a gain multiplies it by its square. An unknown
    scheme is a ValueError.
    """
    factor = pick(_FACTORS, scheme, "init")
    return factor(*check_fans("weight_variance", fan_in, fan_out))

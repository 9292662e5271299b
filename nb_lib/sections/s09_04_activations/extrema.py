"""Activations beside PyTorch's own, and beside closed forms, for the claims of 9.4."""

import math
import warnings
from functools import partial

import numpy as np

from nb_lib.numpy import activations, slopes

Z = np.concatenate([np.linspace(-30, 30, 601), [-1000.0, 1000.0]])
STATED = {  # each with the unit of its last digit
    "gelu lowest at": (-0.7518, 1e-4),
    "gelu low": (-0.1700, 1e-4),
    "gelu slope": (1.1289, 1e-4),
    "silu lowest at": (-1.2784, 1e-4),
    "silu low": (-0.2785, 1e-4),
    "silu steepest at": (2.399, 1e-3),
    "silu slope": (1.0998, 1e-4),
}


def own_functions():
    """Pair each activation with PyTorch's own: name -> (keywords, function)."""
    from torch.nn import functional as own

    tanh_form = {"approximate": "tanh"}
    return {
        "sigmoid": ({}, own.sigmoid),
        "tanh": ({}, own.tanh),
        "relu": ({}, own.relu),
        "leaky_relu": ({"slope": 0.2}, partial(own.leaky_relu, negative_slope=0.2)),
        "elu": ({}, own.elu),
        "softplus": ({}, partial(own.softplus, threshold=40)),
        "gelu": ({}, own.gelu),
        "gelu, tanh form": (tanh_form, partial(own.gelu, **tanh_form)),
        "silu": ({}, own.silu),
    }


def against_pytorch():
    """Compare values and slopes of both twins with PyTorch's; hear the warnings."""
    import torch

    from nb_lib.torch import activations as twin

    gaps, values, with_slopes = [], [], partial(value_and_slopes, torch)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        for name, (keywords, own) in own_functions().items():
            name = name.split(",")[0]
            f = partial(getattr(activations, name), **keywords)
            slope = partial(getattr(activations, f"d_{name}"), **keywords)
            twin_f = partial(getattr(twin, name), **keywords)
            wanted = with_slopes(own, Z)
            for got in ([f(Z), slope(Z)], with_slopes(twin_f, Z)):
                values += got
                gaps += map(gap, got, wanted)
        for got, wanted in zip(*swiglus(torch, twin), strict=True):
            values.append(got)
            gaps.append(gap(got, wanted))
    return {
        "gap": max(gaps),
        "not finite": sum(np.sum(~np.isfinite(value)) for value in values),
        "warnings": len(heard),
    }


def value_and_slopes(torch, f, *arrays):
    """Give f and, by autograd, the gradient of its sum by each array."""
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    y = f(*tensors)
    y.sum().backward()
    return [y.detach().numpy(), *(tensor.grad.numpy() for tensor in tensors)]


def swiglus(torch, twin):
    """Give SwiGLU and its gradients in both twins, and twice PyTorch's, at ±1000."""
    rng = np.random.default_rng(941)
    x, w_gate, w_value = 1000 * rng.normal(size=(3, 5)), *rng.normal(size=(2, 5, 7))
    case, silu = (x, w_gate, w_value), torch.nn.functional.silu
    ours = activations.swiglu(*case)
    got = [ours, *activations.d_swiglu(*case, np.ones_like(ours))]
    got += value_and_slopes(torch, twin.swiglu, *case)
    return got, 2 * value_and_slopes(
        torch, lambda x, g, v: silu(x @ g) * (x @ v), *case
    )


def gap(got, wanted):
    """Give the greatest difference, relative where the values are large."""
    return np.max(np.abs(got - wanted) / (1 + np.abs(wanted)))


def extrema():
    """Find the minima and the greatest slopes of GELU and SiLU, and GELU's two forms.

    The closed forms: √2 and (1 + erf 1)/2 +
    1/(e √π) for GELU, -1 - W and -W with W e^W = 1/e for SiLU, whose greatest slope is
    1/2 + z/4 at z tanh(z/2) = 2.
    """
    found = {}
    for name in ("gelu", "silu"):
        found[f"{name} lowest at"], found[f"{name} low"] = slopes.lowest(
            activation=name
        )
        at, slope = slopes.steepest(activation=name)
        found[f"{name} steepest at"], found[f"{name} slope"] = at, slope
    w = slopes.crossing(lambda w: w * math.exp(w) - math.exp(-1), 0.0, 1.0)
    z = slopes.crossing(lambda z: z * math.tanh(z / 2) - 2, 1.0, 5.0)
    closed = {
        "gelu steepest at": math.sqrt(2),
        "gelu slope": (1 + math.erf(1)) / 2 + math.exp(-1) / math.sqrt(math.pi),
        "silu lowest at": -1 - w,
        "silu low": -w,
        "silu steepest at": z,
        "silu slope": 0.5 + z / 4,
    }
    grid = np.linspace(-8, 8, 160_001)
    forms = activations.gelu(grid) - activations.gelu(grid, approximate="tanh")
    digits = {
        name: abs(found[name] - value) / unit for name, (value, unit) in STATED.items()
    }
    return found | {
        "from the closed forms": max(abs(found[k] - v) for k, v in closed.items()),
        "last digits off by": max(digits.values()),
        "tanh form off by": np.abs(forms).max(),
    }

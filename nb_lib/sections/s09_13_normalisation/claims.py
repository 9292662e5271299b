"""The claims of 9.13, normalisation."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.numpy import norms
from nb_lib.sections.s09_13_normalisation.timing import (
    numpy_ratios,
    reductions,
    torch_ratios,
)
from nb_lib.sections.s09_13_normalisation.trials import trained

N, D, GROUPS, OFFSET = 16, 24, 3, 1000
SEEDS = range(5)
KINDS = {
    "BatchNorm": lambda **how: norms.BatchNorm(D, **how),
    "LayerNorm": lambda **how: norms.LayerNorm(D, **how),
    "GroupNorm": lambda **how: norms.GroupNorm(D, groups=GROUPS, **how),
    "RMSNorm": lambda **how: norms.RMSNorm(D, **how),
}


def against_torch():
    """Compare all four, forward and back, with torch.nn and with float64."""
    found = {}
    for dtype in ("float64", "float32"):
        for offset in (0, OFFSET):
            gaps = [gap(name, dtype, offset) for name in KINDS]
            to_torch, own, theirs = np.max(gaps, axis=0)
            found[f"{dtype}, {offset}"] = to_torch
            found[f"ours, {dtype}, {offset}"] = own
            found[f"torch, {dtype}, {offset}"] = theirs
    return found


def gap(name, dtype, offset):
    """Give the greatest distances: ours to torch's, each to ours in float64."""
    rng = np.random.default_rng(13)
    x, dy = offset + rng.normal(size=(N, D)), rng.normal(size=(N, D))
    x, dy = x.astype(dtype), dy.astype(dtype)
    ours, theirs = both_ways(name, x, dy), by_torch(name, x, dy)
    exact = both_ways(name, x.astype("float64"), dy.astype("float64"))
    return tuple(
        max(
            np.abs(a.astype(float) - b).max() / max(1, np.abs(b).max())
            for a, b in zip(*pair, strict=True)
        )
        for pair in ((ours, theirs), (ours, exact), (theirs, exact))
    )


def both_ways(name, x, dy):
    """Run ours forward and back: y, dL/dx and the gradients of the parameters."""
    layer = KINDS[name](dtype=x.dtype.name)
    return [layer.forward(x), layer.backward(dy), *layer.grads.values()]


def by_torch(name, x, dy):
    """Run PyTorch's own layer forward and back."""
    import torch

    kinds = {
        "BatchNorm": lambda: torch.nn.BatchNorm1d(D),
        "LayerNorm": lambda: torch.nn.LayerNorm(D),
        "GroupNorm": lambda: torch.nn.GroupNorm(GROUPS, D),
        "RMSNorm": lambda: torch.nn.RMSNorm(D, eps=1e-5),
    }
    leaf = torch.from_numpy(x).requires_grad_()
    layer = kinds[name]().to(leaf.dtype)
    y = layer(leaf)
    y.backward(torch.from_numpy(dy))
    grads = [parameter.grad.numpy() for parameter in layer.parameters()]
    return [y.detach().numpy(), leaf.grad.numpy(), *grads]


def invariances():
    """Shift and scale the input of each layer; send one row through batch norm."""
    x, found = np.random.default_rng(132).normal(size=(N, D)), {}
    for name in ("LayerNorm", "RMSNorm"):
        y = KINDS[name](eps=0).forward(x)
        found[f"{name}, shift"] = np.abs(KINDS[name](eps=0).forward(x + 7) - y).max()
        found[f"{name}, scale"] = np.abs(KINDS[name](eps=0).forward(3 * x) - y).max()
        moved = KINDS[name]().forward(3 * x) - KINDS[name]().forward(x)
        found[f"{name}, scale, eps"] = np.abs(moved).max()
    layer = KINDS["BatchNorm"]()
    layer.params["beta"][:] = 0.25
    found["one row"] = np.abs(layer.forward(x[:1]) - 0.25).max()
    return found


def as_well_and_cheaper():
    """Train both at two depths; count the means; time them in both libraries."""
    found = {}
    for depth in (4, 8):
        shares = {
            norm: [trained(norm, "pre", depth, seed=seed)[1] for seed in SEEDS]
            for norm in ("layer", "rms")
        }
        found[f"layer, {depth}"] = np.mean(shares["layer"])
        found[f"rms, {depth}"] = np.mean(shares["rms"])
        found[f"gap, {depth}"] = found[f"rms, {depth}"] - found[f"layer, {depth}"]
    rng = np.random.default_rng(133)
    found["means, ours"] = reductions(norms.LayerNorm)
    found["means, rms"] = reductions(norms.RMSNorm)
    found["NumPy"], found["NumPy, both"] = numpy_ratios(512, 512, rng=rng)
    found["PyTorch"], found["PyTorch, both"] = torch_ratios(512, 512, rng=rng)
    return found


CLAIMS = (
    Claim(
        "C13.1",
        "The four layers equal PyTorch's, forward and backward, to 1e-6 in float32 and "
        "1e-10 in float64, large offsets included (x = 1000 + noise).",
        against_torch,
        "float64 {float64, 0:.0e}, at the offset {float64, 1000:.0e}; float32 "
        "{float32, 0:.0e}, at the offset {float32, 1000:.0e}, where ours is "
        "{ours, float32, 1000:.0e} from float64 and PyTorch's "
        "{torch, float32, 1000:.0e}",
        core=(
            Bound("float64, 0", high=1e-10),
            Bound("float64, 1000", high=1e-10),
            Bound("float32, 0", high=1e-6),
            Bound("ours, float32, 1000", high=1e-6),
        ),
        beyond=(Bound("float32, 1000", high=1e-6),),
        verdict="holds with limits",
        limits="in float32 at an offset of 1000 the two differ by far more, because "
        "PyTorch subtracts a rounded mean once and ours takes the rest off as well",
        note="16 x 24 numbers; greatest gap of y, dL/dx, dγ and dβ, relative to the "
        "greatest entry where that is above 1",
        needs=("PyTorch",),
    ),
    Claim(
        "C13.2",
        "Layer norm ignores a shift and a scale of its row, RMSNorm a scale only; "
        "batch norm at batch size 1 returns β.",
        invariances,
        "a shift by 7 moves layer norm by {LayerNorm, shift:.0e} and RMSNorm by "
        "{RMSNorm, shift:.1f}, a factor 3 by {LayerNorm, scale:.0e} and "
        "{RMSNorm, scale:.0e}; one row is {one row:.0e} from β",
        core=(
            Bound("LayerNorm, shift", high=1e-12),
            Bound("LayerNorm, scale", high=1e-12),
            Bound("RMSNorm, scale", high=1e-12),
            Bound("RMSNorm, shift", low=0.5),
            Bound("LayerNorm, scale, eps", low=1e-9, high=1e-4),
            Bound("one row", high=0),
        ),
        note="exact for ε = 0; with ε = 1e-5 the factor moves them in the fifth digit",
    ),
    Claim(
        "C13.3",
        "RMSNorm works as well as layer norm at lower cost.",
        as_well_and_cheaper,
        "pre-norm, five seeds: {rms, 4:.1%} against {layer, 4:.1%} of new digits with "
        "4 hidden layers, {rms, 8:.1%} against {layer, 8:.1%} with 8; one mean "
        "against two (ours takes {means, ours:.0f}); time in NumPy {NumPy:.2f} "
        "forward and {NumPy, both:.2f} with the way back, in PyTorch {PyTorch:.1f} and "
        "{PyTorch, both:.1f}",
        core=(
            Bound("gap, 4", -0.04, 0.04),
            Bound("gap, 8", -0.04, 0.04),
            Bound("means, rms", 1, 1),
            Bound("NumPy", high=0.95),
        ),
        beyond=(Bound("PyTorch, both", high=1),),
        verdict="holds with limits",
        limits="the accuracy and the count hold, and the time in NumPy; PyTorch's own "
        "layers turn the time around on a CPU, because only layer norm is one fused "
        "loop there, forward and back",
        note="100 steps of SGD on small digits; times of 512 x 512 numbers in float32, "
        "RMSNorm over layer norm with two means",
        needs=("PyTorch",),
    ),
)

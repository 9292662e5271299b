"""The claims of 9.15, computational graphs and autograd."""

from importlib.util import find_spec

import numpy as np

from nb_lib.autograd import Tensor, tensor
from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.book.lines import count_code_lines
from nb_lib.data import moons
from nb_lib.numpy.init import xavier_normal
from nb_lib.sections.s09_15_autograd import witness

SEEDS, LINKS = 5, 100_000


def lines():
    """Count the lines of the module that the section prints."""
    return {"lines": count_code_lines(tensor)}


def operations():
    """Compare every operation with PyTorch's, for several seeds."""
    rng = np.random.default_rng(152)
    gaps = [
        witness.operation_gap(formula, rng)
        for formula in witness.ALONE
        for _ in range(SEEDS)
    ]
    return {"formulas": len(witness.ALONE), "greatest gap": max(gaps)}


def twice():
    """Walk back three times over shared nodes, and once over a long chain."""
    import torch

    mine = Tensor([1.0, 2.0])
    its = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    gap = 0.0
    middle, other = mine * mine, its * its
    for _ in range(3):
        (middle * mine + middle).sum().backward()
        (other * its + other).sum().backward(retain_graph=True)
        gap = max(gap, float(np.abs(mine.grad - its.grad.numpy()).max()))
    start = Tensor(1.0)
    end = start
    for _ in range(LINKS):
        end = end + 1
    end.backward()
    return {"gap after three walks": gap, "slope along the chain": float(start.grad)}


def libraries():
    """Compare the gradients of a net with PyTorch's, and with JAX's if it is here."""
    rng = np.random.default_rng(154)
    x, labels = moons(100, rng=rng)
    sizes = ((2, 16), (16, 16), (16, 2))
    params = [xavier_normal(*fans, rng=rng) for fans in sizes]
    params += [rng.normal(size=fan_out) for _, fan_out in sizes]
    mine = witness.ours(params, x, labels)
    gaps = {"PyTorch": witness.apart(mine, witness.torchs(params, x, labels))}
    if find_spec("jax"):
        gaps["JAX"] = witness.apart(mine, witness.jaxs(params, x, labels))
    return {"greatest difference": max(gaps.values()), "libraries": " and ".join(gaps)}


CLAIMS = (
    Claim(
        "C15.1",
        "The engine takes at most 60 lines.",
        lines,
        "{lines} lines that are neither blank nor comment nor docstring",
        core=(Bound("lines", high=60),),
    ),
    Claim(
        "C15.2",
        "Every operation equals PyTorch's to 1e-12, shared nodes and broadcasting "
        "included.",
        operations,
        "{formulas} formulas differ by at most {greatest gap:.0e}",
        core=(Bound("greatest gap", high=1e-12),),
        note="5 seeds for each formula, values and gradients, relative to their size",
        needs=("PyTorch",),
    ),
    Claim(
        "C15.3",
        "Calling backward again accumulates as PyTorch does and never corrupts; a "
        "chain of 100,000 nodes does not overflow the stack.",
        twice,
        "after three walks a difference of {gap after three walks:.0e}; slope "
        "{slope along the chain:g} along the chain",
        core=(
            Bound("gap after three walks", high=1e-12),
            Bound("slope along the chain", 1, 1),
        ),
        needs=("PyTorch",),
    ),
    Claim(
        "C15.4",
        "The same graph gives the same gradients in PyTorch and, where it is "
        "installed, in JAX.",
        libraries,
        "gradients differ by at most {greatest difference:.0e} from {libraries}",
        core=(Bound("greatest difference", high=1e-12),),
        note="a net with 354 parameters on 100 points",
        needs=("PyTorch",),
    ),
)

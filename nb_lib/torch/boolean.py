"""Boolean functions of n inputs: which of them one threshold unit computes, proved.

A function is its truth table: outputs (2**n,), 0 or 1 on the corners of the cube in
counting order. Read as a binary number it names the function: XOR, 0110, is 6. So the
tables of n inputs are themselves the corners of a cube: ``cube(2**n)`` holds them all.
"""

from collections import Counter
from itertools import combinations

import torch

from nb_lib.numpy import boolean
from nb_lib.numpy._checks import check_table
from nb_lib.numpy.boolean import NAMES, Proof, with_returns
from nb_lib.torch._floats import floats
from nb_lib.torch.perceptron import learn, threshold, with_ones

__all__ = [
    "NAMES",
    "Proof",
    "cube",
    "decide",
    "hides_xor",
    "number",
    "products",
    "proves",
    "rectangles",
    "with_returns",
]


def cube(n):
    """Return the corners of the n-cube in counting order, (2**n, n) of 0 and 1."""
    sides = [torch.tensor([0.0, 1.0], dtype=torch.float64)] * int(n)
    return torch.cartesian_prod(*sides).reshape(-1, n)


def number(outputs):
    """Read a truth table as a binary number, the corner (0, ..., 0) first."""
    check_table("number", outputs)
    return int("".join(str(int(bit)) for bit in outputs.tolist()), 2)


def decide(outputs):
    """Let Rosenblatt's rule prove that one unit computes the table, or that none does.

    It stops: then its weights are a witness. Or it makes a mistake it has made before,
    with the same weights after it: the updates in between add to 0, and the mistakes
    on each corner are the multipliers. One of the two must happen: the weights are
    whole numbers and stay bounded (Bradley Efron 1964; Block & Levin 1970).
    """
    n = check_table("decide", outputs)
    x, rows, w = with_ones(cube(n)), [], torch.zeros(n + 1)
    for mistake, earlier in with_returns(learn(x, 2.0 * outputs - 1.0)):
        rows.append(mistake.row)
        w = mistake.w
        if earlier is not None:
            times = Counter(rows[earlier:])
            return Proof(None, None, tuple(times[i] for i in range(2**n)), len(rows))
    *w, b = (int(value) for value in w)
    return Proof(tuple(w), b, None, len(rows))


def proves(proof, outputs):
    """Check a ``Proof`` again in whole numbers, whoever found it."""
    outputs = floats(outputs)
    n = check_table("proves", outputs)
    if proof.multipliers is None:
        w = torch.tensor(proof.w, dtype=torch.float64)
        return bool(torch.all(threshold(cube(n), w, proof.b) == outputs))
    m = torch.tensor(proof.multipliers)
    signed = (2 * outputs - 1)[:, None] * with_ones(cube(n))  # (2**n, n + 1), t (x, 1)
    left = m @ signed.to(torch.int64)
    return bool(torch.all(m >= 0) and torch.any(m > 0) and torch.all(left == 0))


def rectangles(n):
    """List all corners a, b, c, d of the n-cube with a + b = c + d, (K, 4) numbers.

    a and b end one diagonal of a flat rectangle, c and d the other; each rectangle
    stands once.
    """
    return torch.from_numpy(boolean.rectangles(n))


def hides_xor(outputs):
    """Whether a rectangle has one output on both ends of a diagonal, the other across.

    Shapes: outputs (M, 2**n), M tables; result (M,). Such a table is computed by no
    unit: multipliers 1 on the four corners prove it.
    """
    a, b, c, d = outputs.T[rectangles(check_table("hides_xor", outputs[0])).T]
    return torch.any((a == b) & (c == d) & (a != c), dim=0)


def products(x):
    """Multiply features: x1, x2, ..., x1 x2, ..., x1 x2 ... xD.

    Shapes: x (N, D), result (N, 2**D - 1), the short products first. On 0 and 1 a
    product is the AND of its inputs, a mask of Minsky & Papert (1969).
    """
    x = floats(x)
    n = x.shape[1]
    subsets = (s for size in range(1, n + 1) for s in combinations(range(n), size))
    return torch.stack([x[:, list(s)].prod(dim=1) for s in subsets], dim=1)

"""The block of a Transformer that works on each token alone: plain, and gated.

Both lift D features to H and bring them back. The plain block has two matrices and
usually H = 4D; the gated one has three, and as many parameters at H = 8D/3.
"""

import math

from nb_lib.numpy._floats import in_floats
from nb_lib.numpy.activations import ACTIVATIONS, swiglu


def feed_forward(x, w_in, w_out, *, activation="gelu"):
    """y = f(x w_in) w_out.

    Shapes: x and y (..., D), w_in (D, H), w_out (H, D).

    Source: Ashish Vaswani et al. (2017), equation 2, without biases.
    """
    x, w_in, w_out = in_floats(x, w_in, w_out)
    return ACTIVATIONS[activation](x @ w_in) @ w_out


def gated_feed_forward(x, w_gate, w_value, w_out):
    """y = (SiLU(x w_gate) ⊙ (x w_value)) w_out.

    Shapes: x and y (..., D), w_gate and w_value (D, H), w_out (H, D).

    Source: Noam Shazeer (2020), equation 6.
    """
    x, w_gate, w_value, w_out = in_floats(x, w_gate, w_value, w_out)
    return swiglu(x, w_gate, w_value) @ w_out


def shapes(d, hidden, *, gated):
    """List the shapes of the matrices of one block: two, or three if gated."""
    return [(d, hidden)] * (2 if gated else 1) + [(hidden, d)]


def matched_width(d, *, multiple=1):
    """Give the least multiple that is not below 8d/3: 3 d H ≥ 2 d (4d).

    Sizes that are no whole numbers above 0 are a ValueError.
    """
    for name, size in (("d", d), ("multiple", multiple)):
        if not (1 <= size < math.inf and size % 1 == 0):
            raise ValueError(f"{name} wants a whole number above 0, got {size}")
    d, multiple = int(d), int(multiple)
    return -(-8 * d // (3 * multiple)) * multiple  # whole numbers, rounded up

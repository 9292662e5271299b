"""The block of a Transformer that works on each token alone: plain, and gated.

Both lift D features to H and bring them back. The plain block has two matrices and
usually H = 4D; the gated one has three, and as many parameters at H = 8D/3.
"""

from nb_lib.numpy.gated import matched_width, shapes
from nb_lib.torch._floats import in_floats
from nb_lib.torch.activations import ACTIVATIONS, swiglu

__all__ = ["feed_forward", "gated_feed_forward", "matched_width", "shapes"]


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

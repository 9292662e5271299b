"""Layers without an activation between them: together they are one layer.

In one's own work: ``torch.nn.Sequential`` of two ``torch.nn.Linear`` is this mistake.
"""

import torch

from nb_lib.torch._floats import floats, in_floats


def collapse(layers):
    """Give the one pair (w, b) that does what all ``layers`` do in a row.

    (x @ w_1 + b_1) @ w_2 + b_2 = x @ (w_1 @ w_2) + (b_1 @ w_2 + b_2), and so on.
    Shapes: a list of pairs w (fan_in, fan_out), b (fan_out,), each fan_out the next
    fan_in. An empty list is a ValueError.
    """
    if not layers:
        raise ValueError("collapse wants one layer or more, got none")
    (w, b), *rest = [map(floats, pair) for pair in layers]
    for w_next, b_next in rest:
        w, b = w @ w_next, b @ w_next + b_next
    return w, b


def on_units(x, w, b):
    """Tell which units of a ReLU layer are on, z = x @ w + b > 0, for each row.

    Shapes: x (N, D), w (D, h), b (h,), result (N, h). Rows with the same pattern lie
    in one linear region: there the layer is an affine map.
    """
    x, w, b = in_floats(x, w, b)
    return x @ w + b > 0


def patterns(x, w, b):
    """Count the different patterns of ``on_units`` among the rows of x.

    Source: Razvan Pascanu, Guido Montúfar and Yoshua Bengio (2014), section 2.
    """
    x, w, b = in_floats(x, w, b)
    return len(torch.unique(on_units(x, w, b), dim=0))

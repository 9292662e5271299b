"""The multiply-adds of a network, layer by layer, before anything is run.

A layer is a pair (fan_in, fan_out) and ``sizes`` lists the widths of a net, as
(784, 128, 64, 10). Counted are the products of matrices: what is done once a unit
(biases, activations, their slopes) is a share of about 1/fan_in of that.
"""

from itertools import pairwise


def edges(sizes):
    """Give the weights of each layer, fan_in · fan_out."""
    return [fan_in * fan_out for fan_in, fan_out in pairwise(sizes)]


def parameters(sizes):
    """Give P, the number of all weights and biases."""
    return sum(edges(sizes)) + sum(sizes[1:])


def forward(sizes, *, batch=1):
    """Give the multiply-adds of each layer's z = h w: one for each edge and example."""
    return [batch * n for n in edges(sizes)]


def weights_back(sizes, *, batch=1):
    """Give those of each layer's dw = hᵀ δ: again one for each edge and example."""
    return forward(sizes, batch=batch)


def errors_back(sizes, *, batch=1, needs_dx=False):
    """Give those of δ wᵀ in each layer, which takes the error to the layer below.

    Below the first layer is the data: nobody needs that product unless ``needs_dx``.
    """
    counts = forward(sizes, batch=batch)
    return counts if needs_dx else [0, *counts[1:]]


def ratio(sizes, *, needs_dx=False):
    """Give the multiply-adds of a backward pass for each one of a forward pass."""
    back = weights_back(sizes) + errors_back(sizes, needs_dx=needs_dx)
    return sum(back) / sum(forward(sizes))

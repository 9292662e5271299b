"""Message passing in tensor operations; autograd finds the way back.

A graph of V vertices is its adjacency a (V, V), a[i, j] = 1 where an edge joins i and
j; features are x (V, D), a row each. What does not fit is a ValueError.
"""

from itertools import pairwise

import torch
from torch import nn

from nb_lib.numpy._graphs import (
    check_adjacency,
    check_edges,
    check_layer,
    check_steps,
    check_vertices,
)
from nb_lib.numpy._settings import check_sizes
from nb_lib.torch._floats import floats, in_floats
from nb_lib.torch.init import xavier_uniform


def adjacency(edges, *, vertices):
    """Write edges (E, 2), pairs of vertices from 0 on, as a (V, V) of 0 and 1."""
    check_edges(edges, vertices)
    edges = edges.long()
    a = torch.zeros((int(vertices), int(vertices)), dtype=torch.float64)
    a[edges[:, 0], edges[:, 1]] = 1
    a[edges[:, 1], edges[:, 0]] = 1
    return a


def normalised_adjacency(a):
    """Give Â = D^(-1/2) (A + I) D^(-1/2), D the row sums of A + I on the diagonal.

    Each vertex becomes its own neighbour, and each edge is divided by the roots of the
    two degrees: no eigenvalue of Â is then beyond 1. Shapes: a and Â (V, V).

    Source: Thomas Kipf and Max Welling (2017), equation 2.
    """
    check_adjacency("normalised_adjacency", a)
    a = floats(a)
    loops = a + torch.eye(len(a), dtype=a.dtype)
    root = loops.sum(dim=1).sqrt()
    return loops / (root[:, None] * root)


def smooth(x, a, *, steps):
    """Mix the features of neighbours again and again: Â^steps x.

    Shapes: x (V, D), a (V, V), here Â, and the result (V, D).
    """
    x, a = in_floats(x, a)
    check_vertices("smooth", x, a)
    for _ in range(check_steps("smooth", steps)):
        x = a @ x
    return x


def graph_convolution(x, a, w, b):
    """Mix neighbours, then map each vertex: Y = Â X W + b.

    Shapes: x (V, D), a (V, V), here Â, w (D, H), b (H,), y (V, H).

    Source: Thomas Kipf and Max Welling (2017), equation 2.
    """
    x, a, w, b = in_floats(x, a, w, b)
    check_layer("graph_convolution", x, a, w, b)
    return a @ (x @ w) + b


class GCN(nn.Module):
    """Graph convolutions with ReLU between them, on one graph.

    ``sizes`` are (features, hidden..., classes), ``a`` is Â (V, V). ``forward`` maps
    x (V, D) to logits of the vertices in ``rows``, all by default; ``params`` maps
    "0.w", "0.b", ... to the parameters.

    Source: Thomas Kipf and Max Welling (2017), equation 9.
    """

    def __init__(self, sizes, a, *, rng, rows=None):
        super().__init__()
        self.a, self.rows = floats(a), rows
        self.layers = nn.ModuleList()
        for pair in pairwise(check_sizes(sizes)):
            w = xavier_uniform(*pair, rng=rng)
            layer = nn.ParameterDict({"w": w, "b": torch.zeros(pair[1], dtype=w.dtype)})
            self.layers.append(layer)

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return {
            f"{n}.{name}": layer[name]
            for n, layer in enumerate(self.layers)
            for name in ("w", "b")
        }

    def forward(self, x):
        """Map features x (V, D) to logits (V, classes), or those of ``rows``."""
        for number, layer in enumerate(self.layers):
            h = x if number == 0 else x.relu()
            x = graph_convolution(h, self.a, layer["w"], layer["b"])
        return x if self.rows is None else x[self.rows]

"""Convolution and pooling in tensor operations; autograd finds the way back.

Images are x (N, C, H, W): examples, channels, rows, columns. A kernel is w (O, C, K, L)
for O output channels. As everywhere in deep learning the kernel is not turned around,
so that the sum is a cross-correlation. What does not fit is a ValueError. In one's own
work: ``torch.nn.functional.conv2d``, ``max_pool2d`` and ``avg_pool2d``.
"""

from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional

from nb_lib.numpy._images import (
    check_channels,
    check_kernel,
    check_moves,
    check_window,
)
from nb_lib.numpy._settings import check_dtype
from nb_lib.torch._floats import floats, in_floats
from nb_lib.torch.init import he_normal
from nb_lib.torch.layers import Linear


def conv2d(x, w, b, *, stride=1, padding=0, padding_mode="zeros"):
    """Slide kernels over images: y[i, j] = b + Σ w[c, k, l] x[c, s i + k, s j + l].

    Shapes: x (N, C, H, W), w (O, C, K, L), b (O,), y (N, O, I, J) with
    I = (H + 2 p - K) // s + 1 for the stride s and the padding p, and J likewise. The
    padding adds p rows and columns on all sides, of "zeros" or, when "circular", those
    of the other side.

    Source: Yann LeCun et al. (1989).
    """
    x, w, b = in_floats(x, w, b)
    check_kernel("conv2d", x, w, b)
    stride, padding = check_moves("conv2d", x, w, stride, padding, padding_mode)
    mode = "constant" if padding_mode == "zeros" else padding_mode
    wide = functional.pad(x, (padding,) * 4, mode=mode)
    windows = wide.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("ncijkl,ockl->noij", windows, w) + b[:, None, None]


def max_pool2d(x, *, size=2):
    """Keep the greatest number of each window of ``size`` by ``size`` pixels.

    Shapes: x (N, C, H, W), y (N, C, H // size, W // size); rows and columns that are
    left over are dropped.
    """
    return _windows("max_pool2d", x, size).max(dim=-1).values


def avg_pool2d(x, *, size=2):
    """Take the mean of each window of ``size`` by ``size`` pixels.

    Shapes: x (N, C, H, W), y (N, C, H // size, W // size); rows and columns that are
    left over are dropped.
    """
    return _windows("avg_pool2d", x, size).mean(dim=-1)


class Conv2d(nn.Module):
    """A layer of kernels, y = conv2d(x, w, b).

    Shapes: x (N, fan_in, H, W), w (fan_out, fan_in, size, size), b (fan_out,).
    w is drawn with variance 2 / (fan_in size²), b starts at 0.
    """

    def __init__(self, fan_in, fan_out, *, size, rng, padding=0, padding_mode="zeros"):
        super().__init__()
        w = he_normal(fan_in * size**2, fan_out, rng=rng).T
        self.w = nn.Parameter(w.reshape(fan_out, fan_in, size, size).contiguous())
        self.b = nn.Parameter(torch.zeros(fan_out, dtype=w.dtype))
        self.padding, self.padding_mode = padding, padding_mode

    def forward(self, x):
        """Map images x (N, fan_in, H, W) to maps y (N, fan_out, I, J)."""
        how = {"padding": self.padding, "padding_mode": self.padding_mode}
        return conv2d(floats(x, self.w.dtype), self.w, self.b, **how)


class ConvNet(nn.Module):
    """Layers of kernels, each with ReLU and pooling, then the best of all places.

    ``channels`` are (of the image, of each layer...), as (1, 8, 16). After each layer
    but the last the greatest of 2 by 2 is kept; after the last one the greatest of a
    whole map goes into a linear layer. ``params`` maps "0.w", "0.b", ... to parameters.
    Shapes: x (N, C, H, W), logits (N, classes).
    """

    def __init__(self, channels, classes, *, rng, size=3, padding_mode="zeros",
                 dtype="float64"):  # fmt: skip
        super().__init__()
        channels, size = check_channels(channels, size)
        how = {"size": size, "padding": size // 2, "padding_mode": padding_mode}
        layers = [Conv2d(*pair, rng=rng, **how) for pair in pairwise(channels)]
        layers.append(Linear(channels[-1], classes, rng=rng))
        self.layers = nn.ModuleList(layers)
        self.to(getattr(torch, check_dtype(dtype, "ConvNet")))

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return dict(self.layers.named_parameters())

    def forward(self, x):
        """Map images x (N, C, H, W) to logits (N, classes)."""
        for number, layer in enumerate(self.layers[:-1]):
            x = layer(x if number == 0 else max_pool2d(x)).relu()
        return self.layers[-1](x.flatten(2).max(dim=-1).values)


def _windows(name, x, size):
    """Cut images into windows, (N, C, I, J, size²)."""
    x = floats(x)
    size = check_window(name, x, size)
    return x.unfold(2, size, size).unfold(3, size, size).flatten(-2)

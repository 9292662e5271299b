"""Convolution and pooling: the same few weights at every place of an image.

Images are x (N, C, H, W): examples, channels, rows, columns. A kernel is w (O, C, K, L)
for O output channels. As everywhere in deep learning the kernel is not turned around,
so that the sum is a cross-correlation. What does not fit is a ValueError.
"""

from itertools import pairwise

import numpy as np

from nb_lib.numpy._floats import floats, in_floats
from nb_lib.numpy._images import (
    check_channels,
    check_kernel,
    check_moves,
    check_window,
)
from nb_lib.numpy._settings import check_dtype
from nb_lib.numpy.init import he_normal
from nb_lib.numpy.layers import Linear


def conv2d(x, w, b, *, stride=1, padding=0, padding_mode="zeros"):
    """Slide kernels over images: y[i, j] = b + Σ w[c, k, l] x[c, s i + k, s j + l].

    Shapes: x (N, C, H, W), w (O, C, K, L), b (O,), y (N, O, I, J) with
    I = (H + 2 p - K) // s + 1 for the stride s and the padding p, and J likewise. The
    padding adds p rows and columns on all sides, of "zeros" or, when "circular", those
    of the other side. One product of matrices does all places of all examples.

    Source: Yann LeCun et al. (1989).
    """
    x, w, b = in_floats(x, w, b)
    check_kernel("conv2d", x, w, b)
    stride, padding = check_moves("conv2d", x, w, stride, padding, padding_mode)
    columns = _columns(_padded(x, padding, padding_mode), w.shape[2:], stride)
    y = w.reshape(len(w), -1) @ columns.reshape(w[0].size, -1)
    y = y.reshape(len(w), *columns.shape[3:]) + b[:, None, None, None]
    return y.swapaxes(0, 1)


def d_conv2d(x, w, b, dy, *, stride=1, padding=0, padding_mode="zeros"):
    """Take dy = dL/dy (N, O, I, J), give dL/dx, dL/dw and dL/db.

    Each weight is used at all places, so its gradient is a sum over all places; each
    pixel was seen by K L windows, and gets back what each of them sends.
    """
    x, w, b, dy = in_floats(x, w, b, dy)
    check_kernel("d_conv2d", x, w, b)
    stride, padding = check_moves("d_conv2d", x, w, stride, padding, padding_mode)
    wide = _padded(x, padding, padding_mode)
    columns = _columns(wide, w.shape[2:], stride)
    rows = dy.swapaxes(0, 1).reshape(len(w), -1)  # (O, N I J)
    dw = (rows @ columns.reshape(w[0].size, -1).T).reshape(w.shape)
    dcolumns = (w.reshape(len(w), -1).T @ rows).reshape(columns.shape)
    dwide = np.zeros_like(wide)
    for k in range(w.shape[2]):
        for m in range(w.shape[3]):
            window = _window(dwide, (k, m), columns.shape[4:], stride)
            window += dcolumns[:, k, m].swapaxes(0, 1)
    return _d_padded(dwide, padding, padding_mode), dw, rows.sum(axis=1)


def max_pool2d(x, *, size=2):
    """Keep the greatest number of each window of ``size`` by ``size`` pixels.

    Shapes: x (N, C, H, W), y (N, C, H // size, W // size); rows and columns that are
    left over are dropped.
    """
    return _windows("max_pool2d", x, size).max(axis=-1)


def d_max_pool2d(x, dy, *, size=2):
    """Take dy = dL/dy, give dL/dx: to the greatest, and among equals to the first."""
    windows = _windows("d_max_pool2d", x, size)
    first = windows.argmax(axis=-1)[..., None] == np.arange(windows.shape[-1])
    return _from_windows(first * floats(dy)[..., None], x.shape, size)


def avg_pool2d(x, *, size=2):
    """Take the mean of each window of ``size`` by ``size`` pixels.

    Shapes: x (N, C, H, W), y (N, C, H // size, W // size); rows and columns that are
    left over are dropped.
    """
    return _windows("avg_pool2d", x, size).mean(axis=-1)


def d_avg_pool2d(x, dy, *, size=2):
    """Take dy = dL/dy, give dL/dx: each pixel of a window gets the same share."""
    windows = _windows("d_avg_pool2d", x, size)
    shares = np.ones_like(windows) / windows.shape[-1]
    return _from_windows(shares * floats(dy)[..., None], x.shape, size)


class Conv2d:
    """A layer of kernels, y = conv2d(x, w, b).

    Shapes: x (N, fan_in, H, W), w (fan_out, fan_in, size, size), b (fan_out,).
    w is drawn with variance 2 / (fan_in size²), b starts at 0.
    """

    def __init__(self, fan_in, fan_out, *, size, rng, padding=0, padding_mode="zeros"):
        w = he_normal(fan_in * size**2, fan_out, rng=rng).T
        w = np.ascontiguousarray(w).reshape(fan_out, fan_in, size, size)
        self.params, self.grads = {"w": w, "b": np.zeros(fan_out)}, {}
        self.padding, self.padding_mode = padding, padding_mode

    def forward(self, x):
        """Map images x (N, fan_in, H, W) to maps y (N, fan_out, I, J)."""
        w, b = self.params["w"], self.params["b"]
        self.x = floats(x, w.dtype)
        how = {"padding": self.padding, "padding_mode": self.padding_mode}
        return conv2d(self.x, w, b, **how)

    def backward(self, dy):
        """Take dy = dL/dy, keep dL/dw and dL/db in ``grads``, return dL/dx."""
        how = {"padding": self.padding, "padding_mode": self.padding_mode}
        dx, dw, db = d_conv2d(self.x, self.params["w"], self.params["b"], dy, **how)
        self.grads = {"w": dw, "b": db}
        return dx


class ConvNet:
    """Layers of kernels, each with ReLU and pooling, then the best of all places.

    ``channels`` are (of the image, of each layer...), as (1, 8, 16). After each layer
    but the last the greatest of 2 by 2 is kept; after the last one the greatest of a
    whole map goes into a linear layer. ``params`` and ``grads`` map "0.w", "0.b", ...
    to arrays. Shapes: x (N, C, H, W), logits (N, classes).
    """

    def __init__(self, channels, classes, *, rng, size=3, padding_mode="zeros",
                 dtype="float64"):  # fmt: skip
        channels, size = check_channels(channels, size)
        how = {"size": size, "padding": size // 2, "padding_mode": padding_mode}
        self.layers = [Conv2d(*pair, rng=rng, **how) for pair in pairwise(channels)]
        self.layers.append(Linear(channels[-1], classes, rng=rng))
        dtype = check_dtype(dtype, "ConvNet")
        for layer in self.layers:
            layer.params = {k: p.astype(dtype) for k, p in layer.params.items()}
        self.params = self._collect("params")
        self.grads, self.deltas = {}, []

    def forward(self, x):
        """Map images x (N, C, H, W) to logits (N, classes)."""
        self.maps, *convolutions = [], *self.layers[:-1]
        for number, layer in enumerate(convolutions):
            h = x if number == 0 else max_pool2d(x)
            x = np.maximum(layer.forward(h), 0)
            self.maps.append(x)
        return self.layers[-1].forward(x.max(axis=(2, 3)))

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads``."""
        last = self.maps[-1]
        best = last.reshape(*last.shape[:2], -1).argmax(axis=2)[..., None]
        is_best = best == np.arange(last[0, 0].size)
        dbest = self.layers[-1].backward(dlogits)
        dmap = (dbest[..., None] * is_best).reshape(last.shape)
        for number in reversed(range(len(self.maps))):
            dh = self.layers[number].backward(dmap * (self.maps[number] > 0))
            if number:
                dmap = d_max_pool2d(self.maps[number - 1], dh)
        self.deltas = [dlogits]
        self.grads = self._collect("grads")

    def _collect(self, kind):
        return {
            f"{number}.{name}": array
            for number, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }


def _columns(x, kernel, stride):
    """Give for each weight what it is multiplied with, (C, K, L, N, I, J)."""
    places = [(n - k) // stride + 1 for n, k in zip(x.shape[2:], kernel, strict=True)]
    x = x.swapaxes(0, 1)
    return np.stack(
        [
            np.stack([_window(x, (k, m), places, stride) for m in range(kernel[1])], 1)
            for k in range(kernel[0])
        ],
        axis=1,
    )


def _window(x, corner, places, stride):
    """View the pixels that lie under one weight of the kernel at all places."""
    rows, columns = (
        slice(at, at + stride * (n - 1) + 1, stride)
        for at, n in zip(corner, places, strict=True)
    )
    return x[:, :, rows, columns]


def _padded(x, padding, mode):
    """Add rows and columns on all sides."""
    if not padding:
        return x
    for axis in (2, 3):
        x = x.swapaxes(axis, 3)
        if mode == "circular":
            left, right = x[..., -padding:], x[..., :padding]
        else:
            left = right = np.zeros_like(x[..., :1]).repeat(padding, axis=3)
        x = np.concatenate([left, x, right], axis=3).swapaxes(axis, 3)
    return x


def _d_padded(dwide, padding, mode):
    """Take the rows and columns off again; circular ones are added where they are."""
    if not padding:
        return dwide
    for axis in (3, 2):
        dwide = dwide.swapaxes(axis, 3)
        inner = dwide[..., padding:-padding].copy()
        if mode == "circular":
            inner[..., -padding:] += dwide[..., :padding]
            inner[..., :padding] += dwide[..., -padding:]
        dwide = inner.swapaxes(axis, 3)
    return dwide


def _windows(name, x, size):
    """Cut images into windows, (N, C, I, J, size²)."""
    x = floats(x)
    size = check_window(name, x, size)
    n, c, height, width = x.shape
    i, j = height // size, width // size
    x = x[:, :, : i * size, : j * size].reshape(n, c, i, size, j, size)
    return x.swapaxes(3, 4).reshape(n, c, i, j, size * size)


def _from_windows(windows, shape, size):
    """Put windows (N, C, I, J, size²) back into images, zeros where none was."""
    n, c, i, j, _ = windows.shape
    inner = windows.reshape(n, c, i, j, size, size).swapaxes(3, 4)
    x = np.zeros(shape, windows.dtype)
    x[:, :, : i * size, : j * size] = inner.reshape(n, c, i * size, j * size)
    return x

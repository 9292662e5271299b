"""Who pays what for a norm: processor time, and what is counted or recorded."""

import time
import warnings

import numpy as np

from nb_lib.numpy import norms


def median_time(run, rounds=15):
    """Give the median processor time of this thread for a call, in seconds."""
    run()  # the first call pays for the memory
    times = []
    for _ in range(rounds):
        start = time.thread_time()
        run()
        times.append(time.thread_time() - start)
    return float(np.median(times))


class TextbookLayerNorm(norms.LayerNorm):
    """Layer norm with two means, as a textbook has it; ours centres once more."""

    def _normalise(self, x):
        centred = x - x.mean(axis=1, keepdims=True)
        variance = (centred * centred).mean(axis=1, keepdims=True)
        self.scale = np.sqrt(variance + self.eps)
        return centred / self.scale


def numpy_ratios(n, features, *, rng, rounds=15, against=TextbookLayerNorm):
    """Time RMSNorm over layer norm in NumPy, float32: forward, and with backward."""
    x, dy = rng.normal(size=(2, n, features)).astype("float32")
    found = []
    for kind in (against, norms.RMSNorm):
        layer = kind(features, dtype="float32")
        ahead = median_time(lambda layer=layer: layer.forward(x), rounds)
        back = median_time(lambda layer=layer: layer.backward(dy), rounds)
        found.append((ahead, ahead + back))
    return tuple(np.array(found[1]) / np.array(found[0]))


def torch_ratios(n, features, *, rng, rounds=15):
    """Time RMSNorm over LayerNorm in stock PyTorch: forward, and with backward."""
    import torch

    x, dy = (
        torch.from_numpy(a) for a in rng.normal(size=(2, n, features)).astype("float32")
    )
    leaf, found = x.clone().requires_grad_(), []
    for kind in (torch.nn.LayerNorm, torch.nn.RMSNorm):
        layer = kind(features)
        with torch.no_grad():
            ahead = median_time(lambda layer=layer: layer(x), rounds)
        both = median_time(lambda layer=layer: layer(leaf).backward(dy), rounds)
        found.append((ahead, both))
    return tuple(np.array(found[1]) / np.array(found[0]))


class NotCompiled(Exception):
    """torch.compile does not work here; the message is a sentence for the reader."""


def compiled(layer, x):
    """Compile a layer for x, forward and back; else raise ``NotCompiled``."""
    import torch

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fused = torch.compile(layer, dynamic=False, options={"compile_threads": 1})
            fused(x).sum().backward()
    except Exception as error:  # it wants a C++ compiler, and knows not all platforms
        raise NotCompiled(
            f"torch.compile does not work here ({type(error).__name__}), so the norms "
            "stay as they are."
        ) from error
    return fused


def compiled_ratios(n, features, *, rng, rounds=40):
    """Time what a compiler makes of PyTorch's norms, forward and back, in turn.

    Returns the times of RMSNorm, compiled RMSNorm and compiled LayerNorm, each over
    that of LayerNorm as it comes. Raises ``NotCompiled`` where that does not work.
    """
    import torch

    x, dy = (
        torch.from_numpy(a) for a in rng.normal(size=(2, n, features)).astype("float32")
    )
    leaf = x.requires_grad_()
    stock = [kind(features) for kind in (torch.nn.LayerNorm, torch.nn.RMSNorm)]
    layers = *stock, *[compiled(layer, leaf) for layer in stock[::-1]]
    times = np.array(
        [
            [median_time(lambda f=f: f(leaf).backward(dy), 1) for f in layers]
            for _ in range(rounds)
        ]
    )
    return tuple(np.median(times[:, 1:] / times[:, :1], axis=0))


def recorded(y):
    """List the operations that autograd has recorded for y, the last one first."""
    names, waiting = [], [y.grad_fn]
    while waiting:
        node = waiting.pop(0)
        name = type(node).__name__.removesuffix("Backward0")
        if name != "AccumulateGrad":
            names.append(name)
            waiting += [other for other, _ in node.next_functions if other is not None]
    return names


def reductions(kind):
    """Count the means that a forward pass takes, by an array that notes each one."""
    layer, tally = kind(8), []
    layer.forward(np.arange(16.0).reshape(2, 8).view(_counting(tally)))
    return len(tally)


def _counting(tally):
    """Make a kind of array that notes every mean."""

    class Counted(np.ndarray):
        def mean(self, *args, **kwargs):
            tally.append(1)
            return super().mean(*args, **kwargs)

    return Counted

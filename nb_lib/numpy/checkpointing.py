"""Activation checkpointing: keep few of the states, and compute the others again.

A network of L layers is cut into segments. On the way forward only the input of each
segment is kept. On the way back the segments are walked in reverse, each forward once
more from what was kept, and then back.

Source: Tianqi Chen et al. (2016), section 4.
"""

from nb_lib.numpy._settings import check_count
from nb_lib.numpy.losses import value_and_gradient


def cuts(layers, segments):
    """Return (start, end) of each segment of the layers, as even as can be.

    Errors: ValueError for more segments than layers, or for none.
    """
    check_count("cuts", "layers", layers)
    check_count("cuts", "segments", segments)
    if segments > layers:
        raise ValueError(f"cuts wants at most {layers} segments, got {segments}")
    layers, segments = int(layers), int(segments)
    ends = [layers * number // segments for number in range(segments + 1)]
    return list(zip(ends[:-1], ends[1:], strict=True))


def states_held(layers, segments):
    """Return how many states are in memory at most: k inputs, and one segment's own.

    k segments of L / k layers hold k + L / k - 1, as a segment's input is counted
    once; without segments, k = 1, that is L.
    """
    spans = cuts(layers, segments)
    return max(number + end - start - 1 for number, (start, end) in enumerate(spans, 1))


def layers_computed(layers, segments):
    """Return how many layers are computed forward: L, and all but the last again."""
    start, _ = cuts(layers, segments)[-1]
    return int(layers) + start


def checkpointed(model, loss, x, targets, *, segments):
    """Return L and its gradients by name, keeping one state for each segment.

    ``model`` is an MLP without skips and norms. The numbers are those of
    ``model.backward``, to the last bit, because the same operations are done on
    the same numbers.
    """
    blocks = _blocks(model)
    spans = cuts(len(blocks), segments)
    kept = [x]
    for start, end in spans[:-1]:
        kept.append(_forward(blocks[start:end], kept[-1]))
        _forget(blocks[start:end])
    value = delta = None
    for start, end in reversed(spans):
        y = _forward(blocks[start:end], kept.pop())
        if delta is None:
            value, delta = value_and_gradient(loss, y, targets)
        for number in reversed(range(start, end)):
            delta = _back(blocks[number], delta, needs_dx=number > 0)
        _forget(blocks[start:end])
    grads = {
        f"{number}.{name}": grad
        for number, block in enumerate(blocks)
        for name, grad in block[-1].grads.items()
    }
    return value, grads


def _blocks(model):
    """List the layers: a linear map, from the second on behind an activation."""
    if model.skip or any(layer.params for layer in model.activations):
        raise ValueError("checkpointed wants an MLP without skips and norms")
    pairs = zip(model.activations, model.linears[1:], strict=True)
    return [(model.linears[0],), *pairs]


def _forward(blocks, h):
    for block in blocks:
        for layer in block:
            h = layer.forward(h)
    return h


def _back(block, delta, *, needs_dx):
    *activation, linear = block
    delta = linear.backward(delta, needs_dx=needs_dx)
    return activation[0].backward(delta) if activation else delta


def _forget(blocks):
    """Drop what ``forward`` kept for ``backward``."""
    for block in blocks:
        for layer in block:
            layer.x = layer.z = None

"""Gradient accumulation: the gradient of a batch that does not fit into memory.

The batch goes through the network in micro-batches. The loss is a mean, so the gradient
of the whole is the mean of theirs, each weighted by its share of the rows.
"""

from nb_lib.numpy._checks import check_rows
from nb_lib.numpy._settings import check_count
from nb_lib.numpy.losses import value_and_gradient


def micro_batches(x, targets, *, size):
    """Yield (x, targets, share) of at most ``size`` rows each, in order.

    ``share`` is the rows' part of all N rows, n / N; the shares add up to 1. Errors:
    ValueError for a size below 1, no rows, or another number of targets than of rows.
    """
    check_count("micro_batches", "a size", size)
    check_rows("micro_batches", x, targets)
    for start in range(0, len(x), size):
        rows = slice(start, start + size)
        yield x[rows], targets[rows], len(x[rows]) / len(x)


def accumulated(model, loss, x, targets, *, size):
    """Return L and its gradients by name, Σ (n / N) L_n, from micro-batches.

    ``loss`` is a mean over rows, as all of ``losses`` are. The parameters stay as they
    are; memory is needed for ``size`` rows only.
    """
    total, grads = 0.0, {}
    for part, wanted, share in micro_batches(x, targets, size=size):
        value, dlogits = value_and_gradient(loss, model.forward(part), wanted)
        model.backward(share * dlogits)
        total += share * value
        for name, grad in model.grads.items():
            grads[name] = grads[name] + grad if name in grads else grad
    return total, grads

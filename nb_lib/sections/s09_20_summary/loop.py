"""The one loop of the chapter."""

from collections import defaultdict

from nb_lib.numpy.losses import value_and_gradient


def descend(model, loss, batches, direction, lr):
    """Forward, loss, backward, step, once for every batch; yield each loss."""
    kept = defaultdict(dict)
    for t, (x, targets) in enumerate(batches, start=1):
        predictions = model.forward(x)
        value, slope = value_and_gradient(loss, predictions, targets)
        model.backward(slope)
        for name, theta in model.params.items():
            theta -= lr * direction(theta, model.grads[name], kept[name], t)
        yield value

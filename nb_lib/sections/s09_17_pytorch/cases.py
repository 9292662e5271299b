"""What the exercises of 9.17 are tried on, and how their answers are run."""

from itertools import islice

import numpy as np

from nb_lib.book.exercises.reading import Unreadable

INJECTED = ("nothing", "initialisation", "batches", "bias")


def run_port(port, w, b):
    """Port, then train on in NumPy: the layer must not follow."""
    import torch

    ours, bias = w.copy(), b.copy()
    layer = port(ours, bias)
    w[:], b[:] = ours, bias  # so that a changed argument is noticed
    if layer is None:
        return None
    if not isinstance(layer, torch.nn.Linear):
        raise Unreadable("a torch.nn.Linear", layer)
    if any(map(torch.nn.parameter.is_lazy, layer.parameters())):
        raise Unreadable("a torch.nn.Linear with its weights", layer)
    ours += 1
    bias += 1
    no_bias = torch.zeros(0)
    return tuple(
        part.detach().clone()
        for part in (layer.weight, no_bias if layer.bias is None else layer.bias)
    )


def port_cases():
    """Draw a layer in each dtype, then a square one, where shapes hide a transpose."""
    rng = np.random.default_rng(171)
    for fan_in, fan_out, dtype in [(3, 5, "f8"), (4, 2, "f4"), (3, 3, "f8")]:
        w, b = rng.normal(size=(fan_in, fan_out)), rng.normal(size=fan_out)
        yield w.astype(dtype), b.astype(dtype)


def run_diagnose(diagnose, weight_gap, loss_gap):
    """Want one of the four words."""
    word = diagnose(weight_gap, loss_gap)
    if word is not None and not (isinstance(word, str) and word in INJECTED):
        raise Unreadable(f"one of {', '.join(map(repr, INJECTED))}", word)
    return word


def gap_cases():
    """Two pairs of runs for each injected difference, with long and short steps.

    The rates are far apart, so that the size of a gap does not betray its cause.
    """
    for seed, lr in ((1, 1.0), (2, 0.03)):
        for injected in INJECTED:
            yield gaps(injected, seed, lr)


def gaps(injected, seed, lr, steps=5):
    """Train the twins side by side, one of them changed; give both gaps."""
    first = _path("numpy", None, seed, lr, steps)
    second = _path("torch", injected, seed, lr, steps)
    weights = [
        max(np.abs(a - b).max() for a, b in zip(*pair, strict=True))
        for pair in zip(first[0], second[0], strict=True)
    ]
    return np.array(weights), np.abs(np.array(first[1]) - second[1])


def _path(twin, injected, seed, lr, steps):
    """Give the weight matrices before and after each step, and the batch losses."""
    rng = np.random.default_rng(seed)
    model_rng, data_rng, other = rng.spawn(3)
    x, labels = data_rng.normal(size=(32, 3)), data_rng.integers(2, size=32)
    model, batches, train, loss, optimiser = _parts(
        twin,
        other if injected == "initialisation" else model_rng,
        (x, labels, other if injected == "batches" else data_rng),
        lr,
    )
    arrays = _arrays(twin, model)
    weights, losses = [[a.copy() for a in arrays[::2]]], []
    for step in islice(train.descend(model, loss, batches, optimiser), steps):
        if injected == "bias":
            for bias in arrays[1::2]:
                bias[:] = 0
        weights.append([a.copy() for a in arrays[::2]])
        losses.append(step.loss)
    return weights, losses


def _parts(twin, model_rng, data, lr):
    """Build model, batches, loop, loss and optimiser of one twin."""
    from nb_lib.data import minibatches

    x, labels, rng = data
    if twin == "numpy":
        from nb_lib.numpy import losses, models, optimisers, train

        model = models.MLP((3, 5, 2), rng=model_rng)
        params = model.params
        stream = minibatches(x, labels, 8, rng=rng)
    else:
        import torch

        from nb_lib.torch import losses, models, optimisers, train

        model = models.MLP((3, 5, 2), rng=model_rng)
        params = model.parameters()
        stream = (
            (torch.from_numpy(a), torch.from_numpy(b))
            for a, b in minibatches(x, labels, 8, rng=rng)
        )
    return model, stream, train, losses.cross_entropy, optimisers.SGD(params, lr=lr)


def _arrays(twin, model):
    """Give live views of the parameters: weights and biases in turn."""
    if twin == "numpy":
        return list(model.params.values())
    return [parameter.detach().numpy() for parameter in model.parameters()]

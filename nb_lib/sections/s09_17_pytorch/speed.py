"""The time of an epoch in both twins, with proof that both did the same work."""

import time
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from nb_lib.data import minibatches, mnist_subset
from nb_lib.numpy import models, optimisers, train
from nb_lib.numpy.losses import cross_entropy

SIZES, EPOCH = (784, 128, 64, 10), 938  # steps of 64 images of the full set
RATES = {"lr": 0.05, "momentum": 0.9}
STEPS, WARM_UP = 200, 5


@dataclass
class Run:
    """A training that is timed: its steps, and its forward passes as they happen."""

    steps: object  # an iterator of ``Step``
    passes: list = field(default_factory=list)

    def count(self, *_):
        """Note a forward pass."""
        self.passes.append(1)

    def timed(self):
        """Return seconds of processor per epoch, forward passes, and the losses."""
        list(islice(self.steps, WARM_UP))
        self.passes.clear()
        start = time.thread_time()
        losses = [step.loss for step in islice(self.steps, STEPS)]
        seconds = time.thread_time() - start
        return EPOCH * seconds / STEPS, len(self.passes), np.array(losses)


def speeds():
    """Time both loops on one thread, in float32; compare their passes and losses."""
    seconds, passes, losses = zip(numpy_run().timed(), torch_run().timed(), strict=True)
    is_whole = all(len(each) == STEPS for each in losses)
    gaps = np.abs(losses[0] - losses[1]) if is_whole else np.array([np.inf])
    return {
        "NumPy": seconds[0],
        "PyTorch": seconds[1],
        "passes of NumPy": passes[0],
        "passes of PyTorch": passes[1],
        "difference of losses": gaps.max(),
    }


def batches(rng):
    """Yield endless shuffled batches of 64 of the shipped images, in float32."""
    x, labels = mnist_subset()[0]
    return minibatches(x.astype("float32"), labels, 64, rng=rng)


def numpy_run():
    """Descend with the NumPy twin."""
    rng = np.random.default_rng(1)
    net = models.MLP(SIZES, rng=rng, dtype="float32")
    optimiser = optimisers.SGD(net.params, **RATES)
    run = Run(train.descend(net, cross_entropy, batches(rng), optimiser, watch=EPOCH))
    forward = net.forward

    def counted(x):
        run.count()
        return forward(x)

    net.forward = counted
    return run


def torch_run():
    """Descend with the PyTorch twin, PyTorch's own loss and optimiser."""
    import torch

    from nb_lib.torch import models as twin
    from nb_lib.torch import train as torch_train

    rng = np.random.default_rng(1)
    net = twin.MLP(SIZES, rng=rng, dtype="float32")
    optimiser = torch.optim.SGD(net.parameters(), **RATES)
    data = (map(torch.from_numpy, batch) for batch in batches(rng))
    loss = torch.nn.functional.cross_entropy
    run = Run(torch_train.descend(net, loss, data, optimiser, watch=EPOCH))
    net.register_forward_pre_hook(run.count)
    return run

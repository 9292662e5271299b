"""The run of 9.17's explorer: one net in NumPy and in PyTorch, or in NumPy alone."""

from dataclasses import dataclass

import numpy as np

from nb_lib.data import minibatches, moons
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend, has_diverged
from nb_lib.runs.training import Training

STEPS = 240
POINTS, NOISE, WIDTH, MOMENTUM = 256, 0.05, 16, 0.9


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    losses: np.ndarray  # (2, steps so far), nats: NumPy, PyTorch; (1, ...) of one alone
    gaps: np.ndarray  # (steps + 1,), greatest difference of a weight; before step 1 too
    dtype: str
    injected: str  # "nothing", or what is different in PyTorch's twin
    diverged_at: int | None  # step

    @property
    def is_over(self):
        """Whether no step follows."""
        return self.losses.shape[1] == STEPS or bool(self.diverged_at)

    @property
    def is_alone(self):
        """Whether NumPy's twin trained without PyTorch's."""
        return len(self.losses) == 1


def compute(seed, dtype, init, activation, lr, depth, batch, injected):
    """Train the net twice, a step here and a step there; offer a frame each time."""
    net = described(dtype, init, activation, depth)
    weights, steps = numpy_twin(net, *streams(seed, "nothing"), lr, batch)
    others, other_steps = torch_twin(net, *streams(seed, injected), lr, batch)
    if injected == "bias":
        other_steps = without_bias(other_steps, others)
    run = Run(dtype, injected, weights, others)
    yield from run.offers(zip(steps, other_steps, strict=False), STEPS)


def compute_alone(seed, dtype, init, activation, lr, depth, batch, injected):
    """Train NumPy's twin only; what is injected would be in the other one."""
    net = described(dtype, init, activation, depth)
    weights, steps = numpy_twin(net, *streams(seed, "nothing"), lr, batch)
    yield from Run(dtype, injected, weights).offers(([step] for step in steps), STEPS)


def described(dtype, init, activation, depth):
    """Return what an MLP takes, in either library."""
    sizes = (2, *[WIDTH] * depth, 2)
    return {"sizes": sizes, "activation": activation, "init": init, "dtype": dtype}


class Run(Training):
    """What has been seen so far of both runs, or of one alone."""

    def __init__(self, dtype, injected, *twins):
        super().__init__()
        self.dtype, self.injected, self.twins, self.gaps = dtype, injected, twins, []
        self.compare()

    def take(self, step):
        """Note a step, of each twin."""
        self.losses.append([twin.loss for twin in step])
        self.compare()
        if any(has_diverged(loss) for loss in self.losses[-1]):
            self.diverged_at = len(self.losses)

    def compare(self):
        """Note how far the parameters of two twins lie apart."""
        if len(self.twins) == 2:
            self.gaps.append(greatest_gap(*self.twins))

    def frame(self):
        """Freeze what is known so far."""
        losses, gaps = np.array(self.losses).T, np.array(self.gaps)
        return Frame(losses, gaps, self.dtype, self.injected, self.diverged_at)


def streams(seed, injected):
    """Return the generators of data, weights and batch orders; one may be another."""
    data, weights, order, other = np.random.default_rng(seed).spawn(4)
    if injected == "initialisation":
        weights = other
    if injected == "batches":
        order = other
    return data, weights, order


def batches(data, order, dtype, size):
    """Yield (x, labels) of the moons without end."""
    x, labels = moons(POINTS, rng=data, noise=NOISE)
    return minibatches(x.astype(dtype), labels, size, rng=order)


def numpy_twin(net, data, weights, order, lr, batch):
    """Return live views of the parameters, and the steps that will change them."""
    model = MLP(**net, rng=weights)
    optimiser = SGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    steps = descend(model, cross_entropy, drawn, optimiser, watch=STEPS + 1)
    return list(model.params.values()), steps


def torch_twin(net, data, weights, order, lr, batch):
    """Do the same in PyTorch, which is imported here and not before."""
    import torch

    from nb_lib.torch.losses import cross_entropy as torch_loss
    from nb_lib.torch.models import MLP as TorchMLP
    from nb_lib.torch.optimisers import SGD as TorchSGD
    from nb_lib.torch.train import descend as torch_descend

    model = TorchMLP(**net, rng=weights)
    optimiser = TorchSGD(model.params, lr=lr, momentum=MOMENTUM)
    drawn = batches(data, order, net["dtype"], batch)
    tensors = (tuple(map(torch.from_numpy, pair)) for pair in drawn)
    steps = torch_descend(model, torch_loss, tensors, optimiser, watch=STEPS + 1)
    return [p.detach().numpy() for p in model.params.values()], steps


def without_bias(steps, parameters):
    """Set every bias back to 0 after each step."""
    for step in steps:
        for parameter in parameters:
            if parameter.ndim == 1:
                parameter[:] = 0
        yield step


def greatest_gap(parameters, others):
    """Return the greatest difference between two entries of the weight matrices."""
    return max(
        np.abs(w - other).max()
        for w, other in zip(parameters, others, strict=True)
        if w.ndim == 2
    )

"""What the claims of 9.14 measure of schedules, and of a run stopped and resumed."""

from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from nb_lib.data import minibatches, moons
from nb_lib.numpy import schedules
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import AdamW
from nb_lib.numpy.train import descend
from nb_lib.runs.saving import load_run, save_run

STEPS, LR = 60, 0.3


def scheduling():
    """Walk beside PyTorch's schedules; stop a run, resume it, and compare the bits."""
    return {"rates apart": rates_apart(), "unequal bits": unequal_bits()}


def rates_apart():
    """Return the greatest difference of a rate in STEPS steps of all schedules."""
    import torch

    theirs = torch.optim.lr_scheduler
    pairs = (
        (partial(schedules.step_decay, every=7, factor=0.5),
         partial(theirs.StepLR, step_size=7, gamma=0.5)),
        (partial(schedules.cosine, steps=STEPS),
         partial(theirs.CosineAnnealingLR, T_max=STEPS)),
        (partial(schedules.one_cycle, steps=STEPS),
         partial(theirs.OneCycleLR, max_lr=LR, total_steps=STEPS,
                 cycle_momentum=False)),
        (partial(schedules.inverse_sqrt, warm_up=9),
         partial(theirs.LambdaLR, lr_lambda=lambda n: of_vaswani(n + 1, 9))),
        (partial(schedules.constant, warm_up=9),
         partial(theirs.LinearLR, start_factor=1 / 10, total_iters=9)),
    )  # fmt: skip
    gaps = []
    for ours, make in pairs:
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LR)
        twin = make(optimiser)
        for count in range(STEPS):
            gaps.append(abs(LR * ours(count) - optimiser.param_groups[0]["lr"]))
            optimiser.step()
            if count < STEPS - 1:
                twin.step()
    return max(gaps)


def of_vaswani(n, warm_up):
    """Return equation 3 of Vaswani et al. (2017), divided by its highest value."""
    return min(n**-0.5, n * warm_up**-1.5) / warm_up**-0.5


def new_run():
    """Put together a run in float64: its parts, and an iterator over its steps."""
    x, labels = moons(50, noise=0.1, rng=np.random.default_rng(1))
    net = MLP((2, 8, 2), rng=np.random.default_rng(2))
    optimiser = AdamW(net.params, lr=0.05)
    schedule = schedules.Schedule(optimiser, partial(schedules.cosine, steps=STEPS))
    data = minibatches(x, labels, 8, rng=np.random.default_rng(3))
    parts = {"net": net, "optimiser": optimiser, "schedule": schedule, "data": data}

    def steps():
        for step in descend(net, cross_entropy, data, optimiser):
            schedule.step()
            yield step

    return parts, steps()


def unequal_bits():
    """Count the weights that differ between a run and one stopped at several steps."""
    whole, steps = new_run()
    list(islice(steps, STEPS))
    differ = 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.npz"
        for stop in (1, 17, 42):
            first, steps = new_run()
            list(islice(steps, stop))
            save_run(path, **first)
            second, steps = new_run()
            load_run(path, **second)
            list(islice(steps, STEPS - stop))
            pairs = zip(
                whole["net"].params.values(), second["net"].params.values(), strict=True
            )
            differ += sum(int(np.sum(a != b)) for a, b in pairs)
    return differ

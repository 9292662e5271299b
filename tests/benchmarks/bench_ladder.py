"""What an epoch of the ladder's best recipe costs, beside 9.16's and beside PyTorch.

    python tests/benchmarks/bench_ladder.py

The epoch of 9.16 is plain: batches of 64, descent with momentum. That of the ladder
warps every image, and its batches of 128 are taken by AdamW, with averaged weights. The
PyTorch epoch follows the same recipe with PyTorch's own parts: its warps are those of
``grid_sample``. All on one thread, in float32, one after the other in each round;
printed are medians, as an epoch of 60,000 images, in seconds of the processor.
"""

import time
from functools import partial
from itertools import islice
from statistics import median

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch.nn import functional as F

from nb_lib.data import batches, minibatches, mnist_subset
from nb_lib.data.augment import places
from nb_lib.numpy import models
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.optimisers import SGD
from nb_lib.numpy.train import descend
from nb_lib.sections.s09_12_regularisation.climb import ALIKE, BATCH, PORTION, Climb
from nb_lib.sections.s09_12_regularisation.recipes import BLEND, BLENDS, added
from nb_lib.torch import models as torch_models

ROUNDS, EPOCH = 7, 60_000
RECIPE = added(BLENDS[BLEND])


def images():
    """Return one portion of the shipped images, a few of them twice."""
    (x, labels), _ = mnist_subset()
    rows = np.arange(PORTION) % len(x)
    return x[rows].astype("float32"), labels[rows]


def plain(data):
    """Make the descent of 9.16; the function takes as many images as a portion."""
    rng = np.random.default_rng(9)
    net = models.MLP((784, 128, 64, 10), rng=rng, dtype="float32")
    optimiser = SGD(net.params, lr=0.05, momentum=0.9)
    stream = minibatches(*data, 64, rng=rng)
    steps = descend(net, cross_entropy, stream, optimiser, watch=EPOCH)
    return lambda: list(islice(steps, PORTION // 64))[-1].loss


def climbing(data):
    """Make the run of the ladder."""
    climb = Climb(RECIPE, data, None, seed=9)
    return climb.train


def in_torch(data):
    """Make the same recipe of PyTorch's own parts."""
    x, labels = map(torch.from_numpy, data)
    rng = np.random.default_rng(9)
    net = torch_models.MLP((784, 128, 64, 10), rng=rng, dtype="float32")
    optimiser = torch.optim.AdamW(
        net.parameters(), lr=RECIPE.lr, weight_decay=RECIPE.decay
    )
    steps = RECIPE.epochs * PORTION // BATCH * (ROUNDS + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RECIPE.lr, steps)
    loss = partial(F.cross_entropy, label_smoothing=RECIPE.smoothing)
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(RECIPE.average)
    )

    def epoch():
        for rows in batches(PORTION, PORTION, rng=rng):
            rows = torch.from_numpy(rows)
            seen, answers = torch_warped(x[rows], rng), labels[rows]
            for some in torch.from_numpy(rng.permutation(PORTION)).split(BATCH):
                optimiser.zero_grad()
                loss(net(seen[some]), answers[some]).backward()
                optimiser.step()
                schedule.step()
                mean.update_parameters(net)

    return epoch


def torch_warped(x, rng):
    """Warp a portion with ``grid_sample``, one grid for each ``ALIKE`` images."""
    side = 28
    drawn = [places(side, RECIPE.warp, rng=rng) for _ in range(len(x) // ALIKE)]
    rows, columns = np.array(drawn, "float32").swapaxes(0, 1)
    grid = torch.from_numpy(np.stack([columns, rows], axis=-1)) * (2 / (side - 1)) - 1
    alike = x.reshape(len(drawn), ALIKE, side, side)  # a warp's images are channels
    seen = F.grid_sample(alike, grid, align_corners=True)
    return seen.reshape(len(x), -1)


def check(data):
    """Return how far the warps of both lie apart."""
    from nb_lib.data import warped

    x = data[0]
    ours = warped(x, RECIPE.warp, rng=np.random.default_rng(1), groups=len(x) // ALIKE)
    theirs = torch_warped(torch.from_numpy(x), np.random.default_rng(1)).numpy()
    return float(abs(ours - theirs).max())


def seconds(run):
    """Time one portion; return the seconds of an epoch on the processor."""
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * EPOCH / PORTION


def main():
    """Race the three; print the seconds of an epoch and the ratios."""
    data = images()
    print(f"the warps of NumPy and PyTorch differ by {check(data):.0e}")
    runs = {"9.16": plain(data), "ladder": climbing(data), "PyTorch": in_torch(data)}
    times = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(ROUNDS):
        for name, run in runs.items():
            times[name].append(seconds(run))
    for name, taken in times.items():
        print(f"{name}: {median(taken):.2f} s an epoch, best {min(taken):.2f}")
    for name, most in (("9.16", " (at most 2 wanted)"), ("PyTorch", "")):
        pairs = zip(times["ladder"], times[name], strict=True)
        ratio = median(ours / theirs for ours, theirs in pairs)
        best = min(times["ladder"]) / min(times[name])
        print(f"ladder / {name}: {ratio:.2f}, in the best rounds {best:.2f}{most}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    with threadpool_limits(1):
        main()

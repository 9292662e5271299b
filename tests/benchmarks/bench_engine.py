"""How fast the NumPy engine trains, side by side with eager PyTorch in one run.

    python tests/benchmarks/bench_engine.py

Each round times every rival once, one after the other and briefly, so that a busy
machine slows all alike; printed are the medians over the rounds of the speed and of
the ratio within a round. Still, other work makes ratios waver, and on default threads
it can stall PyTorch for long: quote figures from a machine at rest. PyTorch runs
``nn.Sequential`` and ``nn.functional`` with gradients set to None, once with its SGD as
it comes and once with ``fused=True``, the fastest. With the full MNIST at $NB_LIB_DATA
the accuracy after two epochs is printed too.
"""

import time
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice, pairwise
from statistics import median

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import nn

from nb_lib.data import load_mnist, minibatches, mnist_source, spirals
from nb_lib.numpy import losses, models, optimisers, sixty_lines, train
from nb_lib.sections.s09_08_sixty_lines.explorer import watched
from nb_lib.torch import train as torch_train

DEEP, BATCH, STEPS = (2, 32, 32, 32, 32, 2), 128, 20
MNIST, MNIST_BATCH, IMAGES = (784, 128, 64, 10), 64, 60_000
PATIENCE = 15  # seconds a race, on a machine that is busy
NEVER = 10**9  # norms on the first step only


@contextmanager
def threads(count):
    """Hold both libraries to ``count`` threads, or to their defaults with None."""
    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    with threadpool_limits(count):
        yield
    torch.set_num_threads(before)


def race(rivals, rounds):
    """Time every rival once a round; return the seconds of each, round by round."""
    seconds, begun = {name: [] for name in rivals}, time.perf_counter()
    for done in range(rounds + 1):
        if done > 1 and time.perf_counter() - begun > PATIENCE:
            break
        for name, run in rivals.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: told[1:] for name, told in seconds.items()}  # the first warms up


def ratio(seconds, name, rival):
    """Give the median over the rounds of one rival's time over another's."""
    rounds = zip(seconds[name], seconds[rival], strict=True)
    return median(ours / theirs for ours, theirs in rounds)


def take(steps, count):
    """Train for ``count`` steps."""
    for _ in islice(steps, count):
        pass


def in_numpy(model, loss, data, momentum):
    """Set up the engine by hand; data are endless."""
    optimiser = optimisers.SGD(model.params, lr=0.01, momentum=momentum)
    return train.descend(model, loss, data, optimiser, watch=NEVER)


def in_torch(sizes, activation, data, momentum, **keywords):
    """Set up the same net and loop with PyTorch's own parts."""
    x, labels = next(data)
    parts = [p for pair in pairwise(sizes) for p in (nn.Linear(*pair), activation())]
    model = nn.Sequential(*parts[:-1]).to(torch.from_numpy(x).dtype)
    optimiser = torch.optim.SGD(
        model.parameters(), lr=0.01, momentum=momentum, **keywords
    )
    tensors = (tuple(map(torch.from_numpy, pair)) for pair in data)
    loss = nn.functional.cross_entropy
    return torch_train.descend(model, loss, tensors, optimiser, watch=NEVER)


def rivals(sizes, activation, data, count, momentum, dtype):
    """Set up both engines for ``count`` steps a round over equal batches."""
    rng = np.random.default_rng(9)
    layer = {"tanh": nn.Tanh, "relu": nn.ReLU}[activation]
    model = models.MLP(sizes, rng=rng, activation=activation, dtype=dtype)
    told = {
        "NumPy": in_numpy(model, losses.cross_entropy, data(), momentum),
        "plain": in_torch(sizes, layer, data(), momentum),
        "fused": in_torch(sizes, layer, data(), momentum, fused=True),
    }
    if dtype == "float64" and sizes is DEEP:
        model = sixty_lines.MLP(sizes, rng=rng, activation=activation)
        how = {"rng": rng, "lr": 0.01, "momentum": momentum, "batch_size": BATCH}
        told["sixty lines"] = sixty_lines.fit(model, *next(data()), **how)
    return {name: partial(take, steps, count) for name, steps in told.items()}


def bench_deep():
    """Steps a second at depth 4, width 32, batch 128; wanted: twice PyTorch's."""
    for dtype in ("float64", "float32"):
        x, labels = spirals(BATCH, rng=np.random.default_rng(9))
        pair = x.astype(dtype), labels
        for activation in ("tanh", "relu"):
            data = partial(cycle, [pair])
            found = race(rivals(DEEP, activation, data, STEPS, 0.0, dtype), 100)
            for name in sorted(found.keys() - {"plain", "fused"}):
                ours, theirs = (STEPS / median(found[who]) for who in (name, "plain"))
                print(
                    f"{dtype} {activation:4} {name:11}  {ours:7,.0f} steps/s, PyTorch "
                    f"{theirs:6,.0f}: {1 / ratio(found, name, 'plain'):.2f} times as "
                    f"many, {1 / ratio(found, name, 'fused'):.2f} as its fused SGD"
                )


def bench_epoch():
    """Seconds an epoch of MNIST, batch 64; wanted: at most 0.8 of PyTorch's."""
    rng, share = np.random.default_rng(9), 60  # a sixtieth of an epoch a round
    pixels, labels = (
        rng.random((IMAGES // share, 784)),
        rng.integers(0, 10, IMAGES // share),
    )
    steps = len(pixels) // MNIST_BATCH
    for dtype in ("float64", "float32"):
        x = pixels.astype(dtype)

        def data(x=x):
            order = np.random.default_rng(9)
            return minibatches(x, labels, MNIST_BATCH, rng=order)

        found = race(rivals(MNIST, "relu", data, steps, 0.9, dtype), 40)
        ours, theirs = (share * median(found[who]) for who in ("NumPy", "plain"))
        print(
            f"{dtype} MNIST epoch  {ours:5.2f} s, PyTorch {theirs:5.2f} s: "
            f"{ratio(found, 'NumPy', 'plain'):.2f} of its time, "
            f"{ratio(found, 'NumPy', 'fused'):.2f} of its fused SGD's"
        )


def bench_flagship():
    """Milliseconds for what one touch of the flagship trains; wanted: at most 55."""
    x, labels = spirals(300, rng=np.random.default_rng(9))

    def run(activation, momentum):
        rng = np.random.default_rng(9)
        model = sixty_lines.MLP(DEEP, rng=rng, activation=activation)
        how = {"lr": 0.1, "momentum": momentum, "batch_size": BATCH}
        losses = sixty_lines.fit(model, x, labels, rng=rng, **how)
        take(watched(model, losses), 300)

    told = {(a, m): partial(run, a, m) for a in ("tanh", "relu") for m in (0.0, 0.9)}
    for (activation, momentum), seconds in race(told, 15).items():
        print(
            f"300 steps, {activation}, momentum {momentum}, norms every 5th: "
            f"{1e3 * median(seconds):.0f} ms (fastest {1e3 * min(seconds):.0f})"
        )


def bench_accuracy():
    """Per cent right on the 10,000 test images after two epochs; wanted: 97."""
    if mnist_source() != "full":
        print("accuracy: needs the full MNIST at $NB_LIB_DATA (make data), left out")
        return
    (x, labels), (x_test, labels_test) = load_mnist()
    rng, count = np.random.default_rng(9), 2 * -(-len(x) // MNIST_BATCH)
    model = models.MLP(MNIST, rng=rng)
    optimiser = optimisers.SGD(model.params, lr=0.1, momentum=0.9)
    data, start = minibatches(x, labels, MNIST_BATCH, rng=rng), time.perf_counter()
    steps = train.descend(model, losses.cross_entropy, data, optimiser, watch=NEVER)
    for step in islice(steps, count):
        optimiser.lr = 0.1 * (1 - step.count / count)  # down to 0 in a straight line
    seconds = time.perf_counter() - start
    share = train.accuracy(model, x_test, labels_test)
    print(f"accuracy after two epochs ({seconds:.1f} s): {100 * share:.2f} %")


def main():
    for count in (1, None):
        with threads(count):
            print(f"-- {'one thread' if count else 'default threads'}")
            bench_deep()
            bench_epoch()
    with threads(1):
        print("-- one thread")
        bench_flagship()
        bench_accuracy()


if __name__ == "__main__":
    main()

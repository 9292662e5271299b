"""The claims of 9.6, backpropagation derived."""

import time
from functools import partial
from itertools import pairwise

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.numpy.models import MLP
from nb_lib.sections.s09_06_backpropagation import counting, equations
from nb_lib.sections.s09_06_backpropagation.meter import metered

NETS, MNIST = 60, (784, 128, 64, 10)
EIGHT = (512,) * 9
DEPTHS = range(1, 13)


def four_equations():
    """Compare each equation with differences and autograd over random nets."""
    rng = np.random.default_rng(961)
    cases = [
        equations.random_case(rng, activation=activation)
        for activation in ("tanh", "relu", "sigmoid")
        for _ in range(NETS // 3)
    ]
    moved = equations.worst_gaps(
        cases, partial(equations.gap_by_differences, rng=np.random.default_rng(962))
    )
    differentiated = equations.worst_gaps(cases, equations.gap_by_autograd)
    found = {f"{name}, differences": gap for name, gap in moved.items()}
    return found | {f"{name}, autograd": gap for name, gap in differentiated.items()}


def counted(sizes, *, batch=3):
    """Let a net count its own products: multiply-adds forward and back."""
    tally, rng = [], np.random.default_rng(963)
    net = MLP(sizes, rng=rng)
    z = net.forward(metered(rng.normal(size=(batch, sizes[0])), tally))
    ahead = sum(tally)
    net.backward(metered(np.ones(z.shape), tally))
    biases = batch * sum(sizes[1:])  # sums that the library takes as products
    return ahead, sum(tally) - ahead - biases


def growth():
    """Follow the backward pass against edges, over nets of many shapes."""
    rng, edges, back, low = np.random.default_rng(964), [], [], []
    for _ in range(300):
        widths = np.exp(rng.uniform(np.log(8), np.log(512), rng.integers(3, 14)))
        sizes = tuple(int(width) for width in widths)
        edges.append(sum(counting.edges(sizes)))
        back.append(counting.ratio(sizes) * edges[-1])
        low.append(back[-1] / edges[-1])
    of_one_shape = [
        (sum(counting.edges(s)), counting.ratio(s) * sum(counting.edges(s)))
        for s in [(w,) * 5 for w in (8, 32, 128, 512)]
    ]
    return {
        "slope, one shape": slope(*zip(*of_one_shape, strict=True)),
        "slope, any shape": slope(edges, back),
        "least a weight": min(low),
        "most a weight": max(low),
        "passes for MNIST": counting.parameters(MNIST) + 1,
        "counted / formula": counted(MNIST)[1] / (3 * counting.ratio(MNIST) * 109_184),
    }


def slope(x, y):
    """Give the slope of a straight line on logarithmic axes."""
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


def ratios():
    """Count the products of nets as they run, and take the time of some."""
    equal = [counted((64,) * (depth + 1)) for depth in DEPTHS]
    gaps = [
        abs(back / ahead - (2 - 1 / depth))
        for depth, (ahead, back) in zip(DEPTHS, equal, strict=True)
    ]
    ahead, back = counted(MNIST)
    return {
        "off 2 - 1/L by": max(gaps),
        "MNIST": back / ahead,
        "time, MNIST": clocked(MNIST, batch=128),
        "time, eight layers": clocked(EIGHT, batch=128),
        "time, batch of 1": clocked(EIGHT, batch=1),
    }


def clocked(sizes, *, batch, rounds=15):
    """Give the processor time of a backward pass for that of a forward pass."""
    rng = np.random.default_rng(965)
    net = MLP(sizes, rng=rng, dtype="float32")
    x = rng.normal(size=(batch, sizes[0])).astype("float32")
    dz = np.ones_like(net.forward(x))
    times = []
    for _ in range(rounds):
        ticks = [time.thread_time()]
        for run, given in ((net.forward, x), (net.backward, dz)):
            run(given)
            ticks.append(time.thread_time())
        times.append([after - before for before, after in pairwise(ticks)])
    ahead, back = np.median(times, axis=0)
    return float(back / ahead)


CLAIMS = (
    Claim(
        "C6.1",
        "Each of the four equations equals finite differences to 1e-6 and autograd to "
        "1e-12, over random shapes.",
        four_equations,
        "output error {output error, differences:.0e} and "
        "{output error, autograd:.0e}, error of a layer "
        "{error of a layer, differences:.0e} and {error of a layer, autograd:.0e}, "
        "weights {weights, differences:.0e} and {weights, autograd:.0e}, biases "
        "{biases, differences:.0e} and {biases, autograd:.0e}",
        core=tuple(
            Bound(f"{name}, {judge}", high=high)
            for name in equations.NAMES
            for judge, high in (("differences", 1e-6), ("autograd", 1e-12))
        ),
        note="60 nets of 1 to 4 layers with tanh, ReLU or sigmoid, 1 to 7 units and "
        "examples; greatest gaps, relative to the norm of the slopes, first with "
        "differences in one random direction, then with autograd",
        needs=("PyTorch",),
    ),
    Claim(
        "C6.2",
        "Cost grows linearly: the multiply-adds of the backward pass against edges "
        "have slope 1, while finite differences need P + 1 forward passes, 109,387 for "
        "the MNIST net.",
        growth,
        "slope {slope, one shape:.3f} for nets of one shape and "
        "{slope, any shape:.2f} over 300 shapes, where an edge costs from "
        "{least a weight:.2f} to {most a weight:.2f} multiply-adds; "
        "{passes for MNIST:,} passes",
        core=(
            about("slope, one shape", 1, within=1e-9),
            about("slope, any shape", 1, within=0.1),
            Bound("least a weight", low=1),
            Bound("most a weight", high=2),
            Bound("passes for MNIST", 109_387, 109_387),
            about("counted / formula", 1, within=1e-12),
        ),
        note="products of matrices, for one example; nets of 2 to 12 layers and widths "
        "from 8 to 512; the formula is compared with a net that counts its products",
    ),
    Claim(
        "C6.3",
        "A backward pass costs about twice a forward pass.",
        ratios,
        "counted 2 − 1/L for L equal square layers (off by {off 2 - 1/L by:.0e}), but "
        "{MNIST:.2f} for 784-128-64-10; by the clock {time, eight layers:.1f} for "
        "eight layers of 512 and {time, MNIST:.1f} for 784-128-64-10 with 128 "
        "examples, {time, batch of 1:.0f} for the eight layers with a single one",
        core=(Bound("off 2 - 1/L by", high=1e-12),),
        beyond=(about("MNIST", 2, within=0.2),),
        verdict="holds with limits",
        limits="only where the first layer is a small part of the net, because nobody "
        "needs the error of the data; and the clock follows the count only for batches "
        "that are not tiny",
        note="the counts are of nets that count their own products, L from 1 to 12; "
        "the times are medians of 15 runs in float32 here, and are not judged",
    ),
)

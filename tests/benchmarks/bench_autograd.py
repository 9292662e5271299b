"""How fast the engine of 9.15 trains, beside the backward pass by hand and scalars.

    python tests/benchmarks/bench_autograd.py

All three train the same 2-16-16-1 net on 100 points, by full steps of plain descent, on
one thread. Each round times every rival once, one after the other and briefly; printed
are the medians over the rounds. Seconds are those of the processor, which do not run
while other work has it, although a busy machine still slows what shares its caches.
"""

import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from nb_lib.autograd import Tensor
from nb_lib.data import moons
from nb_lib.numpy.activations import sigmoid
from nb_lib.numpy.sixty_lines import MLP

sys.path.insert(0, str(Path(__file__).parents[1] / "autograd"))
from scalars import Value

ROUNDS, STEPS, SCALAR_ROUNDS, LR = 60, 20, 5, 0.1
X, LABELS = moons(100, rng=np.random.default_rng(0))
SIGNS = 1.0 - 2.0 * LABELS[:, None]  # the loss is log(1 + exp(sign · logit))


def start():
    """Draw the weights that all three begin with."""
    return MLP((2, 16, 16, 1), rng=np.random.default_rng(1))


def by_hand(net):
    """One step of the sixty lines of 9.8, with the slope of the loss by hand."""
    z = net.forward(X)
    net.backward(SIGNS * sigmoid(SIGNS * z) / len(X))
    for q, dq in zip(net.w + net.b, net.dw + net.db, strict=True):
        q -= LR * dq


def by_engine(params):
    """The same step, its backward pass found by the engine."""
    w1, w2, w3, b1, b2, b3 = params
    z = ((X @ w1 + b1).tanh() @ w2 + b2).tanh() @ w3 + b3
    loss = (1 + (SIGNS * z).exp()).log().mean()
    for p in params:
        p.grad = None
    loss.backward()
    for p in params:
        p.data -= LR * p.grad


def by_scalars(params):
    """The same step with an object for each number."""
    loss = Value(0.0)
    for row, sign in zip(X, SIGNS, strict=True):
        h = [Value(v) for v in row]
        for layer, (w, b) in enumerate(params):
            z = []
            for unit, bias in enumerate(b):
                total = bias
                for value, weights in zip(h, w, strict=True):
                    total = total + value * weights[unit]
                z.append(total)
            h = [value.tanh() for value in z] if layer < 2 else z
        loss = loss + (h[0] * Value(float(sign[0]))).softplus() * Value(1 / len(X))
    numbers = [v for w, b in params for row in [*w, b] for v in row]
    for v in numbers:
        v.grad = 0.0
    loss.backward()
    for v in numbers:
        v.data -= LR * v.grad


def seconds(run, steps):
    """Time some steps; return the seconds of one on the processor."""
    begun = time.process_time()
    for _ in range(steps):
        run()
    return (time.process_time() - begun) / steps


def apart(net, params):
    """Return how far any parameter of two nets lies apart."""
    pairs = zip(net.w + net.b, params, strict=True)
    return max(np.abs(q - p).max() for q, p in pairs)


def main():
    """Race the engine against both rivals, and check that they train one net."""
    net, twin = start(), start()
    params = [Tensor(q) for q in twin.w + twin.b]
    single = start()
    values = [
        ([[Value(float(v)) for v in row] for row in w], [Value(float(v)) for v in b])
        for w, b in zip(single.w, single.b, strict=True)
    ]
    by_hand(net)
    by_engine(params)
    print(
        f"after a step parameters differ by {apart(net, [p.data for p in params]):.0e}"
    )
    hand, engine, scalar = [], [], []
    for _ in range(ROUNDS):
        hand.append(seconds(lambda: by_hand(net), STEPS))
        engine.append(seconds(lambda: by_engine(params), STEPS))
    for _ in range(SCALAR_ROUNDS):
        scalar.append(seconds(lambda: by_scalars(values), 1))
    shares = [h / e for h, e in zip(hand, engine, strict=True)]
    print(
        f"engine: {1 / median(engine):,.0f} steps a second, best {1 / min(engine):,.0f}"
    )
    print(f"by hand: {1 / median(hand):,.0f} steps a second, best {1 / min(hand):,.0f}")
    print(
        f"the engine is {median(shares):.2f} times as fast as the pass by hand, "
        f"{min(hand) / min(engine):.2f} in the best rounds of both"
    )
    print(f"scalars: {median(scalar):.2f} seconds a step")
    print(
        f"the engine is {median(scalar) / median(engine):,.0f} times as fast as scalars"
    )


if __name__ == "__main__":
    with threadpool_limits(1):
        main()

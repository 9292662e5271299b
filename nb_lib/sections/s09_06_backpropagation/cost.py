"""The cost meter: the equations run one by one, and each is charged to its layer."""

from dataclasses import dataclass

import numpy as np

from nb_lib.sections.s09_06_backpropagation import counting

MOST = 12  # layers
FORWARD, OUTPUT, ERROR, WEIGHTS, BIASES = range(5)  # as the picture lists them
NONE = -1  # none of them is running
PIXELS, DIGITS = 784, 10
NAMES = ("million", "billion", "trillion", "quadrillion")


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; the layers that are not there hold zeros."""

    sizes: tuple  # the widths of the net
    batch: int
    method: str
    forward: np.ndarray  # (MOST,), multiply-adds so far of one forward pass
    weights: np.ndarray  # (MOST,), of the gradients of the weights
    errors: np.ndarray  # (MOST,), of the errors on their way down
    largest: int  # multiply-adds of the largest layer's forward pass
    runs: tuple  # how often each of the five lines has run
    running: int  # which of them runs now, or NONE
    passes: int  # forward passes so far

    @property
    def one_pass(self):
        """Multiply-adds of the forward pass, or of what is done of it."""
        return int(self.forward.sum())

    @property
    def gradient(self):
        """Multiply-adds that all slopes have cost so far, forward pass included."""
        back = int(self.weights.sum() + self.errors.sum())
        return self.one_pass * self.passes + back


def sizes_of(network, depth, width):
    """Give the widths: all equal, or from 784 pixels by halves to 10 digits."""
    if network == "equal":
        return (width,) * (depth + 1)
    halves = [max(width // 2**n, 1) for n in range(depth - 1)]
    return (PIXELS, *halves, DIGITS)


def compute(depth, width, batch, network, method):
    """Run the equations in their order; offer a frame after each of them."""
    sizes = sizes_of(network, depth, width)
    meter = Meter(sizes, batch, method)
    yield from meter.go_forward()
    if method == "differences":
        yield from meter.go_again()
    else:
        yield from meter.go_back(needs_dx=method == "with_dx")


class Meter:
    """What has been counted so far."""

    def __init__(self, sizes, batch, method):
        self.sizes, self.batch, self.method = sizes, batch, method
        self.parts = np.zeros((3, MOST))  # forward, weights, errors
        self.runs, self.running, self.passes = [0] * 5, NONE, 1

    def go_forward(self):
        """Charge each layer its forward product."""
        for layer, count in enumerate(counting.forward(self.sizes, batch=self.batch)):
            yield self.charge(FORWARD, 0, layer, count)

    def go_back(self, *, needs_dx):
        """Charge the four equations, from the last layer to the first."""
        how = {"batch": self.batch}
        weights = counting.weights_back(self.sizes, **how)
        errors = counting.errors_back(self.sizes, needs_dx=needs_dx, **how)
        yield self.charge(OUTPUT)
        for layer in reversed(range(len(weights))):
            yield self.charge(WEIGHTS, 1, layer, weights[layer])
            yield self.charge(BIASES)
            if errors[layer]:
                yield self.charge(ERROR, 2, layer, errors[layer])
        self.running = NONE
        yield self.frame

    def go_again(self):
        """Run the forward pass once more for each parameter."""
        last = counting.parameters(self.sizes) + 1
        while self.passes < last:
            self.passes = min(10 * self.passes, last)
            self.runs[FORWARD] = self.passes * (len(self.sizes) - 1)
            yield self.frame
        self.running = NONE
        yield self.frame

    def charge(self, line, part=0, layer=0, count=0):
        """Let one line run in one layer; return the offer of a frame."""
        self.runs[line] += 1
        self.running = line
        self.parts[part, layer] += count
        return self.frame

    def frame(self):
        """Freeze what has been counted."""
        forward, weights, errors = self.parts.copy()
        return Frame(
            sizes=self.sizes,
            batch=self.batch,
            method=self.method,
            forward=forward,
            weights=weights,
            errors=errors,
            largest=self.batch * max(counting.edges(self.sizes)),
            runs=tuple(self.runs),
            running=self.running,
            passes=self.passes,
        )


def written(count):
    """Write a count in full, or a huge one as 11.9 billion."""
    if count < 1e7:
        return f"{count:,}"
    power = min(int(np.log10(count)) // 3, len(NAMES) + 1)
    return f"{count / 1000.0**power:.3g} {NAMES[power - 2]}"


def describe(frame):
    """Say the numbers that matter in one sentence."""
    names = "-".join(map(str, frame.sizes))
    net = f"The net {names}" if len(frame.sizes) < 6 else "This net"
    if frame.running != NONE:
        return f"{net} has taken {written(frame.gradient)} multiply-adds so far."
    ahead = frame.gradient / frame.one_pass
    if frame.method == "differences":
        return (
            f"{net} has {counting.parameters(frame.sizes):,} parameters, so finite "
            f"differences need {frame.passes:,} forward passes of "
            f"{written(frame.one_pass)} multiply-adds each."
        )
    return (
        f"{net} takes {written(frame.one_pass)} multiply-adds forward and "
        f"{written(frame.gradient - frame.one_pass)} back, which is {ahead - 1:.2f} "
        f"times as many; finite differences would take "
        f"{counting.parameters(frame.sizes) + 1:,} forward passes."
    )

"""The run that 9.14's explorer plans: a small deep net, trained as the settings say."""

import math
from dataclasses import dataclass

import numpy as np

from nb_lib.data import moons
from nb_lib.numpy import schedules
from nb_lib.numpy.checkpointing import layers_computed, states_held
from nb_lib.numpy.train import has_diverged

SIZES, BATCH, STEPS, MOMENTUM = (2, *[24] * 8, 2), 64, 100, 0.9
LAYERS = len(SIZES) - 1
BINS = np.arange(-40, 25, 2)  # powers of two, the edges of the bars

LARGEST = 65520.0  # from here on a float16 is endless


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    rates: np.ndarray  # (steps of the whole plan,)
    losses: np.ndarray  # (steps so far,), nats
    bars: np.ndarray  # (len(BINS) - 1,), shares of the deltas by size, times the scale
    lost: float  # share of the deltas that became 0, over all steps
    skipped: int  # updates left out, as a gradient had overflowed
    memory: float  # of the states, as a share of the plain run's
    work: float  # of one update, as a share of the plain run's
    dtype: str
    diverged_at: int | None


def share(schedule, warm_up, count, steps):
    """Return the rate of an update as a share of the highest, in a run of ``steps``."""
    if schedule == "step":
        return schedules.step_decay(
            count, every=steps // 3, factor=0.2, warm_up=warm_up
        )
    if schedule == "cosine":
        return schedules.cosine(count, steps=steps, warm_up=warm_up)
    if schedule == "one_cycle":
        return schedules.one_cycle(count, steps=steps)
    if schedule == "inverse_sqrt":
        return schedules.inverse_sqrt(count, warm_up=max(warm_up, 1))
    return schedules.constant(count, warm_up=warm_up)


def rounded(values, dtype):
    """Return values as float32, behind the rounding to float16 if there is one."""
    values = values.astype(np.float32)
    return values if dtype == "float32" else halved(values)


def halved(values):
    """Round float32 to the nearest float16, ties to even, as ``astype`` does.

    A float16 has 11 digits of base two, none below 2**-24, and ends before 65,520.
    """
    size = np.abs(values.astype(np.float64))
    power = np.floor(np.log2(np.clip(size, 2.0**-14, LARGEST)) + 1e-9)
    unit = 2.0 ** (power - 10)
    near = np.rint(values / unit) * unit
    is_beyond = size >= LARGEST
    near[is_beyond] = np.inf * np.sign(values[is_beyond])
    return near.astype(np.float32)


def product(a, b):
    """Return a @ b of float32, its sums taken in float64 and rounded once.

    So the order of a sum decides nothing: every machine finds the same float32.
    """
    return (a.astype(np.float64) @ b.astype(np.float64)).astype(np.float32)


def drawn(rng):
    """Draw the parameters, He's weights and no biases, as one long vector."""
    parts = []
    for m, n in zip(SIZES[:-1], SIZES[1:], strict=True):
        parts += [np.ravel(rng.normal(0, math.sqrt(2 / m), size=(m, n))), np.zeros(n)]
    return np.concatenate(parts)


def in_layers(flat):
    """Return the weights and the biases of each layer as views of one long vector."""
    weights, biases, at = [], [], 0
    for m, n in zip(SIZES[:-1], SIZES[1:], strict=True):
        weights.append(flat[at : at + m * n].reshape(m, n))
        biases.append(flat[at + m * n : at + m * n + n])
        at += m * n + n
    return weights, biases


class Run:
    """What is known so far about one plan."""

    def __init__(self, plan, seed=9, steps=STEPS):
        lr, schedule, warm_up, micro, dtype, scale, clip, segments = plan
        self.rates = np.array(
            [lr * share(schedule, warm_up, count, steps) for count in range(steps)]
        )
        self.dtype, self.scale, self.clip, self.micro = dtype, scale, clip, micro
        weights, self.order, points = np.random.default_rng(seed).spawn(3)
        self.x, self.labels = moons(512, noise=0.15, rng=points)
        self.params = self.kept(drawn(weights))
        self.velocity = np.zeros_like(self.params)
        held = states_held(LAYERS, segments) / LAYERS / micro
        self.memory = held * (1.0 if dtype == "float32" else 0.5)
        self.work = (layers_computed(LAYERS, segments) + 2 * LAYERS) / (3 * LAYERS)
        self.losses, self.deltas = [], []
        self.vanished = self.present = self.skipped = 0
        self.diverged_at = None

    def kept(self, weights):
        """Round what is stored of the weights: with float16 throughout, they too."""
        return rounded(weights, "float16" if self.dtype == "float16" else "float32")

    def step(self, count):
        """Take one update, from ``micro`` parts of a batch."""
        rows = self.order.permutation(len(self.x))[:BATCH]
        size = BATCH // self.micro
        self.deltas = []
        loss, total = 0.0, np.zeros_like(self.params)
        for start in range(0, BATCH, size):
            part = rows[start : start + size]
            value, grad = self.gradient(self.x[part], self.labels[part])
            loss += value / self.micro
            total = total + grad / self.micro
        self.losses.append(loss)
        if has_diverged(loss):
            self.diverged_at = count
        self.update(total, float(self.rates[count - 1]))

    def update(self, grad, rate):
        """Move the weights, unless a gradient has overflowed."""
        norm = math.sqrt(float(np.sum(grad.astype(np.float64) ** 2)))
        if not math.isfinite(norm):
            self.skipped += 1
            return
        shrink = min(1.0, self.clip / norm) if self.clip and norm else 1.0
        self.velocity = MOMENTUM * self.velocity + shrink * grad
        self.params = self.kept(self.params - rate * self.velocity)

    def gradient(self, x, labels):
        """Return the loss and its gradient, found with the scaled loss."""
        weights, biases = in_layers(rounded(self.params, self.dtype))
        states = [rounded(x, self.dtype)]
        for layer in range(LAYERS):
            z = rounded(product(states[-1], weights[layer]) + biases[layer], self.dtype)
            states.append(np.maximum(z, 0) if layer < LAYERS - 1 else z)
        loss, delta = cross_entropy(states.pop(), labels)
        delta, parts = delta * self.scale, []
        for layer in range(LAYERS - 1, -1, -1):
            delta = self.noted(delta)
            parts += [np.sum(delta, axis=0), np.ravel(product(states[layer].T, delta))]
            delta = product(delta, weights[layer].T) * (states[layer] > 0)
        return loss, rounded(np.concatenate(parts[::-1]), self.dtype) / self.scale

    def noted(self, delta):
        """Round a delta; keep its entries, and count how many the rounding loses."""
        short = rounded(delta, self.dtype)
        self.deltas.append(delta)
        if self.dtype != "float32":
            present = int(np.sum(delta != 0))
            self.present += present
            self.vanished += present - int(np.sum(short != 0))
        return short

    def sizes(self):
        """Return the share of the last update's deltas in each bin, zeros left out."""
        entries = np.concatenate([np.ravel(delta) for delta in self.deltas])
        entries = entries[(entries != 0) & np.isfinite(entries)]
        places = np.clip(np.log2(np.abs(entries)), BINS[0], BINS[-1])
        return np.histogram(places, BINS)[0] / max(len(entries), 1)

    def frame(self):
        """Freeze what is known so far."""
        return Frame(
            rates=self.rates,
            losses=np.array(self.losses),
            bars=self.sizes(),
            lost=self.vanished / max(self.present, 1),
            skipped=self.skipped,
            memory=self.memory,
            work=self.work,
            dtype=self.dtype,
            diverged_at=self.diverged_at,
        )


def cross_entropy(logits, labels):
    """Return the mean loss in nats, and its gradient, rounded once to float32."""
    logits = logits.astype(np.float64)
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    total = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    wanted = labels[:, None] == np.arange(logits.shape[1])
    loss = float(np.sum(wanted * (total - shifted)) / len(labels))
    return loss, ((np.exp(shifted - total) - wanted) / len(labels)).astype(np.float32)

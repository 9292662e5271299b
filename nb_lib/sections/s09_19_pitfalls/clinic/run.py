"""One run of the bug clinic: a case, a repair, and the curves that a log would show."""

import math
from dataclasses import dataclass

import numpy as np

from nb_lib.sections.s09_19_pitfalls.clinic import net, tasks

STEPS, BATCH, SEED = 256, 40, 5
LOOKS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)  # steps
CLOSE = 0.2  # a forecast counts as right within this

# number of the case: (task, fault, learning rate, scale of one example)
CASES = {
    1: ("classes", "none", 0.1, 1.0),
    2: ("classes", "split", 0.1, 1.0),
    3: ("classes", "rate", 5.0, 1.0),
    4: ("tokens", "mask", 0.3, 1.0),
    5: ("classes", "silent", 0.1, 1.0),
    6: ("series", "forcing", 0.1, 1.0),
    7: ("series", "rate", 0.8, 1.0),
    8: ("tokens", "none", 0.3, 1.0),
    9: ("noise", "leakage", 0.1, 1.0),
    10: ("classes", "stable", 0.1, 40.0),
}
CHARTS = {
    "classes": "Ten classes",
    "tokens": "Eight tokens, guess the next",
    "series": "Forecast the next value",
    "noise": "Two classes, 20 of 1,000 features",
}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; rows of the curves are looks."""

    chart: str
    is_forecast: bool
    at: np.ndarray  # (looks,), steps
    losses: np.ndarray  # (looks, 3), of training, validation and use
    right: np.ndarray  # (looks, 3), shares
    norms: np.ndarray  # (looks, 3), of the gradients of the three weights
    dead: np.ndarray  # (looks, 2), shares of the units of both hidden layers
    diverged_at: int | None


def compute(*, case, repair):
    """Train the network of a case, faulty unless the repair is the right one."""
    task, fault, lr, scale = CASES[case]
    if repair == fault:
        fault = "none"
    if repair == "rate":
        lr = lr / 10
    with np.errstate(all="ignore"):
        return train(task, fault, lr, scale)


def train(task, fault, lr, scale):
    """Train for 256 steps, or until the loss is no number; return the frame."""
    data, start, order = np.random.default_rng(SEED).spawn(3)
    single = np.float32 if task == "classes" else np.float64
    three = [(x.astype(single), y) for x, y in examples(task, fault, data, scale)]
    x, y = three[0]
    outputs = {"classes": 10, "tokens": 8, "series": 1, "noise": 2}[task]
    weights, biases = net.drawn(start, x.shape[1], outputs, single)
    rows, looks, diverged_at = [], [], None
    for count in range(1, STEPS + 1):
        if len(rows) < BATCH:
            rows = order.permutation(len(x))
        batch, rows = rows[:BATCH], rows[BATCH:]
        states, out = net.forward(x[batch], weights, biases)
        loss, delta = priced(task, out, y[batch], fault)
        dws, dbs = net.backward(delta, states, weights, fault == "silent")
        is_lost = not abs(float(loss)) <= 1e4
        if count in LOOKS or is_lost:
            seen = look(task, fault, three, weights, biases)
            looks.append(
                [count, *seen, *[math.sqrt(float(np.sum(dw**2))) for dw in dws]]
            )
        if is_lost:
            diverged_at = count
            break
        for layer in range(3):
            weights[layer] = weights[layer] - lr * dws[layer]
            biases[layer] = biases[layer] - lr * dbs[layer]
    table = np.array(looks)
    return Frame(
        chart=CHARTS[task],
        is_forecast=task == "series",
        at=table[:, 0],
        losses=table[:, 1:4],
        right=table[:, 4:7],
        dead=table[:, 7:9],
        norms=table[:, 9:],
        diverged_at=diverged_at,
    )


def examples(task, fault, rng, scale):
    """Return the three parts of the task, with the fault if it is one of data."""
    if task == "classes":
        return tasks.ten_classes(rng, fault == "split", scale)
    if task == "tokens":
        return tasks.tokens(rng, fault == "mask")
    if task == "noise":
        return tasks.noise(rng, fault == "leakage")
    return tasks.series(rng)


def priced(task, out, targets, fault):
    """Return loss and gradient."""
    if task == "series":
        return net.squared_error(out, targets)
    return net.cross_entropy(out, targets, fault != "stable")


def look(task, fault, three, weights, biases):
    """Return three losses, three shares right and two dead shares."""
    losses, right, dead = [], [], []
    for part in range(3):
        x, y = three[part]
        is_free = task == "series" and (part == 2 or (part == 1 and fault != "forcing"))
        if is_free:
            out = free_run(x, weights, biases)
        else:
            states, out = net.forward(x, weights, biases)
        losses.append(float(priced(task, out, y, fault)[0]))
        hits = np.abs(out - y) < CLOSE if task == "series" else hit(out, y)
        right.append(float(np.mean(hits)))
        if part == 0:
            dead = [float(np.mean(np.all(h <= 0, axis=0))) for h in states[1:]]
    return losses + right + dead


def hit(logits, labels):
    """Say where the greatest logit is the label's; NaN never is."""
    is_number = np.all(np.isfinite(logits), axis=1)
    return (np.argmax(np.nan_to_num(logits), axis=1) == labels) & is_number


def free_run(x, weights, biases):
    """Forecast from the first row on, fed with nothing but its own answers."""
    seen, answers = x[:1], []
    for _ in range(len(x)):
        answer = net.forward(seen, weights, biases)[1]
        answers.append(answer[0])
        seen = np.concatenate([seen[:, 1:], answer], axis=1)
    return np.array(answers)

"""The claims of 9.14, training in practice."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.data import moons
from nb_lib.numpy.accumulation import accumulated
from nb_lib.numpy.checkpointing import checkpointed, layers_computed, states_held
from nb_lib.numpy.losses import cross_entropy, value_and_gradient
from nb_lib.numpy.models import MLP
from nb_lib.numpy.precision import half_gradients
from nb_lib.sections.s09_14_practice.resumed import scheduling

ROWS = 37


def parabola():
    """Walk 200 steps down parabolas of curvature 10, and of others at 2/λ ± 1%."""
    ends = [
        walked(share * 2 / curvature, curvature, 2000) < 1
        for curvature in (0.1, 3.0, 250.0)
        for share in (0.99, 1.01)
    ]
    return {
        "below": walked(0.19, 10.0, 200),
        "above": walked(0.201, 10.0, 200),
        "wrong sides": sum(
            a != b for a, b in zip(ends, [True, False] * 3, strict=True)
        ),
    }


def walked(rate, curvature, steps):
    """Return the distance from the minimum after some steps, at first 1."""
    w = 1.0
    for _ in range(steps):
        w -= rate * curvature * w
    return abs(w)


def task():
    """Draw a batch, and give a net for it."""
    rng = np.random.default_rng(14)
    x, labels = moons(ROWS, noise=0.1, rng=rng)
    return MLP((2, 9, 7, 8, 6, 2), rng=rng), x, labels


def plain(net, x, labels):
    """Return the gradients of the ordinary way back."""
    _, dlogits = value_and_gradient(cross_entropy, net.forward(x), labels)
    net.backward(dlogits)
    return {name: grad.copy() for name, grad in net.grads.items()}


def apart(ours, theirs):
    """Return the greatest difference of two gradients, against the greatest entry."""
    size = max(np.abs(grad).max() for grad in theirs.values())
    return max(np.abs(ours[name] - theirs[name]).max() for name in theirs) / size


def accumulating():
    """Compare micro-batches of several sizes with the whole, and the mean of means."""
    net, x, labels = task()
    whole = plain(net, x, labels)
    sizes = (1, 5, 8, 36)
    gaps = [
        apart(accumulated(net, cross_entropy, x, labels, size=n)[1], whole)
        for n in sizes
    ]
    first, last = (
        plain(net, x[rows], labels[rows]) for rows in (slice(36), slice(36, 37))
    )
    means = {name: (first[name] + last[name]) / 2 for name in whole}
    return {"shares": max(gaps), "mean of means": apart(means, whole)}


def halves():
    """Read float16's ends; take gradients that are too small for it, and scale them."""
    info = np.finfo(np.float16)
    net, x, labels = task()
    tiny = 2.0**-26
    whole = plain(net, x, labels)

    def loss(logits, targets):
        value, dlogits = value_and_gradient(cross_entropy, logits, targets)
        return tiny * value, tiny * dlogits

    def zeros(scale):
        grads = half_gradients(net, loss, x, labels, scale=scale)[1]
        flat = np.concatenate([grads[n].ravel()[whole[n].ravel() != 0] for n in whole])
        return float(np.mean(flat == 0))

    return {
        "smallest": float(info.smallest_subnormal),
        "largest": float(info.max),
        "lost": zeros(1.0),
        "lost with a scale": zeros(2.0**26),
    }


def recomputing():
    """Compare the gradients bit for bit; count states and layers for √L segments."""
    net, x, labels = task()
    whole = plain(net, x, labels)
    equal = all(
        np.array_equal(grads[name], whole[name])
        for k in (1, 2, 3, 5)
        for grads in [checkpointed(net, cross_entropy, x, labels, segments=k)[1]]
        for name in whole
    )
    roots = range(2, 13)
    states = [states_held(k * k, k) - (2 * k - 1) for k in roots]
    more = [layers_computed(k * k, k) / k**2 - 1 for k in roots]
    return {
        "equal": int(equal),
        "other than 2√L - 1": max(map(abs, states)),
        "more forward passes": max(more),
    }


CLAIMS = (
    Claim(
        "C14.1",
        "Gradient descent on a quadratic is stable up to 2/λ: with λ = 10 the rate "
        "0.19 converges and 0.201 grows.",
        parabola,
        "after 200 steps a distance of 1 is {below:.0e} and {above:.0f}; for three "
        "other curvatures {wrong sides} of 6 rates 1% from the edge do otherwise",
        core=(
            Bound("below", high=1e-8),
            Bound("above", low=2),
            Bound("wrong sides", high=0),
        ),
    ),
    Claim(
        "C14.2",
        "Accumulated gradients equal those of the full batch (1e-12); the mean of "
        "unequal micro-batches' means does not.",
        accumulating,
        "relative gap {shares:.0e} with the shares, {mean of means:.2f} without",
        core=(Bound("shares", high=1e-12), Bound("mean of means", low=0.01)),
        note="37 rows in micro-batches of 1, 5, 8 and 36",
    ),
    Claim(
        "C14.3",
        "float16 ends at 5.96e-8 and at 65,504; a loss scale rescues gradients that "
        "would become 0.",
        halves,
        "smallest {smallest:.3g}, largest {largest:,.0f}; of gradients 2^26 times too "
        "small {lost:.0%} become 0, and {lost with a scale:.0%} with the scale 2^26",
        core=(
            Bound("smallest", 5.955e-8, 5.965e-8),
            Bound("largest", 65504, 65504),
            Bound("lost", low=0.9),
            Bound("lost with a scale", high=0.02),
        ),
    ),
    Claim(
        "C14.4",
        "Checkpoints every √L layers store fewer than 2√L states and cost less than "
        "one more forward pass; the gradients are identical.",
        recomputing,
        "gradients equal bit for bit: {equal}; the states differ from 2√L - 1 by "
        "{other than 2√L - 1}; at most {more forward passes:.2f} forward passes more",
        core=(
            Bound("equal", 1, 1),
            Bound("other than 2√L - 1", high=0),
            Bound("more forward passes", low=0.5, high=0.99),
        ),
        note="4 to 144 layers; a state is the input of a layer",
    ),
    Claim(
        "C14.5",
        "The schedules equal those of PyTorch step by step, and a run that is stopped "
        "and resumed from a file equals the undisturbed one bit for bit in float64.",
        scheduling,
        "rates differ by at most {rates apart:.0e}; {unequal bits} weights differ",
        core=(Bound("rates apart", high=1e-12), Bound("unequal bits", high=0)),
        note="four schedules and a warm-up, 60 steps, the inverse root as a formula "
        "in PyTorch's LambdaLR; stopped after 1, 17 and 42 of 60 steps of "
        "AdamW",
        needs=("PyTorch",),
    ),
)

"""The claims of 9.12, regularisation."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
from nb_lib.numpy.optimisers import SGD, Adam, AdamW
from nb_lib.numpy.regularisation import Dropout
from nb_lib.sections.s09_12_regularisation import descent
from nb_lib.sections.s09_12_regularisation.exercises import gap
from nb_lib.sections.s09_12_regularisation.ladder_claims import LADDER
from nb_lib.sections.s09_12_regularisation.targets import soft_cross_entropy

SHARES = (0.05, 0.1, 0.2)
DRAWS = 9
SMALL = tuple(w for w in descent.WIDTHS if w < descent.EXAMPLES)


def dropout_is_fair():
    """Average masks, compare the way back with the mask, and switch it off."""
    rng, off, back, judge = np.random.default_rng(912), 0.0, 0.0, 0.0
    for p in (0.1, 0.3, 0.5, 0.8):
        layer = Dropout(p, rng=rng)
        x, dy = rng.normal(size=(2, 500, 400))
        factors = layer.forward(np.ones((500, 400)))
        error = (p / (1 - p) / factors.size) ** 0.5  # standard error of the mean
        off = max(off, abs(factors.mean() - 1) / error)
        y = layer.forward(x)
        back = max(back, np.abs(layer.backward(dy) * x - y * dy).max())
        layer.training = False
        judge = max(judge, np.abs(layer.forward(x) - x).max())
    return {"off": off, "way back": back, "judging": judge}


def decays():
    """Take 100 steps with L2 and with decay, under SGD and under Adam."""
    rng, lr, decay = np.random.default_rng(912), 0.01, 0.1
    ways = [{"w": np.linspace(-1, 1, 7)} for _ in range(4)]
    sgd, beside = SGD(ways[0], lr=lr, weight_decay=decay), SGD(ways[1], lr=lr)
    adam, adamw = Adam(ways[2], lr=lr), AdamW(ways[3], lr=lr, weight_decay=decay)
    for _ in range(100):
        g = 10 * rng.normal(size=7)
        sgd.step({"w": g})
        ways[1]["w"] *= 1 - lr * decay
        beside.step({"w": g})
        adam.step({"w": g + decay * ways[2]["w"]})
        adamw.step({"w": g})
    gaps = [np.abs(a["w"] - b["w"]).max() for a, b in (ways[:2], ways[2:])]
    return {"SGD": gaps[0], "Adam": gaps[1]}


def smoothed_gaps():
    """Descend on the logits of one example till they rest; compare with the pencil."""
    off = []
    for share in SHARES:
        z = np.zeros((1, 10))
        for _ in range(4000):
            z -= 5 * d_cross_entropy(z, np.array([3]), label_smoothing=share)
        others = np.delete(z[0], 3)
        off.append(np.abs(z[0, 3] - others - gap(share, 10)).max())
    return {"off": max(off)}


def mixed_losses():
    """Compare the loss of mixed targets with the mixed losses, over 200 batches."""
    rng, off = np.random.default_rng(912), 0.0
    for _ in range(200):
        n, classes = rng.integers(1, 9), rng.integers(2, 12)
        z, share = 3 * rng.normal(size=(n, classes)), rng.uniform()
        a, b = rng.integers(0, classes, size=(2, n))
        y = share * np.eye(classes)[a] + (1 - share) * np.eye(classes)[b]
        apart = share * cross_entropy(z, a) + (1 - share) * cross_entropy(z, b)
        off = max(off, abs(soft_cross_entropy(z, y)[0] / apart - 1))
    return {"off": off}


def descends_twice():
    """Follow the error on new examples over the width; then vary noise and inputs."""
    curve = errors_on_new()
    small = min(curve[w] for w in SMALL)
    found = {
        "peak at": max(curve, key=curve.get),
        "small": small,
        "peak": max(curve.values()),
        "large": curve[descent.WIDTHS[-1]],
    }
    others = [errors_on_new(noise=n, inputs=i) for n, i in ((0.6, 20), (0.3, 5))]
    rest = [c[descent.WIDTHS[-1]] / min(c[w] for w in SMALL) for c in others]
    peaks = [max(c, key=c.get) for c in others]
    return found | {"others": max(rest), "lowest": min(peaks), "highest": max(peaks)}


def errors_on_new(**task):
    """Return the median error on new examples for each width."""
    runs = [descent.errors(seed, **task)[:, 1] for seed in range(DRAWS)]
    return dict(zip(descent.WIDTHS, np.median(runs, axis=0), strict=True))


CLAIMS = (
    Claim(
        "C12.1",
        "Dropout keeps the mean of every value; its way back gives the slopes of its "
        "way there; while judging it is the identity.",
        dropout_is_fair,
        "means within {off:.1f} standard errors; way back off by {way back:.0e}, "
        "judging by {judging:.0f}",
        core=(
            Bound("off", high=3.5),
            Bound("way back", high=1e-14),
            Bound("judging", high=0),
        ),
        note="200,000 numbers for each of p = 0.1, 0.3, 0.5 and 0.8",
    ),
    Claim(
        "C12.2",
        "L2 equals weight decay under SGD and differs under Adam.",
        decays,
        "after 100 steps {SGD:.0e} apart under SGD, {Adam:.2f} under Adam",
        core=(Bound("SGD", high=1e-14), Bound("Adam", low=0.05)),
        note="seven weights, random gradients of size 10, rate 0.01, decay 0.1; "
        "SGD without momentum",
    ),
    Claim(
        "C12.3",
        "With label smoothing the logit of the label has a best distance from the "
        "others, and it is the one that exercise 9.12.2 derives.",
        smoothed_gaps,
        "descent on the logits rests within {off:.0e} of the pencil's distance",
        core=(Bound("off", high=1e-9),),
        note="s = 0.05, 0.1 and 0.2 and ten classes; 4,000 steps at rate 5 from 0",
    ),
    Claim(
        "C12.4",
        "Mixup: cross-entropy is linear in the targets, so CE(mix) = κ CE₁ + (1-κ) CE₂ "
        "to rounding.",
        mixed_losses,
        "greatest relative difference {off:.0e}",
        core=(Bound("off", high=1e-13),),
        note="200 batches of 1 to 8 rows and 2 to 11 classes",
    ),
    Claim(
        "C12.5",
        "Bigger does not always overfit: with random ReLU features and n = 100 the "
        "error on new examples peaks at width n and falls below that of the small "
        "models (double descent).",
        descends_twice,
        "peak {peak:,.0f} at width {peak at:.0f}, then {large:.3f} at width 2,000 "
        "against at best {small:.3f} below 100; with more noise or fewer inputs up to "
        "{others:.2f} times the best small one",
        core=(
            Bound("peak at", 100, 100),
            Bound("lowest", 100, 100),
            Bound("highest", 100, 100),
        ),
        beyond=(Bound("others", high=1.0),),
        verdict="holds with limits",
        limits="the peak was there in all three tasks, but the depth of the second "
        "valley is a matter of noise and task, and it need not be below the first",
        note="20 inputs, noise 0.3, pseudo-inverse, medians of nine draws; then noise "
        "0.6 and 5 inputs",
    ),
    LADDER,
)

"""The claims of 9.1, the perceptron."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.data import separable
from nb_lib.numpy.perceptron import adversary, learn, mistake_bound, with_ones

SETS = 1000
MARGINS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
SCALED = 200


def shares_of_the_bound():
    """Run the rule to its end on random sets in three orders: mistakes over bound."""
    rng, shares = np.random.default_rng(901), {"in turn": [], "sorted": [], "worst": []}
    for number in range(SETS):
        n, features = rng.integers(2, 200), rng.integers(2, 8)
        gap = MARGINS[number % len(MARGINS)]
        x, targets, w_star = separable(n, margin=gap, rng=rng, features=features)
        bound, by_class = mistake_bound(x, targets, w_star), np.argsort(targets)
        runs = {
            "in turn": learn(x, targets),
            "sorted": learn(x[by_class], targets[by_class]),
            "worst": learn(x, targets, choose=adversary(x, targets, w_star)),
        }
        for order, run in runs.items():
            shares[order].append(sum(1 for _ in run) / bound)
    return {
        "sets": len(shares["worst"]),
        "largest share": max(max(values) for values in shares.values()),
        "times looser in turn": 1 / np.median(shares["in turn"]),
        "times looser, worst order": 1 / np.median(shares["worst"]),
    }


def basis_vectors():
    """Run the rule on e_1 ... e_n; give how far mistakes and bound are from n."""
    gaps = []
    for n in (1, 2, 5, 10, 25, 100, 250):
        case = np.eye(n), np.ones(n), np.ones(n)
        gaps.append(
            [sum(1 for _ in learn(*case[:2])) - n, mistake_bound(*case) / n - 1]
        )
    mistakes, bounds = np.abs(gaps).max(axis=0)
    return {"mistakes off by": mistakes, "bound off by": bounds}


def scaled_by_ten():
    """Count sets on which scaling changes the run; then again with a bias."""
    rng, changed, moved, with_bias = np.random.default_rng(903), 0, 0.0, 0
    for _ in range(SCALED):
        x, targets, w_star = separable(50, margin=0.1, rng=rng)
        (small, bound), (large, bound_10), *biased = (
            (
                [mistake.row for mistake in learn(each, targets)],
                mistake_bound(each, targets, w),
            )
            for each, w in (
                (x, w_star),
                (10 * x, w_star),
                (with_ones(x), np.append(w_star, 0)),
                (with_ones(10 * x), np.append(w_star, 0)),
            )
        )
        changed += small != large
        moved = max(moved, abs(bound_10 / bound - 1))
        with_bias += biased[0][0] != biased[1][0]
    return {
        "runs changed": changed,
        "bound moved by": moved,
        "runs changed with a bias": with_bias,
    }


CLAIMS = (
    Claim(
        "C1.1",
        "On separable data Rosenblatt's rule stops, and the number of its mistakes is "
        "at most (R/γ)².",
        shares_of_the_bound,
        "on {sets:,.0f} sets in 3 orders at most {largest share:.2f} of the bound; in "
        "the median {times looser in turn:.0f} times below it, taken in turn, and "
        "{times looser, worst order:.1f} times in the worst order",
        core=(Bound("sets", SETS), Bound("largest share", high=1 + 1e-9)),
        note="2 to 199 points, 2 to 7 features, margins 0.02 to 0.5",
    ),
    Claim(
        "C1.2",
        "The bound is tight: on the basis vectors e_1 to e_n, all labelled +1, the "
        "rule makes exactly n mistakes, and the bound is n.",
        basis_vectors,
        "off by {mistakes off by:.0f} mistakes; the bound off by a share of at most "
        "{bound off by:.0e}",
        core=(
            Bound("mistakes off by", high=0),
            Bound("bound off by", high=1e-12),
        ),
        note="n = 1, 2, 5, 10, 25, 100, 250",
    ),
    Claim(
        "C1.3",
        "Scaling all inputs by 10 changes neither the mistakes nor the bound.",
        scaled_by_ten,
        "{runs changed:.0f} of 200 runs changed, the bound by less than 1e-9; with a "
        "bias whose input stays 1, {runs changed with a bias:.0f} of 200",
        core=(
            Bound("runs changed", high=0),
            Bound("bound moved by", high=1e-9),
        ),
        beyond=(Bound("runs changed with a bias", high=0),),
        verdict="holds with limits",
        limits="for a rule without a bias, from w = 0; the bias's input of 1 would "
        "have to be scaled too",
        note="200 sets of 50 points, margin 0.1",
    ),
)

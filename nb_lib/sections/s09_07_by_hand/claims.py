"""The claims of 9.7: every cell, and up to which rate both epochs help."""

from fractions import Fraction
from itertools import product

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.sections.s09_07_by_hand import ledger, witness

KINDS = tuple(ledger.ACTIVATIONS)
RANDOM, LARGEST = 1000, 2  # random starts, and the largest of their weights


def cells():
    """Compare each cell with autograd, and the fractions with exact differences."""
    gaps = [
        witness.largest_gap(lr, init, kind)
        for lr, init, kind in product((0.25, 0.5), ledger.STARTS, KINDS)
    ]
    pages = ledger.epochs(activation="relu", kind=Fraction)
    return {
        "gap": max(gaps),
        "cells": len([cell for page in pages for cell in witness.cells_of(page)]),
        "off": float(max(abs(gap) for page in pages for gap in exact_gaps(page))),
    }


def exact_gaps(page):
    """Yield derivative minus central difference, in fractions, for each parameter.

    The loss is a parabola in each single parameter as long as no unit falls asleep or
    wakes, and of a parabola the central difference is the derivative.
    """
    h, data = Fraction(1, 64), ledger.examples(Fraction)
    for name in ledger.PARAMETERS:
        ends = []
        for step in (h, -h):
            moved = page.params | {name: page.params[name] + step}
            ends.append(ledger.epoch(moved, data, Fraction(0), "relu").loss)
        yield page.gradient[name] - (ends[0] - ends[1]) / (2 * h)


def rates():
    """Find the largest rate, and try the chosen one from other starts."""
    rng, data = np.random.default_rng(97), ledger.examples()
    found = {f"largest, {kind}": ledger.largest_rate(activation=kind) for kind in KINDS}
    found["chosen"] = float(ledger.falls_twice(ledger.RATE))
    scan = np.linspace(0.01, 8, 2000)
    found["changes"] = max(ledger.changes(scan, activation=kind) for kind in KINDS)
    starts = rng.uniform(-LARGEST, LARGEST, size=(RANDOM, len(ledger.PARAMETERS)))
    for kind in KINDS:
        falls = [falls_from(start, data, kind) for start in starts.tolist()]
        found[f"share, {kind}"] = float(np.mean(falls))
    return found


def falls_from(start, data, kind):
    """Whether the loss falls in both epochs from nine given numbers."""
    p, losses = dict(zip(ledger.PARAMETERS, start, strict=True)), []
    for _ in range(3):
        page = ledger.epoch(p, data, ledger.RATE, kind)
        losses.append(page.loss)
        p = page.updated
    return losses[0] > losses[1] > losses[2]


CLAIMS = (
    Claim(
        "C7.1",
        "Every cell of the ledger equals autograd to 1e-15; the ReLU version is exact "
        "in fractions.",
        cells,
        "largest gap {gap:.1e}; the fractions' {cells:.0f} cells, derivatives off by "
        "{off:.0f}",
        core=(Bound("gap", high=1e-15), Bound("off", high=0), Bound("cells", low=100)),
        note="sigmoid, tanh and ReLU from three starts, at the rates 0.25 and 0.5; the "
        "fractions against central differences, which are exact for a parabola",
    ),
    Claim(
        "C7.2",
        "The loss falls in both epochs at the learning rate 0.25; the largest rate for "
        "which it still does is 0.5617.",
        rates,
        "largest rate {largest, sigmoid:.4f} (ReLU {largest, relu:.4f}); at 0.25 from "
        "random starts {share, sigmoid:.1%} fall twice, with tanh {share, tanh:.0%}, "
        "with ReLU {share, relu:.0%}",
        core=(
            Bound("chosen", low=1),
            about("largest, sigmoid", 0.5617, within=0.0002),
            Bound("largest, tanh", low=ledger.RATE),
            Bound("largest, relu", low=ledger.RATE),
            Bound("changes", high=1),
        ),
        beyond=(Bound("share, sigmoid", low=0.99),),
        note="1,000 starts, each of the nine numbers drawn evenly from −2 to 2",
    ),
)

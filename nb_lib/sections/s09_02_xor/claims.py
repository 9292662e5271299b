"""The claims of 9.2, XOR and the limits of one layer: all of them counted exactly."""

import numpy as np

from nb_lib.book.claims.claim import Bound, Claim
from nb_lib.numpy.boolean import NAMES, cube, decide, proves
from nb_lib.numpy.perceptron import with_ones


def decided(n):
    """Decide every table of n inputs; count proofs, and those that fail a second look.

    Linear programming, which knows nothing of the rule, is asked for each table too.
    """
    tables = cube(2**n)
    proofs = [decide(table) for table in tables]
    reached = [proof.w is not None for proof in proofs]
    return {
        "tables": len(tables),
        "reached": sum(reached),
        "with a certificate": len(reached) - sum(reached),
        "proofs that fail": sum(not ok for ok in map(proves, proofs, tables)),
        "linear programmes that disagree": sum(
            is_feasible(table) != found
            for table, found in zip(tables, reached, strict=True)
        ),
        "longest search": max(proof.mistakes for proof in proofs),
    }


def is_feasible(table):
    """Whether some weights have t (x·w + b) >= 1 at every corner of the cube."""
    from scipy.optimize import linprog

    n = len(table).bit_length() - 1
    signed = (2 * table - 1)[:, None] * with_ones(cube(n))
    answer = linprog(np.zeros(n + 1), -signed, -np.ones(2**n), bounds=(None, None))
    if answer.status not in (0, 2):  # neither found nor infeasible
        raise RuntimeError(f"linear programming gave up: {answer.message}")
    return answer.status == 0


def two_inputs():
    """Decide the 16, and name those without a unit."""
    missing = [NAMES[k] for k, t in enumerate(cube(4)) if decide(t).w is None]
    return {**decided(2), "others than XOR, XNOR": len({"XOR", "XNOR"} ^ {*missing})}


def three_inputs():
    """Decide the 256."""
    return decided(3)


ALL_PROVED = (
    Bound("proofs that fail", high=0),
    Bound("linear programmes that disagree", high=0),
)
TOLD = (
    "{reached:.0f} of {tables:.0f} with weights, {with a certificate:.0f} with "
    "multipliers that sum to 0 > 0; longest search {longest search:.0f} mistakes; "
    "proofs that fail a second look: {proofs that fail:.0f}; linear programmes that "
    "disagree: {linear programmes that disagree:.0f}"
)
NOTE = "a proof for each table, in whole numbers; nothing is sampled"

CLAIMS = (
    Claim(
        "C2.1",
        "One threshold unit computes 14 of the 16 Boolean functions of two inputs; XOR "
        "and XNOR are the two it cannot.",
        two_inputs,
        TOLD,
        core=(
            Bound("tables", 16, 16),
            Bound("reached", 14, 14),
            Bound("others than XOR, XNOR", high=0),
            *ALL_PROVED,
        ),
        note=NOTE,
    ),
    Claim(
        "C2.2",
        "Of the 256 Boolean functions of three inputs one threshold unit computes 104.",
        three_inputs,
        TOLD,
        core=(Bound("tables", 256, 256), Bound("reached", 104, 104), *ALL_PROVED),
        note=NOTE,
    ),
)

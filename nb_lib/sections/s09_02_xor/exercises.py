"""Exercises of 9.2, XOR and the limits of one layer. A unit fires where x·w + b >= 0.

9.2.1  a tuple ``(w, b)``, two weights and a number, that computes NAND.
9.2.2  a tuple of eight multipliers, one for each inequality that "exactly one of three"
       asks of w1, w2, w3 and b, each read as "... > 0", in the order of the corners
       (0, 0, 0), (0, 0, 1), ..., (1, 1, 1), so that their sum reads 0 > 0.
9.2.3  how many of the 16 tables a unit computes whose bias is always 0.
9.2.4  a tuple ``(w, b)``, seven weights for the products x1, x2, x3, x1 x2, x1 x3,
       x2 x3, x1 x2 x3, that computes the parity of three inputs.

Weights and bias may also be given in one row: (w1, w2, b).
"""

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_02_xor.bias_judge import judge_without_bias
from nb_lib.sections.s09_02_xor.multipliers_judge import judge_multipliers
from nb_lib.sections.s09_02_xor.unit_judge import judge_nand, judge_parity

EXERCISES = (
    Exercise(
        "9.2.1",
        "Weights for NAND",
        judge=judge_nand,
        secrets=(r"\(-1, -1\), 1\.5", r"w = \(-1, -1\)", r"-x_1 - x_2 \+"),
    ),
    Exercise(
        "9.2.2",
        "Exactly one of three",
        judge=judge_multipliers,
        secrets=(r"exactly one of (the )?three", r"1, 1, 1, 1, 0, 0, 0, 0"),
    ),
    Exercise(
        "9.2.3",
        "Without a bias",
        judge=judge_without_bias,
        secrets=(r"bias (is|of|at) (always )?0", r"\bsix tables\b", r"without a bias"),
    ),
    Exercise(
        "9.2.4",
        "Parity of three",
        judge=judge_parity,
        secrets=(r"-2, -2, -2, 4", r"\(-2\)\^", r"1 - 2\)\^"),
    ),
)

"""Exercises of 9.2, XOR and the limits of one layer. A unit fires where x·w + b >= 0.

9.2.1  a tuple ``(w, b)``, two weights and a number, that computes NAND.
9.2.2  a tuple of four multipliers, one for each of the four inequalities that XOR asks
       of w1, w2 and b, each read as "... > 0", in the order of the corners (0, 0),
       (0, 1), (1, 0), (1, 1), so that their sum reads 0 > 0.
9.2.3  a tuple ``(w, b)``, three weights for the features x1, x2 and x1 x2, that
       computes XOR.
9.2.4  a tuple ``(w, b)``, seven weights for the products x1, x2, x3, x1 x2, x1 x3,
       x2 x3, x1 x2 x3, that computes the parity of three inputs.

Weights and bias may also stand in one row: (w1, w2, b).
"""

from nb_lib.book.exercises import Exercise
from nb_lib.sections.s09_02_xor.multipliers_judge import judge_multipliers
from nb_lib.sections.s09_02_xor.unit_judge import judge_nand, judge_parity, judge_xor

EXERCISES = (
    Exercise("9.2.1", "Weights for NAND", judge=judge_nand),
    Exercise("9.2.2", "Down to 0 > 0", judge=judge_multipliers),
    Exercise("9.2.3", "One more feature", judge=judge_xor),
    Exercise("9.2.4", "Parity of three", judge=judge_parity),
)

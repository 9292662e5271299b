"""A function of nine inputs that hides no XOR and yet has no unit, on a magic square.

The inputs are the fields of the square, so a corner of the cube is a set of fields. The
output is 1 where its numbers sum to more than 15, the sum of each row and column, and 0
where they sum to less. What the sets of sum 15 get is the point: rows 1, columns 0.
"""

from itertools import combinations

import numpy as np

from nb_lib.numpy.boolean import cube

SQUARE = np.array([8, 1, 6, 3, 5, 7, 4, 9, 2])  # row by row
LINE = 15  # what each row, column and diagonal sums to
N = len(SQUARE)


def rows_and_columns():
    """Return the numbers of the corners that are a row, (3,), and a column, (3,)."""
    square = np.arange(N).reshape(3, 3)
    corner = 2 ** (N - 1 - square)  # what one field adds to the number of a corner
    return corner.sum(axis=1), corner.sum(axis=0)


def ties():
    """Return the numbers of the corners whose fields sum to 15, (17,)."""
    return np.flatnonzero(cube(N) @ SQUARE == LINE)


def rectangles_among(corners):
    """Return all a, b, c, d with a + b = c + d among some corners, (K, 4) places."""
    pairs = {}
    for i, j in combinations(range(len(corners)), 2):
        a, b = int(corners[i]), int(corners[j])
        pairs.setdefault((a & b, a | b), []).append((i, j))
    found = [p + q for same in pairs.values() for p, q in combinations(same, 2)]
    return np.array(found)


def alternates(outputs, rectangles):
    """Whether a diagonal has output 1 at both ends and the other one 0, (M,).

    Shapes: outputs (M, K), of M tables at K corners; rectangles (R, 4).
    """
    a, b, c, d = outputs.T[rectangles.T]
    return np.any((a == b) & (c == d) & (a != c), axis=0)


def choices():
    """Return all outputs of the ties that hide no XOR, (M, 17): rows 1, columns 0."""
    tied, (rows, columns) = ties(), rows_and_columns()
    tables = cube(len(tied))
    fixed = tables[:, np.isin(tied, rows)].all(axis=1)
    fixed &= ~tables[:, np.isin(tied, columns)].any(axis=1)
    tables = tables[fixed]
    return tables[~alternates(tables, rectangles_among(tied))]


def magic_function():
    """Return the truth table of the first choice, (512,)."""
    sums = cube(N) @ SQUARE
    outputs = (sums > LINE).astype(float)
    outputs[ties()] = choices()[0]
    return outputs

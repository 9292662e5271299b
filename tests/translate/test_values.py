"""Words, numbers, slices and boxes of Python come out in the page as in Python."""

import sys

import numpy as np
from scipy.special import ndtr

NAMES = ("sigmoid", "tanh")
TABLE = {"a": 1, ("b", 2): [3, 4]}
GRID = np.linspace(0, 1, 5).reshape(1, 5)


def case_formats():
    x, n, word = 1234.5678, 42, "net"
    return (
        f"{x:.2f} {x:,.1f} {x:.3g} {x:e} {0.256:.1%} {n:5d}|{n:<5}|{n:^5}|{n:05d}",
        f"{word!r} {word:>5} {n} {x} {True} {None} {-0.0:.1f} {2.5:.0f} {3.5:.0f}",
        f"{float('nan'):.2f} {float('inf'):g} {1e-7:g} {1e22} {0.1 + 0.2}",
        f"{x:{n // 6}.1f}|{[1, 2]} {(1,)}",
        f"{1} and {2:.1f}",
    )


def case_words():
    word = "Multi-Layer"
    return (
        word.lower(), word.upper(), word.split("-"), word.replace("-", " "), word[::-1],
        word[2:5], word[-3:], "-".join(NAMES), word.startswith("Mul"), ["a", "b", "c"],
        len(word), " x ".strip(), "l" in word, word.count("l"), word * 2, "a" < "b",
    )  # fmt: skip


def case_slices_of_lists():
    row = list(range(10))
    row[2:4] = ["a", "b", "c"]
    return row[::3], row[-2:], row[5:2:-1], row[:], (1, 2, 3)[1:]


def case_slices_of_arrays():
    a = np.arange(24).reshape(2, 3, 4)
    a[0, :, ::2] = -1
    return a[..., 0], a[1, 1:, -2], a[:, None, 2].shape, a[a < 0].size, GRID[0, ::-1]


def case_boxes():
    table = {**TABLE, "c": 5}
    table.setdefault("d", []).append(1)
    keys = [str(key) for key in table]
    return keys, table.get("z", 0), table["b", 2], sorted({3, 1}), table.pop("a")


def case_equality():
    return (
        [1, 2] == [1, 2],
        (1,) == [1],
        {"a": 1} == {"a": 1},
        1 == 1.0,
        "1" == 1,
        None == 0,
    )


def case_numbers():
    return (
        7 // 2, -7 // 2, -7 % 3, 2**10, 2**-1, 7 / 2, round(2.5), round(-1.25, 1),
        int(-2.7), abs(-3), divmod(-7, 3), max(1, 2.5), min([3, 1]), sum([0.1] * 3),
        bool([]), float("1e3"), int("12"), True + True, 5 & 3, 5 | 3,
    )  # fmt: skip


def case_sorting_is_stable():
    rows = [("b", 1), ("a", 1), ("c", 0)]
    return (
        sorted(rows),
        sorted(rows, key=lambda r: r[1]),
        sorted([3, 1, 2], reverse=True),
    )


def case_arrays_that_a_module_holds():
    return GRID.shape, (GRID * 4).sum(), NAMES[1], TABLE["b", 2]


def case_functions_of_scipy():
    return [round(float(ndtr(x)), 12) for x in (-1.5, 0.0, 2.0)]


def test_values(agree):
    assert agree(sys.modules[__name__]) > 8

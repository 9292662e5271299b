"""Loops, choices, comprehensions and assignments run in the page as in Python."""

import sys
from itertools import pairwise


def case_for_with_break_and_continue():
    found = []
    for i in range(10):
        if i % 2:
            continue
        if i > 6:
            break
        found.append(i)
    return found


def case_while_counts_down():
    n, steps = 27, 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def case_if_elif_else():
    return ["low" if n < 3 else "high" for n in range(5)] + [kind(n) for n in range(4)]


def kind(n):
    if n == 0:
        return "none"
    elif n == 1:
        return "one"
    else:
        return "many"


def case_comprehensions_keep_their_names():
    i = "kept"
    squares = [i * i for i in range(4) if i != 2]
    pairs = {(a, b) for a in range(2) for b in range(a + 1)}
    table = {name: len(name) for name in ("a", "bcd")}
    return i, squares, sorted(pairs), table["bcd"], list(table)


def case_comprehensions_within_comprehensions():
    return [[row * column for column in range(row)] for row in range(4)]


def case_closures_in_a_loop_share_the_name():
    return [f() for f in [lambda: n for n in range(3)]]  # noqa: B023


def case_defaults_in_a_loop_keep_the_value():
    return [f() for f in [lambda n=n: n for n in range(3)]]


def case_unpacking():
    first, *middle, last = range(5)
    (a, b), c = (1, 2), 3
    a, b = b, a
    x = y = [0]
    y.append(1)
    return first, middle, last, a, b, c, x


def case_stars_in_displays():
    head, tail = [1, 2], (3, 4)
    merged = {**{"a": 1, "b": 2}, "a": 3}
    return [*head, 0, *tail], (*tail, *head), merged["a"], list(merged)


def case_walrus():
    found = []
    if (n := len("four")) > 3:
        found.append(n)
    return found, [last := i for i in range(3)], last


def case_augmented_assignments():
    box, counts = [1], {"a": 1}
    same = box
    same += [2]
    counts["a"] += 5
    box[0] *= 7
    n = 10
    n -= 3
    n **= 2
    n //= 4
    n %= 7
    return box, counts["a"], n


def case_chains_of_comparisons_look_once():
    looked = []

    def seen(x):
        looked.append(x)
        return x

    return 1 < seen(2) < 3, 3 > seen(1) > 2, looked


def case_chains_of_comparisons_stop_at_the_first_that_fails():
    row, looked = [], []

    def seen(x):
        looked.append(x)
        return x

    stopped = 0 < len(row) < row[0], 1 > seen(2) in [seen(3)] != seen(4)
    return stopped, looked, 1 < seen(5) in [seen(5)]


def case_and_or_give_their_operands():
    zero, empty, full = 0, [], "a"
    return zero or "b", full and "c", empty or 0, empty and 1, not empty, not full


def case_in_and_is():
    return (
        2 in [1, 2],
        "b" not in "abc",
        "k" in {"k": 0},
        none() is None,
        kind is not None,
    )


def none():
    return None


def case_deleting_items():
    table, row = {"a": 1, "b": 2}, [0, 1, 2, 3]
    del table["a"]
    del row[1:3]
    return list(table), row


def case_neighbours():
    return [b - a for a, b in pairwise([1, 4, 9])], list(zip("ab", [1, 2], strict=True))


def test_flow(agree):
    assert agree(sys.modules[__name__]) > 15

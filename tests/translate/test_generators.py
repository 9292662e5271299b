"""A generator goes on where it was left, whoever left it."""

import itertools
import sys


def three():
    yield 1
    yield 2
    yield 3
    yield 4


class Held:
    """Goes on through one generator, whoever asks."""

    def __init__(self):
        self.numbers = three()

    def __iter__(self):
        return self.numbers


def case_a_loop_that_breaks_leaves_the_rest():
    numbers, found = three(), []
    for n in numbers:
        found.append(n)
        break
    for n in numbers:
        found.append(n)
    return found, list(numbers)


def case_a_search_leaves_the_rest():
    one, two, other, last = three(), three(), three(), three()
    asked = 2 in one, any(n > 1 for n in two), all(n < 2 for n in other)
    return asked, list(one), list(two), any(last), list(last), next(other, "end")


def case_itertools_leave_the_rest():
    one, two = three(), three()
    first = list(itertools.islice(one, 2))
    return first, list(itertools.takewhile(lambda n: n < 2, two)), list(one), list(two)


def case_an_object_leaves_the_rest():
    held, found = Held(), []
    for n in held:
        found.append(n)
        if n == 2:
            break
    return found, list(held)


def case_what_iter_gives_leaves_the_rest():
    numbers = iter([n * n for n in range(5)])
    for n in numbers:
        if n == 4:
            break
    return list(numbers), iter(numbers) is numbers


def test_generators(agree):
    assert agree(sys.modules[__name__]) == 5

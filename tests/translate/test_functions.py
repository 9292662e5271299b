"""Functions take, keep, yield and return in the page as in Python."""

import functools
import sys
from itertools import count, islice

import numpy as np

LIMIT = 5


def shown(first, second=2, *rest, sep="-"):
    return sep.join(str(each) for each in (first, second, *rest))


def shown_by_name(first, second=2, *, sep="-"):
    return sep.join([str(first), str(second)])


def case_parameters_by_place_and_name():
    return shown_by_name(1), shown_by_name(1, sep="+"), shown_by_name(second=3, first=4)


def case_stars_at_the_call():
    row, named = [1, 2], {"second": 8, "sep": "/"}
    return several(*row), several(0, *row), shown_by_name(7, **named)


def several(first, *rest):
    return first, len(rest), list(rest)


def case_closures_remember():
    def adder(n):
        def add(m):
            return n + m

        return add

    return adder(2)(3), [f(10) for f in map(adder, range(3))]


def case_recursion_within():
    def factorial(n):
        return 1 if n == 0 else n * factorial(n - 1)

    return factorial(6)


def up_to(n):
    i = 0
    while i < n:
        yield i
        i += 1


def chained():
    yield from up_to(2)
    yield "end"


def case_generators():
    return list(up_to(3)), list(chained()), sum(x * x for x in up_to(4))


def case_generators_stop_and_go_on():
    numbers = up_to(9)
    first = next(numbers)
    return (
        first,
        [x for x, _ in zip(numbers, range(3), strict=False)],
        next(numbers, 99),
    )


def case_endless_generators():
    return list(islice((n for n in count(1) if n % 3 == 0), 4))


def case_a_generator_that_returns_at_once():
    return [list(nothing(n)) for n in range(2)]


def nothing(n):
    if n == 0:
        return
    yield n


def case_lambdas():
    key = lambda pair: -pair[1]  # noqa: E731  as a test of them
    return sorted([("a", 1), ("b", 2)], key=key), (lambda: LIMIT)()


def case_partial_and_reduce():
    power = functools.partial(pow, 2)
    return power(5), functools.reduce(lambda a, b: a * b, [1, 2, 3, 4])


@functools.cache
def slow(n):
    COUNTED.append(n)
    return n * n


COUNTED = []


def case_cached_functions_run_once():
    before = len(COUNTED)
    values = [slow(3), slow(3)]
    return values, len(COUNTED) - before


def case_functions_as_values():
    table = {"double": lambda x: 2 * x, "square": lambda x: x * x}
    return [table[name](3) for name in ("double", "square")], list(map(abs, [-1, 2]))


@np.errstate(divide="ignore")
def share(n):
    return float(np.array(1.0) / n)


def case_functions_that_do_not_warn():
    return share(4), str(share(0))


def case_imports_within():
    from math import sqrt

    return sqrt(16)


def test_functions(agree):
    assert agree(sys.modules[__name__]) > 12

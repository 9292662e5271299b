"""Every name of Python's modules that the runtime has, met at least once."""

import collections
import fractions
import functools
import itertools
import math
import operator
import sys

import numpy as np
import scipy.special as special

XS = (0.3, 1.7, -2.4, 1e-9, 12.0)
WORDS = ("net", "layer", "unit", "of", "net")


def case_math_of_one_number():
    ones = [(math.exp(x), math.expm1(x), math.sin(x), math.cos(x)) for x in XS]
    twos = [(math.tan(x), math.tanh(x), math.fabs(x), math.degrees(x)) for x in XS]
    logs = [
        (math.sqrt(x), math.log(x), math.log10(x), math.log2(x), math.log1p(x))
        for x in (0.3, 1.7, 1e-9, 12.0)
    ]
    rows = ones + twos + logs + [(math.radians(x), math.log(9.5, 3)) for x in XS]
    return [[f"{value:.12g}" for value in row] for row in rows]


def case_math_of_several_numbers():
    constants = [math.pi, math.e, math.tau, math.inf, -math.inf]
    floors = [(math.floor(x), math.ceil(x)) for x in XS]
    kinds = [
        (math.isnan(x), math.isinf(x), math.isfinite(x))
        for x in (math.nan, math.inf, 1.0)
    ]
    angles = [
        f"{math.atan2(y, x):.12g}" for y in (1.0, -2.0, -0.0) for x in (3.0, -1.0)
    ]
    lengths = [f"{math.hypot(3.0, x):.12g}" for x in XS]
    signs = [math.copysign(2.5, x) for x in (-1.0, 3.0, -0.0)]
    more = [math.prod([2, 3, 4]), math.comb(7, 3), math.comb(5, 0), math.comb(3, 5)]
    sums = [math.fsum([0.1] * 10), math.fsum([1e16, 1.0, -1e16])]
    return constants, floors, kinds, angles, lengths, signs, more, sums


def case_itertools():
    return (
        list(itertools.islice(itertools.count(3, 2), 4)),
        list(itertools.islice(itertools.cycle("ab"), 5)),
        list(itertools.islice(range(20), 3, 15, 4)),
        list(itertools.islice(range(5), 2, None)),
        list(itertools.repeat("x", 3)),
        list(itertools.pairwise([1, 4, 9])),
        list(itertools.chain([1], "ab", ())),
        list(itertools.chain.from_iterable([[1, 2], [3]])),
        list(itertools.product([0, 1], "ab")),
        list(itertools.product([0, 1], repeat=3)),
        list(itertools.combinations([1, 2, 3, 4], 2)),
        list(itertools.combinations([1, 2], 3)),
        list(itertools.accumulate([3, 1, 2])),
        list(itertools.accumulate([3, 1, 2], max)),
        list(itertools.takewhile(lambda x: x < 3, [1, 2, 5, 1])),
    )


@functools.cache
def doubled(x):
    return 2 * x


@functools.lru_cache
def halved(x):
    return x / 2


def difference(a, b):
    return a - b


def case_functools_and_operator():
    ten = functools.partial(difference, 10)
    last = functools.partial(difference, b=1)
    pairs = [(1, "b"), (2, "a")]
    return (
        ten(3), last(9), doubled(4), doubled(4), halved(3),
        functools.reduce(difference, [9, 2, 3]), functools.reduce(operator.add, [], 7),
        operator.mul(3, 4), operator.sub(3, 4), operator.add([1], [2]),
        sorted(pairs, key=operator.itemgetter(1)), operator.itemgetter(0, 1)("xyz"),
        operator.attrgetter("shape")(np.zeros((2, 3))),
    )  # fmt: skip


def case_collections():
    found = collections.defaultdict(list)
    for word in WORDS:
        found[len(word)].append(word)
    last = collections.deque([1, 2, 3, 4], maxlen=2)
    return list(found.items()), list(last), list(collections.deque("ab"))


def case_fractions():
    a, b = fractions.Fraction(3, 4), fractions.Fraction(-5, 6)
    whole = [a + b, a - b, a * b, a / b, -a, abs(b), a + 1, 2 - b, 3 / a]
    tests = [a < b, a <= a, a > 0, b >= 0, a == fractions.Fraction(6, 8), bool(b - b)]
    written = [str(each) for each in whole]
    return written, tests, float(a) + 0.5, a * 0.5, a.numerator, b.denominator


def case_shares_of_a_normal():
    z = np.array([-7.5, -3.1, -2.9, -0.2, 0.0, 0.4, 1.96, 2.99, 3.4, 9.0])
    return [f"{share:.10g}" for share in special.ndtr(z)]


def case_built_in_functions():
    rows = {"a": 1, "b": 2}
    return (
        [abs(x) for x in (-3, 2.5)], all([1, True]), any([0, ""]), all([]), any([]),
        bool(0.0), list(dict([("a", 1)]).items()), list(dict(rows, c=3).items()),
        divmod(7, 3), divmod(-7, 2), list(enumerate("ab", 1)), float("1.5"), int("12"),
        int(-3.9), list(filter(None, [0, 1, 2])), list(map(difference, [5, 6], [1, 2])),
        format(3.14159, ".2f"), format("x", ">3"), max([3, 9, 2]), min("b", "a"),
        max(WORDS, key=len), min([], default=4), pow(2, 10), repr("a"), repr([1, None]),
        [round(x) for x in (0.5, 1.5, 2.5, -0.5)], round(2.675, 2),
        round(1251, -2), round(-1234.5, -1), round(math.inf, 2),
        list(reversed([1, 2])), list(range(10, 0, -3)), len({1, 2}), str(1.5),
        sorted([3, 1, 2], reverse=True), sum([1, 2], 10), tuple("ab"), list("ab"),
        list(zip("ab", [1, 2], strict=True)), next(iter([7])), next(iter([]), "none"),
    )  # fmt: skip


def case_kinds_of_things():
    row = [1, 2, 3]
    return (
        isinstance(True, int), isinstance(2.5, float), isinstance("a", (int, str)),
        isinstance(row, list), isinstance(np.zeros(2), np.ndarray), callable(len),
        hasattr(row, "append"), getattr(row, "nothing", 5), type(row).__name__,
        row[slice(1, None)], set([1, 1]) == {1}, isinstance(1.5, np.generic),
        isinstance(np.random.default_rng(1), np.random.Generator), print("") is None,
    )  # fmt: skip


def case_numpy_s_own_names():
    a = np.array([1.0, 2.0, 3.0])
    tiny = [np.finfo(np.float64).eps, np.finfo("float32").eps, np.finfo(float).tiny]
    return (
        [np.pi, np.e, np.inf, np.isnan(np.nan)], a[np.newaxis].shape, tiny,
        [np.nextafter(1.0, 2.0), np.nextafter(1.0, 0.0), np.nextafter(0.0, -1.0)],
        np.float32(0.1) == np.array([0.1], np.float32), np.float64(2), np.int64(3),
        np.bool_(True), a.astype(np.intp), a.astype(np.bool_), np.dtype("float32").name,
        np.size(a), np.ptp(a), np.linalg.norm(a) ** 2 > 13.9,
    )  # fmt: skip


def test_python_s_modules_agree(agree):
    assert agree(sys.modules[__name__]) == 10

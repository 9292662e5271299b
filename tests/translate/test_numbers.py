"""Whole numbers, doubles and what is no number are told apart as Python does."""

import math
import numbers
import sys

import pytest


def case_bits():
    n = 6
    n &= 3
    return (
        3000000000 & 4294967295, 2**40 | 1, 2**40 ^ (2**40 + 5), -3 & 2**33, 12 & 10,
        -1 | 4, True & 1, n,
    )  # fmt: skip


def fails_bits_of_a_double():
    return 1.5 & 1


def case_words_as_numbers():
    words = "1e3", " -2.5 ", "+.5", "3.", "inf", "-Infinity", "NaN", "1E-2"
    numbers = [str(float(word)) for word in words[4:7]]
    return (
        [float(word) for word in (*words[:4], words[7])], numbers, int(" -12 "),
        int("+7"), int("ff", 16), int("-101", 2), int("z", 36),
    )  # fmt: skip


def fails_float_of_nothing():
    return float("")


def fails_float_of_words():
    return float("1e3x")


def fails_float_of_sixteens():
    return float("0x10")


def fails_int_of_more_than_digits():
    return int("12abc")


def fails_int_of_nothing():
    return int(" ")


def fails_int_of_a_point():
    return int("1.5")


def fails_int_of_other_digits():
    return int("12", 2)


def case_functions_of_math():
    return (
        math.log10(1000), math.log2(8), math.log1p(-0.5), math.exp(-1000), math.exp(1),
        math.expm1(1), math.log(8, 2), math.exp(math.inf), math.log(math.inf),
        math.sqrt(2), math.sin(1), math.isnan(math.log(math.nan)), math.floor(-1.5),
    )  # fmt: skip


def fails_log10_of_nought():
    return math.log10(0)


def fails_log2_below_nought():
    return math.log2(-1)


def fails_log1p():
    return math.log1p(-1)


def fails_exp():
    return math.exp(1000)


def fails_expm1():
    return math.expm1(1000)


def fails_sin_of_no_end():
    return math.sin(math.inf)


def fails_ceil_of_no_number():
    return math.ceil(math.nan)


def case_exact_sums():
    rows = [
        [1e16, 1.0, 1e-16], [1e16, 1.0, -1e-16], [0.1] * 10, [], [1e100, 1, -1e100],
        [-1e16, -1.0, -1e-16], [1.0, 2**-53, 2**-106],
    ]  # fmt: skip
    return [math.fsum(row) for row in rows]


def case_kinds_that_are_certain():
    return (
        isinstance(2.5, float), isinstance(2.5, int), isinstance(True, int),
        isinstance(3, numbers.Integral), isinstance(3.0, (int, float)),
        isinstance("2", float), isinstance(math.nan, float), isinstance(True, float),
        isinstance([], int), isinstance(3, (float, str, int)),
    )  # fmt: skip


def test_numbers(agree):
    assert agree(sys.modules[__name__]) == 20


def asks_float():
    return isinstance(2, float)


def asks_int():
    return isinstance(2.0, (str, int))


def asks_type():
    n = 2
    return type(n) is int


@pytest.mark.parametrize("function", [asks_float, asks_int, asks_type])
def test_two_is_no_sign_of_its_kind(translated, function):
    from javascript import Refused

    ask = translated([function])
    with pytest.raises(Refused, match="the page cannot tell 2 from 2.0"):
        ask(function.__name__)

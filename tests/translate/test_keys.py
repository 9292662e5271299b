"""What counts as one key in Python is one key in the page, and nothing else is."""

import functools
import sys
from dataclasses import dataclass
from fractions import Fraction

import pytest


def relu(x):
    return max(x, 0)


def tanh(x):
    return -x


@functools.lru_cache
def kept(f, x, more=None):
    return f(x), more


@dataclass(frozen=True)
class Place:
    """Two are one key where their fields are equal."""

    row: int
    column: str


@dataclass(frozen=True)
class Other(Place):
    """Never the key that a Place is."""


class Plain:
    """Each is a key of its own."""

    def __init__(self, n):
        self.n = n


class Loose:
    """Equal to all: the page does not ask for its hash."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


def case_functions_are_keys():
    return kept(relu, 1), kept(tanh, 1), kept(relu, 1, None), kept(relu, 1, tanh)[0]


def case_tuples_of_all_kinds_are_keys():
    keys = [
        (None,), ("None",), (1,), ("1",), ("#1",), (True,), (1.0,), (0.5,), (-0.0,),
        (0,), (False, 0), ((1, 2), 3), (1, 2, 3), ("1,2", 3), ("a,b",), ("a", "b"),
        (relu,), (tanh,), (relu, 1), (), ((),), (str,), (int,), ('"a', 'b"'),
    ]  # fmt: skip
    table = {}
    for i, key in enumerate(keys):
        table.setdefault(key, []).append(i)
    return list(table.values())


def case_records_are_keys():
    keys = [
        Place(1, "a"), Place(2, "a"), Place(1, "b"), Place(1, "a"), Other(1, "a"),
        (Place(1, "a"),), (Place(1, "a"), 0), (Other(1, "a"),), (1, "a"), None,
    ]  # fmt: skip
    table = {}
    for i, key in enumerate(keys):
        table.setdefault(key, []).append(i)
    return list(table.values()), Place(2, "a") in {*keys}, Place(3, "a") in {*keys}


def case_objects_are_keys_of_their_own():
    one, two = Plain(1), Plain(1)
    table = {one: 1, two: 2, (one, 0): 3, (two, 0): 4}
    return len(table), table[one], table[one, 0], table[two, 0], (two, 1) in table


def case_fractions_are_keys():
    half, third = Fraction(1, 2), Fraction(1, 3)
    table = {half: 1, (half, 1): 2, (third, 1): 3, ("1/2", 1): 4, (Fraction(1), 1): 5}
    return len(table), table[Fraction(2, 4)], table[Fraction(2, 6), 1], table[1, 1]


def fails_lists_within_tuples():
    return {([1], 2): 3}


def test_keys(agree):
    assert agree(sys.modules[__name__]) == 6


def test_what_has_an_equality_of_its_own_is_no_key(translated):
    from javascript import Refused

    ask = translated([hashes])
    with pytest.raises(Refused, match="the page has no key for Loose"):
        ask("hashes")


def hashes():
    return {(Loose(), 1): 2}

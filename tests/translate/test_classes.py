"""Classes of ours: records, methods, properties, one base, special methods."""

import sys
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Point:
    """A record with a default and a list of its own."""

    x: float
    y: float = 2.0
    tags: list = field(default_factory=list)

    @property
    def size(self):
        return abs(self.x) + abs(self.y)

    def moved(self, dx):
        return Point(self.x + dx, y=self.y)


class Counter:
    """A counter with a constant of the class."""

    step = 2

    def __init__(self, start=0):
        self.n = start

    def __len__(self):
        return self.n

    def __getitem__(self, key):
        return self.n * key

    def __iter__(self):
        return self

    def __next__(self):
        self.n += self.step
        if self.n > 6:
            raise StopIteration
        return self.n

    def __contains__(self, n):
        return n == self.n

    def __call__(self, n):
        return self.n + n

    @classmethod
    def from_word(cls, word):
        return cls(len(word))

    @staticmethod
    def twice(n):
        return 2 * n


class Watched:
    """A level whose changes are counted, as a property with a setter."""

    def __init__(self):
        self.changes, self.kept = 0, 1

    @property
    def level(self):
        return 10 * self.kept

    @level.setter
    def level(self, value):
        self.kept = value
        self.changes += 1


class Faster(Counter):
    """A counter that takes larger steps."""

    step = 3

    def __init__(self):
        super().__init__(1)
        self.looked = 0

    @cached_property
    def dear(self):
        self.looked += 1
        return self.n * 100

    def __getitem__(self, key):
        return -super().__getitem__(key)


class Number:
    """A number that takes part in arithmetic."""

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + value_of(other))

    __radd__ = __add__

    def __mul__(self, other):
        return Number(self.value * value_of(other))

    def __neg__(self):
        return Number(-self.value)

    def __eq__(self, other):
        return self.value == value_of(other)

    def __lt__(self, other):
        return self.value < value_of(other)

    def __hash__(self):
        return hash(self.value)


def value_of(thing):
    return thing.value if isinstance(thing, Number) else thing


def case_records():
    p = Point(1.0)
    return p.x, p.y, p.size, p.moved(3).x, p == Point(1.0), p == Point(2.0), len(p.tags)


def case_lists_of_records_are_their_own():
    p, q = Point(0.0), Point(0.0)
    p.tags.append("a")
    return p.tags, q.tags


def case_methods_of_the_class():
    return (
        Counter.from_word("abc").n,
        Counter.twice(4),
        Counter().twice(5),
        Counter.step,
    )


def case_special_methods():
    c = Counter(3)
    return len(c), c[5], 3 in c, 4 in c, c(10), list(c)


def case_a_class_with_a_base():
    f = Faster()
    values = [f.n, f[4], f.dear, f.dear, f.looked]
    return values, list(f), isinstance(f, Counter), isinstance(f, Point)


def case_numbers_of_ours():
    a = Number(3)
    total = 2 + a + Number(4)
    return (
        total.value,
        (-a).value,
        (a * 5).value,
        a == 3,
        a < Number(4),
        max(a, total).value,
    )


def case_bound_methods_are_values():
    f = Counter(2).__len__
    g = Point(1.0).moved
    return f(), g(2).x


def case_attributes_come_and_go_by_name():
    c = Counter(1)
    c.extra = "new"
    setattr(c, "more", 5)  # noqa: B010  as a test of it
    return c.extra, c.more, hasattr(c, "none"), getattr(c, "none", "other")


def case_a_property_is_set_by_its_setter():
    w = Watched()
    w.level = 4
    w.level += 2
    return w.level, w.kept, w.changes


def case_arrays_within_objects():
    p = Point(np.arange(3.0))
    return (p.x * 2).tolist(), p.x.sum()


def case_types_are_compared():
    one, other = Point(1, 2), type(Point(3, 4))(5, 6)
    word, row, half = "", [], 0.5
    kinds = type(word) is str, type(row) is list, type((row,)) is tuple
    kinds += type(half) is float, type(row) is tuple
    return kinds, type(one) is type(other), type(one) is Point, type(one).__name__


def test_classes(agree):
    assert agree(sys.modules[__name__]) > 8

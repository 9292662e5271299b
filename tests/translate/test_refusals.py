"""What the page does not know is refused with its file, its line and a sentence."""

import functools
import inspect
import json
import re
from pathlib import Path

import numpy as np
import pytest

from nb_lib.live.translate import Program, Refused, names

HERE = Path(__file__)


def tries():
    try:  # refused: Try statement
        return 1
    except ValueError:
        return 2


def opens():
    with open("file") as file:  # refused: with open
        return file.read()


def waits():
    for _ in range(3):  # refused: else behind for
        pass
    else:
        return 1


def loops():
    while False:  # refused: else behind while
        pass
    else:
        return 1


def takes_all(**named):  # refused: \\*\\*named
    return named


def matches(x=1):
    match x:  # refused: Match statement
        case 1:
            return 2


def counts():
    n = 0

    def more():
        nonlocal n  # refused: Nonlocal statement
        n += 1

    return more()


def shifts():
    return 1 << 3  # refused: operator LShift


def borrows():
    return json.dumps({})  # refused: module json


def imports():
    import torch  # refused: module torch

    return torch


def asserts():
    assert 1 + 1 == 2  # refused: Assert statement


def unknown():
    return no_such_name  # refused: name no_such_name  # noqa: F821


def raises():
    raise  # refused: raise without an exception


def deletes():
    x = [1]
    del x  # refused: del of anything but box


def decorated():
    @staticmethod  # refused: decorator within a function
    def inner():
        return 1

    return inner()


def shifts_in_place():
    n = 1
    n <<= 3  # refused: operator LShift
    return n


def doubled(function):
    @functools.wraps(function)
    def wrapped():
        return 2 * function()

    return wrapped


@doubled  # refused: decorator around five
def five():
    return 5


class Decorated:
    """Has a method under a decorator."""

    @doubled  # refused: decorator around six
    def six():
        return 6


def early():
    def inner():  # refused: late before it has a value
        return late

    yield inner
    late = 1
    yield late


INNER = next(early())

REFUSED = [
    tries, opens, waits, loops, takes_all, matches, counts, shifts, borrows, imports,
    asserts, unknown, raises, deletes, decorated, shifts_in_place, five, Decorated.six,
    INNER,
]  # fmt: skip


def test_every_refusal_names_file_line_and_what(monkeypatch):
    monkeypatch.setattr(names, "OWN", {"nb_lib", __name__.split(".")[0]})
    source = HERE.read_text().splitlines()
    for function in REFUSED:
        first = inspect.unwrap(function).__code__.co_firstlineno
        lines = range(first, first + 8)
        line = next(n for n in lines if "# refused: " in source[n - 1])
        what = re.search("# refused: ([^#]*)", source[line - 1])[1].strip()
        pattern = f"translate/test_refusals.py, line {line}: the page knows no {what}"
        with pytest.raises(Refused, match=pattern.replace(r"\\*", r"\*")):
            Program().value(function)


def test_what_has_no_source_or_is_foreign_is_refused():
    with pytest.raises(Refused, match="the page knows no class pathlib.Path"):
        Program().value(Path)
    with pytest.raises(Refused, match="path: the page knows no PosixPath"):
        Program().value(HERE, "path")
    with pytest.raises(Refused, match="cannot hold the whole number"):
        Program().value(2**60)
    with pytest.raises(Refused, match="the page knows no complex numbers"):
        Program().value(np.array([1j, 2]))

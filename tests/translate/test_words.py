"""Formats and words come out letter by letter as Python writes them."""

import sys

import pytest

QUOTE = "a'"


def case_short_formats():
    x = 100.0
    return (
        f"{x:.3} {2.0:.3} {2.5:.3} {123.4:.2} {0.00001234:.2} {99.96:.3} {0.0:.3}",
        f"{1e16:.3} {2.0:.1} {-2.0:8.4} {0.1 + 0.2:.17} {float('nan'):.3}",
        f"{-float('inf'):.3} {1234.5:,.6} {x:.4} {x:.5}",
    )


def case_signs_and_zeros():
    return (
        f"{-8:=6d}|{8:=+6d}|{-8:06d}|{-8:*=6d}|{5:<05d}|{5:^05d}|{-2.5:07.2f}",
        f"{'a':05}|{'a':>05}|{'a':x^5}|{True:5}|{1234:9,d}|{1234567.5:_.1f}",
    )


def case_quotes():
    return (
        [repr(w) for w in ("it's", 'a "b"', 'it\'s "b"', "a\\b", "a\nb\t", "")],
        f"{QUOTE!r} {[QUOTE]}",
    )


def case_names_that_things_have():
    return (
        hasattr({}, "size"), hasattr([], "map"), hasattr("a", "at"), hasattr({}, "get"),
        hasattr([], "append"), hasattr("a", "upper"), hasattr(case_quotes, "call"),
        hasattr((), "length"), hasattr(set(), "size"), hasattr(None, "x"),
        hasattr("a", "toString"), hasattr(Named(), "name"), hasattr(Named(), "other"),
        hasattr(Named(), "constructor"), hasattr(Named(), "say"), hasattr(2, "items"),
        getattr({}, "size", 7), getattr(Named(), "toString", 7),
    )  # fmt: skip


class Named:
    """Has a name and a method."""

    def __init__(self):
        self.name = "n"

    def say(self):
        return self.name

    def __call__(self):
        return 1


def fails_zero_padding_of_words():
    return f"{'a':=5}"


def hashes():
    return f"{2.0:#.3g}"


def groups():
    return f"{1234:08,d}"


def test_words(agree):
    assert agree(sys.modules[__name__]) == 5


@pytest.mark.parametrize("function", [hashes, groups])
def test_formats_that_the_page_does_not_write_are_refused(translated, function):
    from javascript import Refused

    ask = translated([function])
    with pytest.raises(Refused, match="the page writes no"):
        ask(function.__name__)

"""A walk: the order is kept, slips are named, calculations are read, by a script."""

import json

import pytest
from browser import chromium, require_chromium

from nb_lib.book.walk import SCRIPT, Step, Walk, markup
from nb_lib.jupyter import WIDGET_VIEW, without_views


def step(name, wanted, *, needs=None, slips=None):
    return Step(
        name=name,
        at=(50, 50 if name == "a" else 80),
        shown=f"{name} = 1",
        asked=f"∂L/∂{name}",
        short=f"∂{name}",
        wanted=wanted,
        needs=needs or {},
        slips=slips or {},
        hint="Look again.",
        done=f"{name} is done.",
    )


STEPS = [
    step("a", 0.5, slips={"the sign": -0.5, "too near to be told": 0.5001}),
    step("b", -0.125, needs={"a": "First a."}, slips={"the factor": 0.25}),
]


def test_slips_too_near_to_the_truth_are_not_told():
    told = STEPS[0].told()
    assert [words for _, words in told["slips"]] == ["the sign"]


def test_stored_output_keeps_the_markup_only():
    data, _ = Walk("A walk", STEPS)._repr_mimebundle_()
    assert WIDGET_VIEW in data
    notebook = {"cells": [{"outputs": [{"data": data}]}]}
    without_views(notebook)
    assert list(data) == ["text/plain", "text/html"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open a page with the walk, its script loaded as on the pages of the book."""
    require_chromium()
    page = tmp_path_factory.mktemp("walk") / "page.html"
    body = markup("A walk", STEPS, [(50, 50, 50, 80)], [(10, 10, "x")])
    script = f"<script defer src='{SCRIPT.as_uri()}'></script>"
    page.write_text(f"<!doctype html><meta charset=utf-8>{body}{script}")
    with chromium() as browser:
        here = browser.new_page()
        here.goto(page.as_uri())
        yield here


@pytest.fixture
def page(opened):
    opened.reload()
    return opened


pytestmark = pytest.mark.browser
READ = {
    "-0,5": -0.5, "−1/8": -0.125, "2*(1-0.25)": 1.5, "0.5 × −.5": -0.25, "1-2-3": -4,
    "8/2/2": 2, "1+2*3": 7, "-(1+1)": -2, "+0.5": 0.5, "5e-1": 0.5, "-1.5E2": -150,
    "—0.5": -0.5, "1 ÷ 4": 0.25, "2e": None, "(" * 9999: None,
    "": None, "1+": None, "(1": None, "2)": None, "alert(1)": None, "1 2": None,
}  # fmt: skip


def test_numbers_and_calculations_are_read(page):
    got = {text: page.evaluate("nbNumber", text) for text in READ}
    assert {text: None if v != v else v for text, v in got.items()} == READ


def enter(page, part, text):
    """Click a part, enter a number; return the sentence."""
    page.locator(f"[data-step={part}]").press("Enter")
    field = page.locator(".nb-walk input")
    if field.is_enabled():
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    return page.locator(".nb-say").inner_text()


def test_order_slips_and_truth_are_answered(page):
    assert enter(page, "b", "1") == "✗ First a."
    assert enter(page, "a", "-0.5") == "✗ the sign"
    assert enter(page, "a", "3") == "✗ Not this number. Look again."
    assert "calculation" in enter(page, "a", "a half")
    assert enter(page, "a", "1 - 1/2") == "✓ a is done."
    assert page.locator(".nb-walk input").input_value() == ""
    assert enter(page, "b", "1/4") == "✗ the factor"
    assert "too coarse" in enter(page, "b", "-0.13")
    assert "too coarse" not in enter(page, "b", "0")
    assert enter(page, "b", "-0.1251") == "✓ b is done."
    assert page.locator(".nb-asked").inner_text() == "All of them found."
    assert "∂b −0.1250" in page.locator("[data-step=b]").inner_text()


def test_without_a_script_the_numbers_are_folded():
    body = markup("A walk", STEPS, [], [])
    assert "<details><summary>All numbers</summary>" in body
    assert "−0.1250" in body
    assert "<script" not in body


def test_sentences_travel_unharmed():
    bad = step("a", 1.0, slips={'"quoted" & <b>': 2.0})
    body = markup("A walk", [bad], [], [])
    attribute = body.split('data-steps="')[1].split('"')[0]
    from html import unescape

    assert json.loads(unescape(attribute))["a"]["slips"] == [[2.0, '"quoted" & <b>']]

"""Predictions: declared, shown, and silent about the answer until a choice is made."""

import re

import pytest
from browser import chromium

from nb_lib.book import Prediction, predict
from nb_lib.book.predictions import MOST_CHOICES, Card
from nb_lib.sections import SECTIONS

PREDICTION = Prediction(
    "9.0.a",
    question="How many *corners* has a square with side $a_1 < 2$?",
    choices={
        "three": "That is a triangle.",
        "four": "Count them: $2^2$.",
        "$n$": "No.",
    },
    right="four",
    answer="A square\n\n$$ a_1 = 1 $$\n\nhas four.",
)


def test_formulas_reach_the_page_unharmed():
    page = Card(PREDICTION)._repr_html_()
    assert r"\(a_1 &lt; 2\)" in page
    assert r"\[a_1 = 1\]" in page
    assert "<em>corners</em>" in page


def test_text_on_paper_does_not_give_the_answer():
    assert "four" in repr(Card(PREDICTION))
    assert "Count them" not in repr(Card(PREDICTION))


@pytest.mark.parametrize(
    ("choices", "right", "told"),
    [
        ({"one": ""}, "one", "2 to 6 choices, got 1"),
        (dict.fromkeys("abcdefg", ""), "a", "2 to 6 choices, got 7"),
        (dict.fromkeys("abc", ""), "d", "to be right, got 'd'"),
    ],
)
def test_a_prediction_without_sense_is_refused(choices, right, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        Prediction("9.0.a", "?", choices, right)


def test_an_unknown_prediction_is_refused():
    with pytest.raises(ValueError, match=r"no prediction '9\.99\.z'"):
        predict("9.99.z")


def test_ids_count_through_the_alphabet():
    for section in SECTIONS.values():
        ids = [p.id for p in section.predictions]
        assert ids == [f"{section.number}.{chr(97 + n)}" for n in range(len(ids))]


@pytest.fixture(scope="module")
def page():
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(f"<!DOCTYPE html><body>{Card(PREDICTION)._repr_html_()}")
        yield page


@pytest.mark.browser
def test_answer_unfolds_with_the_choice_and_by_keyboard(page):
    answer = page.locator(".nb-answer")
    replies = page.locator(".nb-reply")
    assert not answer.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first choice, which is wrong
    assert answer.is_visible()
    assert [replies.nth(n).is_visible() for n in range(3)] == [True, True, False]
    assert page.get_by_text("has four.").is_visible()
    page.keyboard.press("ArrowDown")  # the right one
    assert [replies.nth(n).is_visible() for n in range(3)] == [False, True, False]
    page.get_by_text("Show me").click()
    assert [replies.nth(n).is_visible() for n in range(3)] == [False, True, False]


@pytest.mark.browser
def test_every_choice_has_a_name_even_a_formula(page):
    page.set_content(Card(PREDICTION)._repr_html_())
    names = ["three", "four", "$n$", "Show me the answer"]
    assert [page.get_by_role("radio", name=name).count() for name in names] == [1] * 4


@pytest.mark.browser
def test_every_choice_has_its_rule_in_the_style_sheet(page):
    most = {str(n): f"reply {n}" for n in range(MOST_CHOICES)}
    page.set_content(Card(Prediction("9.0.b", "?", most, "0"))._repr_html_())
    for n in range(1, MOST_CHOICES):
        page.get_by_role("radio").nth(n).check()
        assert page.get_by_text(f"reply {n}").is_visible()

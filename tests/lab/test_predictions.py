"""Predictions in real front ends: the choice unfolds the answer, by keyboard too."""

import pytest
from lab_server import LAB, NOTEBOOK_7

pytestmark = pytest.mark.browser

DECLARE = """
from nb_lib.book.predictions import Card, Prediction

corners = Prediction(
    "9.0.a",
    question="How many corners has a square of side $a_1$?",
    choices={"three": "A triangle has three.", "four": "Count them.", "five": "No."},
    right="four",
    answer="The side is $a_1$ and does not matter.",
)
"""


@pytest.mark.parametrize("front", [LAB, NOTEBOOK_7], ids=["lab", "notebook"])
def test_choices_answer_to_the_arrows(new_notebook, front):
    notebook = new_notebook(
        DECLARE, "Card(corners)", "Card(corners).__class__", front=front
    )
    notebook.run_all()
    card = notebook.page.locator(".nb-predict")
    answer, cells = card.locator(".nb-answer"), notebook.page.locator(".jp-Cell")
    count = cells.count()
    assert not answer.is_visible()
    choices = card.get_by_role("radio")
    choices.nth(0).focus()
    notebook.page.keyboard.press("Space")
    assert answer.is_visible()
    notebook.page.keyboard.press("ArrowDown")  # not to the next cell
    assert choices.nth(1).is_checked()
    assert card.get_by_text("A triangle has three.").is_hidden()
    assert card.get_by_text("Count them.").is_visible()
    assert card.get_by_text("does not matter").is_visible()
    card.locator("mjx-container").first.wait_for()  # its formulas are set
    notebook.page.keyboard.press("d")
    notebook.page.keyboard.press("d")  # would delete the cell
    assert cells.count() == count

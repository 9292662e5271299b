"""You are backprop in a real JupyterLab: keys reach it, order and slip are named."""

import pytest

pytestmark = pytest.mark.browser

DECLARE = "from nb_lib.sections.s09_07_by_hand.steps import you_are_backprop"


def test_order_and_slip_are_named_by_keyboard(new_notebook):
    notebook = new_notebook(DECLARE, "you_are_backprop()", "1 + 1")
    notebook.run_all()
    walk = notebook.page.locator(".nb-walk.nb-alive")
    walk.wait_for()
    cells = notebook.page.locator(".jp-Cell").count()
    say = walk.locator(".nb-say")
    walk.locator("[data-step=dw11]").press("Enter")
    say.filter(has_text="delta of the output first").wait_for()
    walk.locator("[data-step=dy]").press("Enter")
    notebook.page.keyboard.type("0.1821 - 0.5")  # a key that JupyterLab wants is "0"
    notebook.page.keyboard.press("Enter")
    say.filter(has_text="It is the error y − t").wait_for()
    walk.locator("[data-step=dz1]").press("Enter")
    notebook.page.keyboard.type("0.1590")
    notebook.page.keyboard.press("Enter")
    say.filter(has_text="You have forgotten the factor h₁ (1 − h₁)").wait_for()
    assert notebook.page.locator(".jp-Cell").count() == cells
    assert notebook.complaints == []

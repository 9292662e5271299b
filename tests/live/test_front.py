"""The canvas in a browser, without Jupyter: what a reader does and reads."""

import pytest
from live import dummies, front

pytestmark = pytest.mark.browser
PAINTED = "() => Number(document.querySelector('canvas').dataset.frame) > 0"


@pytest.fixture
def page(browser):
    """Open a page of a screen that can be touched."""
    context = browser.new_context(has_touch=True)
    yield context.new_page()
    context.close()


def test_pin_names_settings_as_the_page_does(page):
    live = dummies.explorer().show(kind="he", skip=True, lr=0.01)
    front.show(page, live.canvas)
    page.wait_for_function(PAINTED)
    page.get_by_role("button", name="Pin these curves").click()
    state = {**live.canvas.state, "settings": live.explorer.settings()}
    page.evaluate("state => model.set('state', state)", state)
    page.wait_for_function(
        "() => document.querySelector('.nb-pin-label').textContent.startsWith('Pale')"
    )
    label = page.locator(".nb-pin-label").inner_text()
    assert label == "Pale: learning rate 0.01, kind He normal, skip on."

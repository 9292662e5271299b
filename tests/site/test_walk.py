"""You are backprop on its page, opened from a folder, on a phone, in the dark."""

import pytest

pytestmark = pytest.mark.browser
PAGE = "notebooks/09_07_by_hand.html"
BESIDE = """() => {
  const net = document.querySelector(".nb-walk .nb-net");
  const boxes = [...net.querySelectorAll(".nb-part")]
    .map((part) => part.getBoundingClientRect());
  const meets = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  return {
    beyond: boxes.filter((b) => b.left < 0 || b.right > innerWidth).length,
    over: boxes.filter((a, n) => boxes.some((b, m) => n < m && meets(a, b))).length,
    low: Math.min(...[...net.querySelectorAll("button")].map((b) => b.offsetHeight)),
  };
}"""


def answer(walk, part, text):
    """Tap a part, enter a number; return the sentence."""
    walk.locator(f"[data-step={part}]").tap()
    field = walk.locator("input")
    if field.is_enabled():
        field.fill(text)
        field.press("Enter")
    return walk.locator(".nb-say").inner_text()


def test_walk_answers_to_a_finger_without_a_kernel(visit, site):
    here = visit(site.as_uri(), width=390, has_touch=True, color_scheme="dark")
    walk = here.open(PAGE).page.locator(".nb-walk.nb-alive")
    walk.wait_for()
    assert "delta of the output first" in answer(walk, "dv1", "")
    assert "the sign is not" in answer(walk, "dy", "0.3179")
    assert "✓" in answer(walk, "dy", "-0,3179")
    assert "forgotten the factor h₂ (1 − h₂)" in answer(walk, "dz2", "-0.3179")
    assert "✓" in answer(walk, "dz2", "-0.3179 * 0.6225 * (1 - 0.6225)")
    found = here.page.evaluate(BESIDE)
    assert (found["beyond"], found["over"]) == (0, 0)
    assert found["low"] >= 24  # pixels: what a finger can hit
    assert here.troubles == []


def test_without_a_script_the_numbers_are_folded(visit, site):
    here = visit(site.as_uri(), java_script_enabled=False)
    here.page.goto(f"{site.as_uri()}/{PAGE}")
    walk = here.page.locator(".nb-walk")
    assert walk.locator("form").is_hidden()
    walk.get_by_text("All numbers").click()
    assert walk.get_by_role("cell", name="−0.3179").first.is_visible()


def test_worksheets_can_be_fetched(visit, site):
    here = visit(site.as_uri()).open(PAGE)
    links = here.page.locator("a[href$='.pdf']")
    targets = links.evaluate_all("(all) => all.map((a) => a.href)")
    names = {target.split("/")[-1] for target in targets}
    assert len(names) == 4
    for target in targets:
        path = site / target.removeprefix(f"{site.as_uri()}/")
        assert path.read_bytes()[:5] == b"%PDF-"

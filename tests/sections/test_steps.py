"""You are backprop: the right numbers, and each slip told from the truth."""

import pytest

from nb_lib.sections.s09_07_by_hand import ledger
from nb_lib.sections.s09_07_by_hand.steps import SIGN, cells_of, steps, you_are_backprop

STEPS = {step.name: step for step in steps()}


def test_walk_asks_for_every_parameter_and_delta():
    deltas = {"dy", "dz1", "dz2"}
    assert set(STEPS) == deltas | {"d" + name for name in ledger.PARAMETERS}
    cells = ledger.epochs()[0].backward["A"]
    assert all(STEPS[name].wanted == cells[name] for name in deltas)


@pytest.mark.parametrize("name", STEPS)
def test_rounded_factors_are_near_enough(name):
    """Who reckons with the four digits that are shown must be right."""
    c = {key: round(value, 4) for key, value in cells_of("A").items()}
    kind, index = name[1], name[2:]
    j = index[-1:]
    reckoned = {
        "y": lambda: c["y"] - c["t"],
        "c": lambda: c["dy"],
        "v": lambda: c["h" + j] * c["dy"],
        "z": lambda: c["dy"] * c["v" + j] * c["h" + j] * (1 - c["h" + j]),
        "w": lambda: c["x" + index[0]] * c["dz" + j],
        "b": lambda: c["dz" + j],
    }[kind]()
    assert abs(reckoned - STEPS[name].wanted) <= STEPS[name].tolerance


def test_order_sign_and_factor_are_named():
    told = {name: step.told() for name, step in STEPS.items()}
    for name, step in told.items():
        words = " ".join(sentence for _, sentence in step["slips"])
        assert SIGN in words
        assert name == "dy" or step["needs"][0][0] == "dy"
        if name in ("dz1", "dz2", "db1", "db2"):
            assert "forgotten the factor h" in words
    assert told["dw12"]["needs"][1][0] == "dz2"
    assert "factor x₁, which the edge carried" in str(told["dw11"]["slips"])
    assert "factor x₂, which the edge carried" not in str(told["dw21"]["slips"])  # 1


def sentence(name, value):
    """Return what is told to this wrong number, or an empty string."""
    step = STEPS[name]
    found = (words for wrong, words in step.told()["slips"]
             if abs(value - wrong) <= step.tolerance)  # fmt: skip
    return next(found, "")


def test_no_accident_of_the_numbers_names_another_slip():
    """By chance ∂L/∂h₁ · z₁ (1 − z₁) is ∂L/∂y, which is what more readers enter."""
    c, page = cells_of("A"), ledger.epochs()[0]
    assert "Two factors are missing" in sentence("dz1", c["dy"])
    assert "forgotten the factor h₂" in sentence("dz2", c["dy"])  # v₂ is 1
    for name in ("dy", "dv1", "dz2", "dw21", "db2"):
        assert "example B" in sentence(name, page.backward["B"][name]), name
    for name in ("v1", "c", "w22", "b1"):
        assert "A + B" in sentence("d" + name, page.gradient[name]), name


def test_slips_of_one_step_are_told_apart():
    """The first slip whose number is near is named: two may not share one number."""
    for step in STEPS.values():
        numbers = sorted(wrong for wrong, _ in step.told()["slips"])
        gaps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
        assert min(gaps, default=1) > step.tolerance, step.name


def test_parts_do_not_lie_on_each_other():
    """On a phone a part is at most a quarter as wide as the drawing."""
    places = [step.at for step in you_are_backprop().steps]
    for n, (x, y) in enumerate(places):
        for u, v in places[:n]:
            assert abs(x - u) > 17 or abs(y - v) > 11, ((x, y), (u, v))

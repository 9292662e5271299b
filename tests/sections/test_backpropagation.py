"""What 9.6 draws and measures: the pencil net, the four equations, kinks, the meter."""

import numpy as np
import pytest

from nb_lib.autograd.check import numerical_gradient
from nb_lib.sections.s09_06_backpropagation import drawings, equations, kinks, pencil
from nb_lib.sections.s09_06_backpropagation.meter import metered


def test_the_pencil_net_has_the_numbers_of_the_text():
    z1, h1, z2 = pencil.forward()
    assert [z1.tolist(), h1.tolist(), z2.tolist()] == [[[3, -1, 1]], [[3, 0, 1]], [[5]]]
    found = pencil.slopes()
    assert found["z1"].tolist() == [[4, 0, -2]]
    assert found["x"].tolist() == [[2, 6]]
    for name, start in (("w1", pencil.W1), ("w2", pencil.W2), ("x", pencil.X)):
        nudged = numerical_gradient(lambda a, n=name: pencil.loss(**{n: a}), start)
        np.testing.assert_allclose(found[name], nudged, atol=1e-8)


def test_four_of_its_parameters_have_no_say():
    found = pencil.slopes()
    slopes = [found["w1"], found["z1"], found["w2"], found["z2"]]  # z: the biases
    assert sum(np.size(s) for s in slopes) == 13
    assert sum(np.sum(s == 0) for s in slopes) == 4


@pytest.mark.parametrize("back", [False, True])
def test_the_drawing_shows_the_numbers_that_are_computed(back):
    ax = drawings.pencil_net(back=back).axes[0]
    shown = [text.get_text() for text in ax.texts]
    arrays = (pencil.slopes(),) if back else ({"w1": pencil.W1, "w2": pencil.W2},)
    wanted = [
        f"{v:g}".replace("-", "−") for a in (*arrays[0].values(),) for v in a.flat
    ]
    assert not set(wanted) - set(shown)


def cases(n=6):
    rng = np.random.default_rng(9)
    return [equations.random_case(rng) for _ in range(n)]


SLIPS = {
    "output error": lambda given: given["output error"][0].__imul__(2),
    "error of a layer": lambda given: [
        d.__imul__(1.01) for d in given["error of a layer"]
    ],
    "weights": lambda given: given["weights"][-1].__imul__(-1),
    "biases": lambda given: given["biases"][0].__iadd__(1e-3),
}


@pytest.mark.parametrize("slip", equations.NAMES)
def test_both_judges_catch_a_slip_in_each_equation_and_no_other(slip):
    pytest.importorskip("torch")
    drawn = cases()
    for case in drawn:
        for name in equations.NAMES:
            case.given[name] = [np.array(a) for a in case.given[name]]
        SLIPS[slip](case.given)
    moved = equations.worst_gaps(
        drawn, lambda c, n: equations.gap_by_differences(c, n, np.random.default_rng(1))
    )
    differentiated = equations.worst_gaps(drawn, equations.gap_by_autograd)
    for name in equations.NAMES:
        assert (moved[name] > 1e-6) == (name == slip)
        assert (differentiated[name] > 1e-12) == (name == slip)


def test_a_gap_of_right_code_comes_with_a_unit_that_switched():
    found = [kinks.checked(seed, eps=1e-4) for seed in range(60)]
    assert any(gap > 1e-5 for gap, _ in found)
    assert all(count > 0 for gap, count in found if gap > 1e-5)
    calm = [kinks.checked(seed, eps=1e-4, activation="tanh") for seed in range(10)]
    assert max(gap for gap, _ in calm) < 1e-5


def test_the_meter_counts_products_and_nothing_else():
    tally = []
    a = metered(np.ones((3, 5)), tally)
    y = np.tanh(a * 2 + 1) @ np.ones((5, 7))
    y += 1
    assert tally == [3 * 5 * 7]
    assert y.T.shape == (7, 3)
    y.T @ np.ones(3)
    np.ones(3) @ y
    assert tally == [105, 21, 3 * 1 * 7]

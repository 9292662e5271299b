"""The ledger: every cell is that of autograd, of the network class, of fractions."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.path import Path

from nb_lib.live.paint.painter import lay_out
from nb_lib.numpy import losses as np_losses
from nb_lib.numpy.models import MLP
from nb_lib.sections.s09_07_by_hand import claims, explorer, ledger, witness
from nb_lib.sections.s09_07_by_hand.picture import row_of

KINDS = ("sigmoid", "tanh", "relu")


@pytest.mark.parametrize("activation", KINDS)
def test_every_cell_is_that_of_autograd(activation):
    pytest.importorskip("torch")
    for init in ledger.STARTS:
        assert witness.largest_gap(0.25, init, activation) <= 1e-15


def test_autograd_sees_a_wrong_cell(monkeypatch):
    pytest.importorskip("torch")
    right = ledger.backward

    def wrong(p, x, t, cells, activation):
        said = right(p, x, t, cells, activation)
        return said | {"dz1": said["dh1"]}  # the slope is forgotten

    monkeypatch.setattr(ledger, "backward", wrong)
    assert witness.largest_gap(0.25, "mixed", "sigmoid") > 0.01


def test_high_values_and_not_steep_slopes_make_the_loss_rise(monkeypatch):
    """The page of claims says so of the rate 0.25 from random starts."""
    kinds = {
        "steep": (lambda z: ledger.sigmoid(4 * z), lambda h: 4 * h * (1 - h)),
        "cut": (lambda z: min(max(z, 0), 1), lambda h: 1 if 0 < h < 1 else 0),
        "high": (lambda z: 2 * ledger.sigmoid(z), lambda h: h * (1 - h / 2)),
    }
    monkeypatch.setattr(ledger, "ACTIVATIONS", ledger.ACTIVATIONS | kinds)
    starts = np.random.default_rng(9).uniform(-2, 2, (1000, 9)).tolist()
    data = ledger.examples()
    steep, cut, high, relu = (
        np.mean([claims.falls_from(start, data, kind) for start in starts])
        for kind in (*kinds, "relu")
    )
    assert steep > 0.95
    assert 0.85 < cut < 0.97
    assert abs(high - relu) < 0.08


@pytest.mark.parametrize("activation", KINDS)
def test_batch_gradient_is_that_of_the_network_class(activation):
    page = ledger.epochs(activation=activation)[0]
    p, net = (
        page.params,
        MLP((2, 2, 1), rng=np.random.default_rng(0), activation=activation),
    )
    net.params["0.w"][:] = [[p["w11"], p["w12"]], [p["w21"], p["w22"]]]
    net.params["0.b"][:], net.params["1.b"][:] = [p["b1"], p["b2"]], p["c"]
    net.params["1.w"][:] = [[p["v1"]], [p["v2"]]]
    data = ledger.examples().values()
    x, t = np.array([x for x, _ in data]), np.array([[t] for _, t in data])
    y = net.forward(x)
    net.backward(np_losses.d_mse(y, t))
    assert page.loss == pytest.approx(np_losses.mse(y, t), abs=1e-15)
    g = page.gradient
    flat = [net.grads[k].ravel() for k in ("0.w", "0.b", "1.w", "1.b")]
    np.testing.assert_allclose(list(g.values()), np.concatenate(flat), atol=1e-15)


def test_fractions_stay_exact_and_small():
    pages = ledger.epochs(activation="relu", kind=Fraction)
    cells = [cell for page in pages for cell in witness.cells_of(page)]
    assert all(isinstance(cell, Fraction) for cell in cells)
    assert max(cell.denominator for cell in cells) == 8192  # the last loss
    counted = ledger.epochs(activation="relu")
    floats = [cell for page in counted for cell in witness.cells_of(page)]
    assert floats == cells  # binary fractions: the floats are exact as well


def test_numbers_of_the_first_page_by_hand():
    """Worked out with a pencil: example A, ReLU."""
    page = ledger.epochs(activation="relu", kind=Fraction)[0]
    half = Fraction(1, 2)
    assert page.forward["A"] == {"z1": 2, "z2": half, "h1": 2, "h2": half, "y": -half}
    assert page.backward["A"]["dy"] == -1
    assert page.backward["B"]["dw22"] == Fraction(-5, 2)
    assert page.gradient["v1"] == -2
    assert page.updated["v1"] == 0


@pytest.mark.parametrize("activation", KINDS)
def test_loss_falls_twice_up_to_the_largest_rate(activation):
    largest = ledger.largest_rate(activation=activation)
    assert ledger.falls_twice(ledger.RATE, activation=activation)
    assert ledger.falls_twice(largest - 1e-9, activation=activation)
    assert not ledger.falls_twice(largest + 1e-9, activation=activation)


@pytest.mark.slow
@pytest.mark.parametrize("activation", KINDS)
def test_no_other_rate_lets_the_loss_fall_twice_again(activation):
    assert ledger.changes(np.linspace(0.01, 8, 4000), activation=activation) == 1


def losses_with(still, lr):
    """Return the losses when one parameter keeps its value."""
    p, found = ledger.start("mixed"), []
    for _ in range(3):
        page = ledger.epoch(p, ledger.examples(), lr, "sigmoid")
        found.append(page.loss)
        p = page.updated | {name: p[name] for name in p if name == still}
    return found


@pytest.mark.parametrize("lr", [0.57, 0.58, 0.6, 0.65])
def test_each_parameter_at_the_output_is_one_too_many(lr):
    """Hold any of the three still, and the rate is not too large any more."""
    assert losses_with(None, lr)[2] > losses_with(None, lr)[1]
    for still in ("v1", "v2", "c"):
        first, second, third = losses_with(still, lr)
        assert first > second > third, still
    assert losses_with("w21", lr)[2] > losses_with("w21", lr)[1]


def test_twin_units_stay_twins_and_zeros_move_only_the_bias():
    last = ledger.epochs(init="twins")[-1].updated
    assert (last["w11"], last["w21"], last["b1"], last["v1"]) == (
        last["w12"], last["w22"], last["b2"], last["v2"],
    )  # fmt: skip
    moved = ledger.epochs(init="zeros", activation="tanh")[-1].updated
    assert {name for name in moved if moved[name]} == {"c"}


def test_huge_numbers_raise_nothing():
    assert ledger.sigmoid(-1e6) < 1e-300
    assert ledger.sigmoid(1e6) == 1


def test_no_number_lies_on_an_edge_or_on_another():
    figure, show = lay_out(explorer.the_ledger.picture, explorer.the_ledger.size)
    renderer, ax = FigureCanvasAgg(figure).get_renderer(), figure.axes[0]
    edges = [Path(ax.transData.transform(line.get_xydata())) for line in ax.lines]
    for stage, lr, kind in product(range(1, 7), (0.25, 1.5), KINDS):
        show(explorer.the_ledger.run(stage=stage, lr=lr, activation=kind))
        boxes = {t.get_text(): t.get_window_extent(renderer) for t in ax.texts}
        for words, box in boxes.items():
            crossed = [e for e in edges if e.intersects_bbox(box, filled=False)]
            assert not crossed, (stage, lr, kind, words)
        for (a, p), (b, q) in combinations(boxes.items(), 2):
            assert not p.overlaps(q), (stage, lr, kind, a, b)


def test_table_and_losses_fill_stage_by_stage():
    runs = [explorer.the_ledger.run(stage=stage) for stage in range(1, 7)]
    filled = [sum(map(bool, row_of(frame, "w21"))) for frame in runs]
    assert filled == [1, 4, 5, 1, 4, 5]
    assert [len(frame.losses) for frame in runs] == [1, 1, 2, 2, 2, 3]
    assert runs[-1].losses == tuple(ledger.losses())


def test_explorer_shows_the_cells_of_the_ledger():
    figure = explorer.the_ledger.still(stage=2)
    words = [t.get_text() for t in figure.axes[0].texts]
    assert "∂w₂₁\n0.1821" in words
    assert "B −0.1655" in words

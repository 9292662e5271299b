"""The loss forge: lines that are really the best, pulls that balance, who follows."""

import functools
from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize
from shown import shown

from nb_lib.numpy import losses as library
from nb_lib.sections.s09_09_losses import forge_picture, noise, spring
from nb_lib.sections.s09_09_losses.explorer import losses
from nb_lib.sections.s09_09_losses.forge import ERRORS, NAMES
from nb_lib.sections.s09_09_losses.spring import LOADS, WRONG

MISREADINGS = (-5.0, 0.0, 2.0, 10.0, 20.0)


def loss_of(name, delta=1.0, quantile=0.9):
    how = {"huber": {"delta": delta}, "pinball": {"quantile": quantile}}
    return functools.partial(library.LOSSES[name], **how.get(name, {}))


@pytest.mark.parametrize("name", NAMES)
def test_no_line_nearby_or_found_by_a_search_is_better(name, rng):
    for model, outlier in [(m, o) for m in ("line", "constant") for o in MISREADINGS]:
        frame = losses.run(loss=name, outlier=outlier, model=model)
        a, b = frame.lines[name]

        def value(ab, y=frame.y, slope=model == "line"):
            return loss_of(name)(ab[0] + slope * ab[1] * LOADS, y)

        best = value((a, b))
        near = [value((a, b) + 0.05 * v) for v in rng.normal(size=(50, 2))]
        found = minimize(value, (a + 1, b), method="Nelder-Mead").fun
        assert best <= min([*near, found]) + 1e-9, (model, outlier)


def test_pulls_balance_and_hold_the_line_level():
    for name in NAMES:
        for model in ("line", "constant"):
            frame = losses.run(loss=name, outlier=10.0, model=model)
            assert frame.pulls.sum() == pytest.approx(0, abs=1e-9)
            turning = np.sum(frame.pulls * LOADS) if model == "line" else 0
            assert turning == pytest.approx(0, abs=1e-8)


def test_on_a_kink_no_reading_pulls_harder_than_its_sides():
    for outlier in MISREADINGS:
        frame = losses.run(loss="mae", outlier=outlier)
        assert np.abs(frame.pulls).max() <= 1 + 1e-9
        frame = losses.run(loss="pinball", outlier=outlier)
        assert -0.1 - 1e-9 <= frame.pulls.min() <= frame.pulls.max() <= 0.9 + 1e-9


def test_the_line_of_squares_follows_and_the_others_stop():
    slopes = {
        outlier: {
            name: line[1] for name, line in losses.run(outlier=outlier).lines.items()
        }
        for outlier in (0.0, 5.0, 10.0, 20.0)
    }
    assert slopes[20.0]["mse"] - slopes[10.0]["mse"] == pytest.approx(
        2 * (slopes[10.0]["mse"] - slopes[5.0]["mse"])
    )
    for name in ("mae", "huber"):
        assert slopes[20.0][name] == pytest.approx(slopes[5.0][name], abs=1e-9)
        assert abs(slopes[20.0][name] - spring.STRETCH) < 0.1


def test_of_one_length_the_constants_are_mean_median_and_quantile():
    frame = losses.run(loss="pinball", model="constant", outlier=10.0)
    constants = {name: line[0] for name, line in frame.lines.items()}
    assert constants["mse"] == pytest.approx(frame.y.mean())
    assert constants["mae"] == np.median(frame.y)
    assert constants["pinball"] == np.sort(frame.y)[8]


def test_the_pull_is_the_slope_of_the_loss_that_is_drawn():
    for name in NAMES:
        frame = losses.run(loss=name)
        slopes = np.gradient(frame.costs, ERRORS)
        smooth = np.abs(ERRORS) > 0.06
        smooth &= (np.abs(np.abs(ERRORS) - 1) > 0.06) | (name != "huber")
        smooth[[0, -1]] = False
        np.testing.assert_allclose(frame.slopes[smooth], slopes[smooth], atol=1e-9)


def test_a_reading_beyond_the_axis_is_marked_on_its_edge():
    figure = shown(losses, losses.run(outlier=20.0))
    texts = [text.get_text() for text in figure.axes[1].texts]
    assert "misread: 14.6 cm off" in texts
    mark = figure.axes[1].lines[-1].get_xdata()
    assert list(mark) == [forge_picture.EDGE]


def test_the_legend_names_only_what_is_drawn():
    for name in ("mse", "pinball"):
        names = shown(losses, losses.run(loss=name)).axes[0].get_legend().get_texts()
        drawn = [text.get_text() for text in names if text.get_visible()]
        assert drawn[:4] == ["MSE", "MAE", "Huber", "misread"]
        assert drawn[4:] == (["pinball"] if name == "pinball" else [])


def test_huber_stops_where_the_prediction_says():
    """At a misreading of a little over 1.5 cm; the slope then stays what it is."""
    slopes = [losses.run(outlier=o).lines["huber"][1] for o in (1.5, 1.6, 20.0)]
    assert slopes[0] < slopes[1] == pytest.approx(slopes[2], abs=1e-9)


def test_every_pull_fits_on_its_axis():
    for name, reach in forge_picture.REACH.items():
        for delta, model in product((0.1, 5.0), ("line", "constant")):
            frame = losses.run(loss=name, outlier=20.0, delta=delta, model=model)
            assert np.abs(frame.pulls).max() < reach
    assert losses.run(outlier=20.0).errors[WRONG] > ERRORS[-1]


def rms_of_constants(kind, count, seed):
    """Give how far off mean, median and Huber's constant of ``count`` readings are."""
    readings = noise.draw(kind, (1000, count), rng=np.random.default_rng(seed))
    found = noise.best_constants(readings).values()
    return [np.sqrt(np.mean(constants**2)) for constants in found]


@pytest.mark.parametrize("seed", range(3))
def test_each_loss_is_best_under_its_own_noise(seed):
    """As the table of the text says, whatever the seed; Huber's is never far off."""
    mean, median, huber = rms_of_constants("Gauss", 200, seed)
    assert 1.15 < median / mean < 1.35
    assert 1 < huber / mean < 1.1
    mean, median, huber = rms_of_constants("Laplace", 200, seed)
    assert 1.2 < mean / median < 1.45
    assert 1.02 < huber / median < 1.15
    mean, median, huber = rms_of_constants("one in ten misread", 200, seed)
    assert 2.4 < mean / huber < 3.0
    assert huber < median


@pytest.mark.parametrize("seed", range(3))
def test_of_few_readings_the_median_is_not_the_best_under_laplace(seed):
    """That the loss of a noise is the best under it is true of many readings only."""
    _, median, huber = rms_of_constants("Laplace", 25, seed)
    assert huber / median == pytest.approx(1, abs=0.04)


def test_hubers_constant_is_where_its_pulls_balance(rng):
    readings = noise.draw("Laplace", (7, 11), rng=rng)
    c = noise.huber_constants(readings, delta=0.7)
    pulls = np.clip(readings - c[:, None], -0.7, 0.7)
    np.testing.assert_allclose(pulls.sum(axis=1), 0, atol=1e-6)

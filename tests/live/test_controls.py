"""Controls: what may be set, where a slider rests, what a refusal says."""

import pytest

from nb_lib.live import Choice, LogSlider, Slider, Toggle

DEPTH = Slider("depth", low=1, high=16, start=2, step=1)
NOISE = Slider("noise", low=0.0, high=0.5, start=0.1, step=0.05)
LR = LogSlider("learning rate", low=1e-3, high=3, start=0.1)
KIND = Choice("kind", ["tanh", ("He normal", "he")], start="he")
SKIP = Toggle("skip")


def test_whole_slider_gives_integers():
    assert DEPTH.stops == tuple(range(1, 17))
    assert all(type(stop) is int for stop in DEPTH.stops)
    assert type(DEPTH.check(3.0, "depth")) is int


def test_fractional_slider_rests_on_clean_decimals():
    assert NOISE.stops == (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
    assert type(NOISE.check(0, "noise")) is float


def test_slider_whose_step_misses_the_end_stays_inside():
    assert Slider("width", low=4, high=10, start=4, step=4).stops == (4, 8)


def test_log_slider_rests_on_the_series_and_both_ends():
    assert LR.stops[:7] == (0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01)
    assert LR.stops[-1] == 3
    odd = LogSlider("lr", low=0.012, high=0.9, start=0.3)
    assert (odd.stops[0], odd.stops[-1]) == (0.012, 0.9)


@pytest.mark.parametrize(
    ("control", "value", "message"),
    [
        (DEPTH, 17, "x wants a number from 1 to 16, got 17"),
        (DEPTH, 2.5, "x wants a whole number, got 2.5"),
        (DEPTH, True, "x wants a number from 1 to 16, got True"),
        (NOISE, -0.1, "x wants a number from 0 to 0.5, got -0.1"),
        (NOISE, float("nan"), "x wants a number from 0 to 0.5, got nan"),
        (LR, "fast", "x wants a number from 0.001 to 3, got 'fast'"),
        (KIND, "relu", "x wants one of ['tanh', 'he'], got 'relu'"),
        (SKIP, 2, "x wants True or False, got 2"),
    ],
)
def test_refusal_names_setting_range_and_value(control, value, message):
    with pytest.raises(ValueError, match="x wants") as refusal:
        control.check(value, "x")
    assert str(refusal.value) == message


def test_options_of_equal_value_and_other_kind_are_refused():
    with pytest.raises(ValueError, match="wants one of"):
        Choice("batch", [1, 32], start=1).check(True, "batch")


def test_start_out_of_range_is_refused():
    with pytest.raises(ValueError, match="start wants a number from 1 to 3"):
        Slider("depth", low=1, high=3, start=4)


def test_slider_that_cannot_step_is_refused():
    with pytest.raises(ValueError, match="'depth' wants a step above 0, got 0"):
        Slider("depth", low=1, high=3, start=2, step=0)


def test_slider_that_starts_between_its_stops_is_refused():
    with pytest.raises(ValueError, match="start on a stop, 1 and steps of 2 .* got 4"):
        Slider("depth", low=1, high=9, start=4, step=2)


def test_log_slider_from_zero_is_refused():
    with pytest.raises(ValueError, match="'rate' .* wants a low end above 0, got 0"):
        LogSlider("rate", low=0, high=3, start=1)


def test_toggle_that_starts_neither_on_nor_off_is_refused():
    with pytest.raises(ValueError, match="start wants True or False, got 'yes'"):
        Toggle("skip", start="yes")


def test_start_that_is_no_option_is_refused():
    with pytest.raises(ValueError, match="start wants one of .*got 'relu'"):
        Choice("activation", ["tanh"], start="relu")


@pytest.mark.parametrize("control", [DEPTH, NOISE, LR, KIND, SKIP])
def test_every_stop_is_a_value_with_a_text(control):
    for stop in control.stops:
        assert control.check(stop, "x") == stop
        assert control.text(stop)
    assert control.start in control.stops

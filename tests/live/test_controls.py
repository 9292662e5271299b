"""Controls: what may be set, where a slider rests, what a refusal says."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as np_st
from loops import over

from nb_lib.live import Choice, LogSlider, Slider, Toggle
from nb_lib.live.declare.controls import number_text

DEPTH = Slider("depth", low=1, high=16, start=2, step=1)
NOISE = Slider("noise", low=0.0, high=0.5, start=0.1, step=0.05)
LR = LogSlider("learning rate", low=1e-3, high=3, start=0.1)
KIND = Choice("kind", ["tanh", ("He normal", "he")], start="he")
SKIP = Toggle("skip")
BATCH = Choice("batch size", (8, 32, 128), start=32)
WIDTH = LogSlider("width", low=2, high=256, start=64, whole=True)
CONTROLS = [DEPTH, NOISE, LR, KIND, SKIP, BATCH, WIDTH]


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


@over(
    ("control", "value", "message"),
    [
        (DEPTH, 17, "x wants a whole number from 1 to 16, got 17"),
        (DEPTH, 2.5, "x wants a whole number from 1 to 16, got 2.5"),
        (DEPTH, True, "x wants a whole number from 1 to 16, got True"),
        (WIDTH, 2.5, "x wants a whole number from 2 to 256, got 2.5"),
        (WIDTH, 512, "x wants a whole number from 2 to 256, got 512"),
        (NOISE, None, "x wants a number from 0 to 0.5, got None"),
        (NOISE, 0.1 + 0j, "x wants a number from 0 to 0.5, got (0.1+0j)"),
        (NOISE, float("inf"), "x wants a number from 0 to 0.5, got inf"),
        (NOISE, np.float32(0.6), "x wants a number from 0 to 0.5, got np.float32(0.6)"),
        (NOISE, -0.1, "x wants a number from 0 to 0.5, got -0.1"),
        (NOISE, float("nan"), "x wants a number from 0 to 0.5, got nan"),
        (LR, "fast", "x wants a number from 0.001 to 3, got 'fast'"),
        (KIND, "relu", "x wants one of 'tanh', 'he' (He normal), got 'relu'"),
        (KIND, None, "x wants one of 'tanh', 'he' (He normal), got None"),
        (BATCH, 64, "x wants one of 8, 32, 128, got 64"),
        (BATCH, "32", "x wants one of 8, 32, 128, got '32'"),
        (SKIP, 2, "x wants True or False, or 1 or 0, got 2"),
        (SKIP, 1.0, "x wants True or False, or 1 or 0, got 1.0"),
        (SKIP, 1 + 0j, "x wants True or False, or 1 or 0, got (1+0j)"),
        (SKIP, None, "x wants True or False, or 1 or 0, got None"),
    ],
)
def test_refusal_names_setting_range_and_value(control, value, message):
    with pytest.raises(ValueError, match="x wants") as refusal:
        control.check(value, "x")
    assert str(refusal.value) == message


@over(
    ("control", "value", "wanted"),
    [
        (BATCH, np.int64(128), 128),
        (BATCH, np.uint8(8), 8),
        (KIND, np.str_("he"), "he"),
        (Choice("rate", (0.1, 0.3), start=0.1), np.float32(0.3), 0.3),
        (DEPTH, np.int64(3), 3),
        (DEPTH, np.float32(3), 3),
        (DEPTH, Fraction(6, 2), 3),
        (NOISE, np.float32(0.1), 0.1),  # the number that it shows: a stop
        (NOISE, np.float16(0.05), 0.05),
        (NOISE, Fraction(1, 4), 0.25),
        (NOISE, np.float32(0.5), 0.5),
        (WIDTH, 64.0, 64),
        (SKIP, np.bool_(True), True),
        (SKIP, np.int64(0), False),
        (SKIP, 1, True),
    ],
)
def test_number_of_another_kind_becomes_the_controls_own(control, value, wanted):
    got = control.check(value, "x")
    assert (type(got), got) == (type(wanted), wanted)


def test_number_too_large_for_a_float_is_refused():
    with pytest.raises(ValueError, match="x wants a number from 0 to 0.5, got 1000"):
        NOISE.check(10**400, "x")


def test_options_of_numpys_are_pythons_own():
    batch = Choice("batch", tuple(np.arange(3)), start=1)
    assert [type(stop) for stop in batch.stops] == [int, int, int]
    assert batch.check(np.int8(2), "x") == 2


def test_ends_of_numpys_are_pythons_own():
    noise = Slider("n", low=np.float32(0.1), high=np.float32(0.3), start=0.2, step=0.1)
    assert noise.stops == (0.1, 0.2, 0.3)


def test_whole_log_slider_rests_on_different_integers():
    assert WIDTH.stops == (2, 3, 5, 7, 10, 15, 20, 30, 50, 64, 70, 100, 150, 200, 256)
    assert {type(stop) for stop in WIDTH.stops} == {int}
    assert LogSlider("n", low=1, high=3, start=1, whole=True).stops == (1, 2, 3)


def test_whole_log_slider_records_integers():
    width = LogSlider("n", low=2, high=9, start=5, whole=True, recorded=(2.0, 5.0))
    assert [type(stop) for stop in width.recorded] == [int, int]


def test_whole_log_slider_with_broken_ends_is_refused():
    with pytest.raises(ValueError, match="'n' wants whole numbers for its ends"):
        LogSlider("n", low=1.5, high=9, start=2, whole=True)


@over("value", [float("nan"), float("inf"), "1", None, True, 1j])
@over("end", ["low", "high", "step"])
def test_slider_that_is_not_made_of_numbers_is_refused(end, value):
    parts = {"low": 0, "high": 3, "start": 0, "step": 1, end: value}
    with pytest.raises(ValueError, match="'depth' wants"):
        Slider("depth", **parts)


def test_slider_whose_ends_are_swapped_is_refused():
    with pytest.raises(ValueError, match="'depth' wants its low end below"):
        Slider("depth", low=3, high=1, start=2)


def test_slider_without_a_clean_last_stop_rests_inside():
    third = Slider("x", low=1 / 3, high=2 / 3, start=1 / 3, step=1 / 6)
    assert third.stops[0] == 1 / 3
    assert third.stops[-1] <= 2 / 3


@over("options", [("a", "b", "a"), (("a", 1), ("a", 2))])
def test_options_that_a_reader_cannot_tell_apart_are_refused(options):
    with pytest.raises(ValueError, match="'kind' wants options that differ"):
        Choice("kind", options, start=options[0])


def test_options_of_equal_value_and_other_kind_have_their_own_text():
    both = Choice("both", (("one", 1), ("yes", True)), start=1)
    assert [both.text(stop) for stop in both.stops] == ["one", "yes"]


def test_options_of_equal_value_and_other_kind_are_refused():
    with pytest.raises(ValueError, match="wants one of"):
        Choice("batch", [1, 32], start=1).check(True, "batch")


def test_start_out_of_range_is_refused():
    with pytest.raises(ValueError, match="start wants a whole number from 1 to 3"):
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
    with pytest.raises(ValueError, match="start wants True or False, .* got 'yes'"):
        Toggle("skip", start="yes")


def test_start_that_is_no_option_is_refused():
    with pytest.raises(ValueError, match="start wants one of .*got 'relu'"):
        Choice("activation", ["tanh"], start="relu")


@st.composite
def sliders(draw):
    """Draw sliders with clean decimals, and with any ends and steps."""
    number = st.one_of(
        st.integers(-100, 100),
        st.integers(-300, 300).map(lambda n: n / 100),
        st.floats(-100, 100),
    )
    low, n = draw(number), draw(st.integers(0, 40))
    step = draw(number.map(abs).filter(lambda x: x > 1e-3))
    parts = {"low": low, "high": low + n * step, "step": step}
    stops = Slider("x", start=low, **parts).stops
    return Slider("x", start=draw(st.sampled_from(stops)), **parts)


@st.composite
def log_sliders(draw):
    """Draw logarithmic sliders, half of them of whole numbers."""
    if whole := draw(st.booleans()):
        low, high = sorted(draw(st.tuples(*[st.integers(1, 10**7)] * 2)))
        start = draw(st.integers(low, high))
    else:
        low, high = sorted(draw(st.tuples(*[st.floats(1e-6, 1e6)] * 2)))
        start = draw(st.floats(low, high))
    return LogSlider("x", low=low, high=high, start=start, whole=whole)


@st.composite
def choices(draw):
    """Draw choices among words, numbers and truth values."""
    option = st.one_of(st.integers(), st.booleans(), st.text(), st.floats(-9, 9))
    options = draw(st.lists(option, min_size=1, max_size=5, unique_by=str))
    return Choice("x", options, start=draw(st.sampled_from(options)))


controls = st.one_of(sliders(), log_sliders(), choices(), st.just(SKIP))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.complex_numbers(),
    st.fractions(),
    st.decimals(),
    np_st.scalar_dtypes().flatmap(np_st.from_dtype),
)
SHAPES = [np.float16, np.float32, np.float64, np.int8, np.int64, np.bool_, np.str_]


def kinds(control):
    """Return the kinds of the control's stops."""
    return {type(stop) for stop in control.stops}


def range_of(control):
    """Return what a refusal must name."""
    if isinstance(control, Choice):
        return ", ".join(map(repr, control.stops))
    if isinstance(control, Toggle):
        return "True or False"
    return f"from {number_text(control.low)} to {number_text(control.high)}"


def answer(control, value):
    """Return what check gives, and the words of its refusal."""
    try:
        return control.check(value, "x"), ""
    except ValueError as refusal:
        return None, str(refusal)


@given(controls, scalars)
def test_any_value_is_made_legal_or_refused_with_the_range(control, value):
    got, refusal = answer(control, value)
    if refusal:
        assert refusal.startswith("x wants")
        assert range_of(control) in refusal
        return
    assert type(got) in kinds(control)
    again = control.check(got, "x")
    assert (type(again), again) == (type(got), got)
    if isinstance(control, Slider | LogSlider):
        assert control.low <= got <= control.high


def test_readers_see_a_minus_where_code_has_a_hyphen():
    control = Slider("x", low=-1, high=1, start=0, step=0.5)
    assert control.text(-0.5) == "−0.5"
    with pytest.raises(ValueError, match="from -1 to 1"):
        control.check(-2, "x")


@given(controls, st.data())
def test_every_stop_passes_as_it_is(control, data):
    stop = data.draw(st.sampled_from(control.stops))
    got = control.check(stop, "x")
    assert (type(got), got) == (type(stop), stop)


@given(controls, st.sampled_from(SHAPES), st.data())
def test_a_stop_of_numpys_is_the_stop_wherever_it_is_taken(control, shape, data):
    stop = data.draw(st.sampled_from(control.stops))
    with np.errstate(all="ignore"):
        try:
            value = shape(stop)
        except (OverflowError, ValueError):
            assume(False)
    shown = float(str(value)) if isinstance(value, np.floating) else value.item()
    is_number = isinstance(control, Slider | LogSlider) and type(shown) is not bool
    assume(shown == stop and (is_number or type(shown) is type(stop)))
    got = control.check(value, "x")
    assert (type(got), got) == (type(stop), stop)


@given(controls)
def test_stops_and_their_texts_are_unique_and_the_start_is_one(control):
    keys = [(type(stop), stop) for stop in control.stops]
    texts = [control.text(stop) for stop in control.stops]
    assert len(set(keys)) == len(set(texts)) == len(control.stops)
    assert (type(control.start), control.start) in keys


@given(controls)
def test_recorded_stops_are_stops_with_the_start(control):
    assert set(control.recorded) <= set(control.stops)
    assert isinstance(control, Toggle) or control.start in control.recorded


@over("control", CONTROLS)
def test_every_stop_has_a_text_without_a_line_break(control):
    for stop in control.stops:
        assert control.text(stop).strip()
        assert "\n" not in control.text(stop)

"""One name for each thing: tables cover what the library has, and nothing else."""

from nb_lib import words
from nb_lib.explore import EXPLORERS
from nb_lib.live import Choice
from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.init import INITS


def test_every_scheme_and_activation_has_a_name_to_show():
    assert set(INITS) <= set(words.SCHEMES)
    assert set(ACTIVATIONS) <= set(words.ACTIVATIONS)


def test_names_to_show_are_unique():
    for table in (words.SCHEMES, words.ACTIVATIONS):
        assert len(set(table.values())) == len(table)


def test_explorers_show_the_book_s_names():
    tables = {"init": words.SCHEMES, "activation": words.ACTIVATIONS}
    for explorer in EXPLORERS.values():
        for name, table in tables.items():
            control = explorer.controls.get(name)
            shown = {n: text for text, n in control.options} if control else {}
            assert isinstance(control, Choice | None)
            assert shown.items() <= table.items(), explorer.id


def test_a_diverged_run_is_told_alike_in_all_places():
    assert words.diverged(3) == "diverged at step 3"
    assert words.diverged_because(3).startswith("Diverged at step 3: ")


def test_a_minus_is_no_hyphen_and_none_stands_before_zero():
    assert words.minus("-0.5") == "−0.5"
    assert words.minus("0.5") == "0.5"
    assert words.minus("+0.50") == "+0.50"
    assert words.minus("-0.00") == "0.00"
    assert words.minus("-0") == "0"
    assert words.minus("-1/2") == "−1/2"
    assert words.minus("-inf") == "−inf"
    assert words.minus("-2.5e-07") == "−2.5e-07"


def test_two_digits_are_written_out_where_that_is_short():
    assert words.rounded(0.003849) == "0.0038"
    assert words.rounded(1.649) == "1.6"
    assert words.rounded(99.51) == "100"
    assert words.rounded(164.2) == "160"
    assert words.rounded(-48213.7) == "-48,000"
    assert words.rounded(1.234e6) == "1.2e+06"
    assert words.rounded(5.4e-7) == "5.4e-07"
    assert words.rounded(float("inf")) == "inf"


def test_lists_read_as_sentences_do():
    assert words.listed(["one"]) == "one"
    assert words.listed(["one", "two"]) == "one and two"
    assert words.listed(["one", "two", "three"]) == "one, two and three"


def test_one_thing_is_counted_in_the_singular():
    assert words.counted(1, "step") == "1 step"
    assert words.counted(0, "step") == "0 steps"
    assert words.counted(1000, "step") == "1,000 steps"
    assert words.counted(2, "pass") == "2 passes"

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


def test_lists_read_as_sentences_do():
    assert words.listed(["one"]) == "one"
    assert words.listed(["one", "two"]) == "one and two"
    assert words.listed(["one", "two", "three"]) == "one, two and three"


def test_one_thing_is_counted_in_the_singular():
    assert words.counted(1, "step") == "1 step"
    assert words.counted(0, "step") == "0 steps"
    assert words.counted(1000, "step") == "1,000 steps"
    assert words.counted(2, "pass") == "2 passes"

"""How an answer is judged: right, not yet, or nothing yet; and what is said."""

import numpy as np
import pytest

from nb_lib.book.exercises import checking
from nb_lib.book.exercises.exercise import Exercise, find
from nb_lib.book.exercises.showing import shown, shown_briefly
from nb_lib.book.exercises.verdict import Verdict

X = np.arange(12.0).reshape(4, 3)
W = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]])


def mean_product(x, w):
    """Multiply, then take the mean over the examples."""
    return x.T @ (x @ w) / len(x), (x @ w).mean(axis=0)


@pytest.fixture
def verdict(monkeypatch):
    """Judge an answer to a small exercise with two parts."""
    exercise = Exercise(
        "9.8.0",
        "A toy",
        mean_product,
        lambda: [(X, W), (X[:3] - 5, W)],
        outputs=("dw", "db"),
        slips={"a sum": lambda x, w: tuple(len(x) * p for p in mean_product(x, w))},
        lesson="Well done.",
    )
    monkeypatch.setattr(checking, "find", lambda id: exercise)
    return lambda answer: checking.check("9.8.0", answer)


def test_right_answer_passes_and_teaches(verdict):
    assert verdict(mean_product).passed
    assert repr(verdict(mean_product)) == (
        "✓ right · 9.8.0 A toy\n  2 of 2 cases agree. Well done."
    )


NOTHING = (None, ..., (None, None), {}, {"lr": ...}, lambda x, w: None)


@pytest.mark.parametrize("empty", NOTHING)
def test_empty_answer_is_neither_right_nor_wrong(verdict, empty):
    judged = verdict(empty)
    assert (judged.state, judged.passed) == ("empty", False)
    assert repr(judged).startswith("○ nothing returned yet · 9.8.0 A toy")


def test_empty_list_is_a_wrong_answer(verdict):
    assert verdict(lambda x, w: []).state == "wrong"


def test_unfinished_answer_counts_as_empty(verdict):
    def unfinished(x, w):
        raise NotImplementedError

    assert verdict(unfinished).state == "empty"


def test_what_a_library_has_not_implemented_is_shown_as_raised(verdict):
    def leaning(x, w):
        return unfinished_library()

    assert (
        dict(verdict(leaning).rows)["raised"]
        == "NotImplementedError (line 2 of leaning)"
    )


def unfinished_library():
    raise NotImplementedError


def test_wrong_answer_shows_inputs_wanted_and_got(verdict):
    text = repr(verdict(lambda x, w: (mean_product(x, w)[0], X[0, :2])))
    assert text.startswith("✗ not yet · 9.8.0 A toy")
    for words in ("right    dw", "inputs   x = (4, 3) [[", "wanted   db = array of"):
        assert words in text
    assert "got      db = array of shape (2,), float64\n           [0. 1.]" in text


def test_declared_slip_is_named_before_a_general_one(verdict):
    wrong = verdict(lambda x, w: tuple(len(x) * p for p in mean_product(x, w)))
    assert ("likely", "a sum") in wrong.rows


def test_exception_is_one_line_with_its_line_in_the_answer(verdict):
    def broken(x, w):
        y = x @ w
        return y @ x

    text = repr(verdict(broken))
    assert "raised   ValueError: matmul" in text
    assert "(line 3 of broken)" in text
    assert "Traceback" not in text


def test_recursion_without_end_is_one_line(verdict):
    def deeper(x, w):
        return deeper(x, w)

    raised = dict(verdict(deeper).rows)["raised"]
    assert raised.endswith("depth exceeded (line 2 of deeper)")


def test_exception_without_a_message_ends_without_a_colon(verdict):
    def broken(x, w):
        raise AssertionError

    assert dict(verdict(broken).rows)["raised"] == "AssertionError (line 2 of broken)"


def test_way_without_return_is_told(verdict):
    text = repr(verdict(lambda x, w: mean_product(x, w) if len(x) == 4 else None))
    assert text.startswith("✗ not yet")
    assert "a return is missing: here None came, in other cases a result did" in text
    assert "inputs   x = (3, 3) [[" in text


def test_swapped_results_are_told(verdict):
    text = repr(verdict(lambda x, w: mean_product(x, w)[::-1]))
    assert "likely   the order of the results: wanted dw, db" in text


def test_slip_in_the_first_wrong_part_is_named(verdict):
    wrong = verdict(lambda x, w: (len(x) * mean_product(x, w)[0], w[0] - 1))
    assert ("likely", "a sum") in wrong.rows


def test_a_slip_of_all_parts_is_named_before_one_of_the_first(verdict):
    def doubled(x, w):
        return tuple(-part for part in mean_product(x, w))

    assert ("likely", "the sign: each value came with the opposite one") in verdict(
        doubled
    ).rows


def test_one_array_for_two_results_is_told(verdict):
    text = repr(verdict(lambda x, w: np.ones((5, 7))))
    assert "wanted 2 (dw, db), got one array of shape (5, 7)" in text


def test_slip_is_not_named_where_a_part_before_it_is_right(verdict):
    def wrong(x, w):
        dw, db = mean_product(x, w)
        return dw, len(x) * db

    assert ("likely", "a sum") not in verdict(wrong).rows


def test_wrong_result_is_told_before_a_later_exception(verdict):
    def wrong(x, w):
        if len(x) == 4:
            return tuple(len(x) * p for p in mean_product(x, w))
        raise IndexError

    assert ("likely", "a sum") in verdict(wrong).rows


def test_two_results_where_one_was_wanted_are_told():
    text = repr(checking.check("9.4.2", lambda z: (z, z)))
    assert "slip     the number of results: wanted 1, got 2" in text


def test_wrong_parameters_are_told(verdict):
    assert "takes 1 positional argument" in repr(verdict(lambda x: x))


@pytest.mark.parametrize("result", [(X, W, X), 7.5, [X]])
def test_missing_part_is_told(verdict, result):
    text = repr(verdict(lambda x, w: result))
    assert "the number of results: wanted 2 (dw, db)" in text


def test_changed_argument_is_told(verdict):
    def changing(x, w):
        result = mean_product(x, w)
        x *= 2
        return result

    assert "your function changes its argument x: copy it first" in repr(
        verdict(changing)
    )


def test_value_where_a_function_was_wanted(verdict):
    text = repr(verdict(7.5))
    assert "wanted   a function" in text
    assert "got      7.5" in text


def test_function_where_a_value_was_wanted(monkeypatch):
    value = Exercise("9.8.0", "A value", lambda: 7.0)
    monkeypatch.setattr(checking, "find", lambda id: value)
    text = repr(checking.check("9.8.0", mean_product))
    assert "wanted   a value: call your function first\n  got      mean_product" in text


def test_overflow_inside_an_answer_is_no_error(verdict):
    with np.errstate(all="raise"):
        text = repr(verdict(lambda x, w: (x.T @ np.exp(1e4 * (x @ w)), w[0])))
    assert "not finite: NaN or infinity" in text


def test_html_says_all_in_words_and_escapes():
    page = Verdict("9.8.0", "A < B", "wrong", (("likely", "x < y"),))._repr_html_()
    assert page.count("✗ not yet · 9.8.0 A &lt; B") == 2
    assert "<strong>x &lt; y</strong>" in page
    assert 'role="group"' in page


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("9.8.11", "did you mean .*9.8.1"),
        ("9.10.5", "9.10.4"),
        ("9.3", "did you mean 9.3.1 or 9.3.2 or 9.3.3 or 9.3.4"),
        ("loss", "read like"),
    ],
)
def test_unknown_exercise_names_near_ones(id, words):
    with pytest.raises(ValueError, match=f"^There is no exercise '{id}': .*{words}"):
        find(id)


def test_swapped_arguments_are_told():
    words = "^There is no exercise mean_product: the id comes first, then the answer.$"
    with pytest.raises(ValueError, match=words):
        checking.check(mean_product, "9.8.1")


def test_large_arrays_are_shown_by_their_corners():
    text = shown(np.zeros((100, 50), "float32"))
    assert text.startswith("array of shape (100, 50), float32")
    assert len(text.splitlines()) <= 6


def test_callables_and_objects_are_shown_without_addresses():
    assert (
        shown((mean_product, object(), 1 / 3)) == "(mean_product, <object>, 0.333333)"
    )


def test_long_lists_are_shown_by_their_beginning():
    assert shown_briefly([(1, 2)] * 50) == "[(1, 2), (1, 2), (1, 2), ...] of 50"


def in_single(change=lambda y: y):
    return lambda x: np.float32(change(2 * x))


@pytest.fixture
def doubled():
    """Judge an answer that doubles an array in float64."""

    def judged(answer, **kind):
        exercise = Exercise(
            "9.8.0",
            "Twice",
            lambda x: 2 * x,
            lambda: [(np.array([1 / 3, 0.7]),)],
            **kind,
        )
        return checking.compared(exercise, answer)

    return judged


def test_float32_is_right_to_its_digits_and_said_so(doubled):
    verdict = doubled(in_single())
    assert verdict.passed
    assert "float32, which keeps seven digits" in repr(verdict)
    assert "float32" not in repr(doubled(lambda x: 2 * x))
    assert doubled(lambda x: list(np.float32(2 * x))).passed
    off = doubled(in_single(lambda y: (1 + 1e-4) * y))
    assert not off.passed
    assert "close, but not close enough" in repr(off)


def test_float32_is_refused_where_the_dtype_is_the_point(doubled):
    verdict = doubled(in_single(), is_about_dtype=True)
    assert "the dtype: wanted float64, got float32" in repr(verdict)
    assert not verdict.passed


def test_slips_are_named_in_float32_too(doubled):
    slips = {"the 2 is missing": lambda x: x}
    assert "the 2 is missing" in repr(doubled(np.float32, slips=slips))

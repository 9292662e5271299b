"""The race: its table is what training gives, and its questions are what they say."""

import numpy as np
import pytest

from nb_lib.autograd.check import dot_product_test
from nb_lib.numpy.models import count_parameters
from nb_lib.sections.s09_18_beyond.race import runs
from nb_lib.sections.s09_18_beyond.race.explorer import race
from nb_lib.sections.s09_18_beyond.race.table import RESULTS


def middle(task, model, amount, shift=0):
    frame = race.run(task=task, amount=amount, shift=shift)
    column = runs.AMOUNTS.index(amount)
    return frame.middle[runs.MODELS.index(model), column]


@pytest.mark.slow
def test_the_table_is_what_training_gives():
    for task, model, amount, seed in (
        ("pair", "MLP", 50, 1),
        ("pair", "convolution", 20, 2),
        ("first", "LSTM", 100, 0),
        ("more", "attention", 50, 4),
    ):
        place = runs.MODELS.index(model), runs.AMOUNTS.index(amount), seed
        found = runs.shares(task, model, amount, seed=seed)
        np.testing.assert_allclose(found, RESULTS[task][place], rtol=0, atol=0.01)
    shape = (len(runs.MODELS), len(runs.AMOUNTS), 5, len(runs.SHIFTS))
    assert all(table.shape == shape for table in RESULTS.values())


def test_labels_answer_the_question_and_come_as_often(rng):
    for task in runs.TASKS:
        letters, labels = runs.words(task, 400, rng=rng)
        assert labels.sum() == 200
        for word, label in zip(letters.tolist(), labels, strict=True):
            text = "".join("abcd"[letter] for letter in word)
            right = {
                "pair": "ab" in text,
                "first": text.find("a") < text.find("b"),
                "more": text.count("a") > text.count("b"),
            }[task]
            assert right == bool(label), text


def test_a_line_holds_the_word_where_the_shift_says(rng):
    letters, _ = runs.words("pair", 3, rng=rng)
    x = runs.lines(letters, 4)
    np.testing.assert_array_equal(x[:, 4:10].argmax(axis=2), letters)
    assert not x[:, :4].any()
    assert (x.sum(axis=2)[:, 4:] == 1).all()


def test_each_bias_wins_its_own_question():
    """Medians of five seeds."""
    assert middle("pair", "convolution", 50) > middle("pair", "LSTM", 50) + 0.02
    assert middle("first", "LSTM", 20) >= middle("first", "convolution", 20)
    assert middle("more", "attention", 20) > middle("more", "MLP", 20) + 0.1
    for amount in runs.AMOUNTS:  # a set has no order, whatever it is fed
        assert middle("first", "attention", amount) < 0.6
        assert middle("pair", "attention", amount) < 0.75
    for task in runs.TASKS:  # nothing tells an MLP that places are alike
        assert middle(task, "MLP", 500, shift=4) < middle(task, "MLP", 500) - 0.15
    for shift in runs.SHIFTS:
        assert middle("more", "attention", 100, shift) > 0.95


def test_the_set_net_walks_back_and_is_small(rng):
    net = runs.new_net("attention", rng)
    x = rng.normal(size=(3, 5, runs.KINDS))
    start = tuple(p.copy() for p in net.params.values())

    def forward(*params):
        for own, moved in zip(net.params.values(), params, strict=True):
            own[...] = moved
        return net.forward(x)

    def backward(dlogits):
        net.backward(dlogits)
        return tuple(net.grads.values())

    assert dot_product_test(forward, backward, start, rng=rng).gap < 1e-7
    sizes = [count_parameters(runs.new_net(m, rng)) for m in runs.MODELS]
    assert max(sizes) < 900
    with pytest.raises(ValueError, match="amount wants one of 20, 50"):
        race.run(amount=30)


def test_only_in_short_words_do_windows_know_what_came_first(monkeypatch):
    """A window of three letters is half of a word of 6, and a quarter of one of 12."""
    monkeypatch.setattr(runs, "WORD", 12)
    monkeypatch.setattr(runs, "PLACES", 12)
    monkeypatch.setattr(runs, "TESTED", 200)
    monkeypatch.setattr(runs, "SHIFTS", (0,))
    (long,) = runs.shares("first", "convolution", 100, seed=0)
    assert middle("first", "convolution", 100) > 0.96
    assert 0.6 < long < 0.9


def test_one_place_is_said_in_the_singular():
    said = [race.describe(race.run(shift=shift)) for shift in (1, 2)]
    assert "words 1 place further right" in said[0]
    assert "words 2 places further right" in said[1]

"""The small writer: it learns, from more than the letter before, and by places."""

import numpy as np
import pytest

from nb_lib.numpy.models import count_parameters
from nb_lib.sections.s09_18_beyond.verses import training, writer
from nb_lib.sections.s09_18_beyond.verses.explorer import verses


@pytest.fixture(scope="module")
def frames():
    return list(verses.frames())


@pytest.mark.slow
def test_the_writer_beats_the_table_of_pairs_and_one_without_places_does_not():
    with_places, without = (training.loss_of(training.finished(p)) for p in (1, 0))
    assert with_places < training.bigram_loss() - 0.1
    assert without > with_places + 0.1
    assert abs(without - training.bigram_loss()) < 0.1
    assert 9000 < count_parameters(training.finished()) < 10000
    places = training.finished(False).params["places"]
    assert not places.any()


def test_one_head_has_learnt_to_look_at_the_letter_before():
    model, (tokens, _) = training.finished(), training.unread(100, 32)
    model.forward(tokens)
    weights = model.blocks[0].attention.weights[:, 0]  # (N, T, T), the first head
    shares = [np.diagonal(weights, -n, 1, 2)[:, 3:].mean() for n in range(6)]
    assert np.argmax(shares) == 1
    assert shares[1] > 0.3


def test_frames_follow_the_steps_from_chance_on(frames):
    assert [frame.count for frame in frames] == list(range(0, 801, 40))
    assert frames[0].losses.size == 0
    assert frames[1].losses[0] < np.log(36)
    assert frames[-1].losses.min() < writer.BIGRAM < frames[1].losses[0]
    for frame in frames:
        assert len(frame.losses) == frame.count // 20 == len(frame.at)
        assert not np.triu(frame.weights, 1).any()
        assert "".join(frame.lines).startswith(writer.PROMPT)
        assert len("".join(frame.lines)) == len(writer.PROMPT) + writer.COUNT


@pytest.mark.parametrize("places", [True, False])
def test_a_page_writes_what_the_trained_writer_writes(places):
    settings = {"temperature": 1.3, "head": 2, "places": places}
    frame, wanted = (e.run(**settings) for e in (verses.for_page(), verses))
    assert (frame.count, frame.lines) == (training.STEPS, wanted.lines)
    np.testing.assert_allclose(frame.losses, wanted.losses, rtol=1e-6)
    np.testing.assert_allclose(frame.weights, wanted.weights, atol=1e-6)
    assert verses.describe(frame) == verses.describe(wanted)


def test_a_second_run_is_the_first_one_and_looking_changes_nothing(frames):
    again = verses.run()
    np.testing.assert_array_equal(again.weights, frames[-1].weights)
    assert again.lines == frames[-1].lines
    fresh = list(training.trained(True, training.SEED, 80))[-1]
    seen = next(s for s in training.snapshots(True) if s.count == 80)
    np.testing.assert_array_equal(fresh.losses, seen.losses)
    np.testing.assert_array_equal(fresh.params["w"], seen.params["w"])


def test_the_sentence_quotes_what_the_temperature_makes_of_the_text():
    frames = [verses.for_page().run(temperature=t) for t in (0.1, 2)]
    cold, hot = (f"It writes “{frame.lines[0].strip()} …”." for frame in frames)
    assert cold != hot
    assert verses.describe(frames[0]).endswith(cold)
    assert verses.describe(frames[1]).endswith(hot)


def test_cold_text_repeats_and_hot_text_does_not():
    cold, hot = ("".join(verses.run(temperature=t).lines) for t in (0.1, 2))
    assert len(set(hot)) > len(set(cold))

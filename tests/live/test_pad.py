"""The pad without a page: ink and wishes in, image and answer out."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from nb_lib.live.kernel.pad import EMPTY, INK, Pad, sentence

PROBS = np.array([0.5, 0.3, 0.1, 0.1, 0, 0, 0, 0, 0, 0])


class Reader:
    """Notes what it is asked and always answers the same."""

    def __init__(self):
        self.asked = []

    def __call__(self, x):
        self.asked.append(x)
        return PROBS


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def pad(reader, rng, monkeypatch):
    """A pad with a blank still: to draw it takes ten times as long as all else."""
    monkeypatch.setattr(Pad, "still", lambda self: Figure((1, 1)))
    view = Pad(reader, (rng.random((5, 784)), np.arange(5)), rng=rng)
    yield view
    view.close()


def receive(pad, content, *buffers):
    """Hand the pad a message as a front end sends it on the comm."""
    data = {"method": "custom", "content": content}
    pad._handle_msg(
        {"content": {"data": data}, "buffers": [memoryview(b) for b in buffers]}
    )


def ink_of_a_one():
    ink = np.zeros((INK, INK), np.uint8)
    ink[20:90, 50:60] = 255
    return ink


def draw(pad, ink):
    receive(pad, {"want": "read"}, ink.tobytes())


def test_it_starts_with_a_test_digit(pad, reader):
    (x,) = reader.asked
    assert x.shape == (1, 784)
    assert pad.answer["label"] == int(pad.order[0])
    np.testing.assert_allclose(pad.answer["probs"], PROBS)


def test_ink_is_scaled_centred_and_answered(pad, reader):
    draw(pad, ink_of_a_one())
    seen = np.frombuffer(pad.seen, np.uint8).reshape(28, 28)
    np.testing.assert_allclose(reader.asked[-1].reshape(28, 28) * 255, seen, atol=0.51)
    assert np.flatnonzero(seen.any(axis=1)).tolist() == list(range(4, 24))
    assert pad.answer["label"] is None
    assert "reads a 0 (50.0%); next comes 1 (30.0%)" in pad.answer["sentence"]


def test_empty_ink_asks_nobody(pad, reader):
    draw(pad, ink_of_a_one())
    draw(pad, np.zeros((INK, INK), np.uint8))
    assert len(reader.asked) == 2
    assert pad.answer == {"turn": 3, "probs": [], "sentence": EMPTY, "label": None}


def test_equal_ink_gets_an_answer_of_its_own(pad):
    turns = []
    for _ in range(3):
        draw(pad, ink_of_a_one())
        turns.append(pad.answer["turn"])
    assert turns == [2, 3, 4]


def test_read_without_ink_is_ignored(pad):
    receive(pad, {"want": "read"})
    assert pad.answer["turn"] == 1


@pytest.mark.parametrize("n", [0, 1, INK * INK - 1, INK * INK + 1])
def test_ink_of_another_length_is_ignored(pad, reader, n, caplog):
    before = pad.answer
    draw(pad, np.full(n, 255, np.uint8))
    assert (pad.answer, len(reader.asked)) == (before, 1)
    assert caplog.text == ""  # where ipywidgets tells of exceptions


def test_clear_empties(pad):
    receive(pad, {"want": "clear"})
    assert pad.seen == bytes(784)
    assert pad.answer["sentence"] == EMPTY


def test_examples_come_each_once_then_again(pad):
    labels = [pad.answer["label"]]
    for _ in range(9):
        receive(pad, {"want": "example"})
        labels.append(pad.answer["label"])
    assert sorted(labels[:5]) == [0, 1, 2, 3, 4]
    assert labels[5:] == labels[:5]


@pytest.mark.parametrize("content", [{}, {"want": "everything"}, "clear", [1], None])
def test_unknown_wishes_are_ignored(pad, content):
    before = pad.answer
    pad._receive(pad, content, [])
    assert pad.answer == before


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda x: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda x: PROBS[:3], "ValueError: predict wants to return ten"),
        (lambda x: PROBS * np.nan, "ValueError: predict wants to return ten"),
    ],
)
def test_error_of_predict_is_one_line_and_the_pad_lives_on(pad, reader, wrong, words):
    pad.predict = wrong
    draw(pad, ink_of_a_one())
    assert pad.answer["sentence"].startswith(words)
    assert "\n" not in pad.answer["sentence"]
    pad.predict = reader
    receive(pad, {"want": "example"})
    assert pad.answer["probs"] == PROBS.tolist()


def test_image_and_answer_travel_in_one_message(pad):
    sent = []
    pad.send_state = lambda names: sent.append(set(names))
    pad.show_example()
    assert sent == [{"seen", "answer"}]


def test_both_faces_are_in_the_bundle(pad):
    data, _ = pad._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == pad.model_id
    assert data["text/plain"].startswith("<pad: The network reads a 0")
    (alt,) = re.findall(r'<img [^>]*alt="([^"]+)"', data["text/html"])
    assert "The network reads a 0 (50.0%)" in alt
    assert "<script" not in data["text/html"]


def test_equal_pads_have_equal_faces(reader):
    faces = [
        Pad(
            reader, (np.eye(50, 784), np.arange(50) % 10), rng=np.random.default_rng(9)
        ).html
        for _ in range(2)
    ]
    assert faces[0] == faces[1]


@pytest.mark.parametrize(("label", "verdict"), [(0, "it is right"), (7, "it is wrong")])
def test_sentence_judges_a_labelled_digit(label, verdict):
    assert sentence(PROBS, label).endswith(f"labelled {label}: {verdict}.")

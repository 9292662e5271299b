"""Attention on a short text, taken apart for one query: scores, division, softmax.

One head is built by hand, so that a pencil can follow it: query and key of a letter are
the same arrow, SIZE long, along an axis of its own. Their product is SIZE² for two
equal letters and 0 for others. The other two heads are those that ``verses`` has
learnt.
"""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.data.verses import ALPHABET, encode
from nb_lib.numpy.attention import attention_weights, causal_mask
from nb_lib.sections.s09_18_beyond.verses.training import CONTEXT, reloaded

MOST = 18  # characters
SIZE = 4.0
TEXTS = ("vanity of vanities", "to every thing", "a time to dance")
_MODELS = []


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; beyond the last character all is nan."""

    text: str
    query: int  # its place, from 0
    scores: np.ndarray  # (MOST,), q·k of this query with each key
    divided: np.ndarray  # (MOST,), nan where the mask hides the key
    weights: np.ndarray  # (MOST, MOST)
    divisor: float


def compute(text, head, query, divisor, causal, shuffled):
    """Take the text apart into queries and keys, and let one query look."""
    if shuffled:
        order = np.random.default_rng(18).permutation(len(text))
        text = "".join([text[place] for place in order])
    q, k = queries_and_keys(text, head)
    by = divided_by(divisor, q.shape[1])
    mask = causal_mask(len(text)) if causal else None
    weights = attention_weights(q, k, mask=mask, scale=1 / by)
    row = min(query, len(text)) - 1
    scores = k @ q[row]
    seen = scores / by if mask is None else np.where(mask[row], scores / by, np.nan)
    whole = np.full((MOST, MOST), np.nan)
    whole[: len(text), : len(text)] = weights
    return Frame(
        text=text,
        query=row,
        scores=line(scores),
        divided=line(seen),
        weights=whole,
        divisor=by,
    )


def queries_and_keys(text, head):
    """Return q and k (T, d) of a text under one of the heads."""
    tokens = encode(text)
    if head == "same letter":
        arrows = SIZE * np.eye(len(ALPHABET))[tokens]
        return arrows, arrows
    writer = learnt()
    writer.forward(tokens[None, :CONTEXT])
    layer, number = writer.blocks[0].attention, int(head[-1]) - 1
    return layer.query[0, number].astype(float), layer.key[0, number].astype(float)


def learnt():
    """Return the trained writer, the same one every time."""
    if not _MODELS:
        _MODELS.append(reloaded())
    return _MODELS[0]


def divided_by(divisor, d):
    """Turn the name of a divisor into a number."""
    return {"1": 1.0, "root": d**0.5, "d": float(d)}[divisor]


def line(values):
    """Put values into an array (MOST,), the rest nan."""
    whole = np.full(MOST, np.nan)
    whole[: len(values)] = values
    return whole


def describe(frame):
    """Say the numbers that matter in one sentence."""
    shares = frame.weights[frame.query]
    keys = greatest(shares, frame.scores)
    share, score = shares[keys[0]], words.minus(f"{frame.scores[keys[0]]:.1f}")
    of_all = "share" if len(keys) == 1 else "shares"
    each = "" if len(keys) == 1 else " each"
    return (
        f"The query {named(frame.text, frame.query)} gives "
        f"{words.listed([named(frame.text, key) for key in keys])} the greatest "
        f"{of_all}, {share:.2f}{each}: q·k is {score}, divided by "
        f"{frame.divisor:.1f}."
    )


def greatest(shares, scores):
    """Return the keys of the greatest share: all that the digits shown call equal."""
    first = int(np.rint(1e9 * np.nan_to_num(shares)).argmax())
    shown = np.stack([np.rint(100 * shares), np.rint(10 * scores)])
    is_equal = np.all(shown == shown[:, first : first + 1], axis=0)
    return [int(key) for key in np.flatnonzero(is_equal)]


def named(text, place):
    """Name a character with its place, counted from 1."""
    letter = text[place].replace(" ", "␣")
    return f"'{letter}' (place {place + 1})"

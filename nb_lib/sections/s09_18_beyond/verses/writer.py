"""The explorer's calculation: what the writer says and where it looks, step by step."""

from dataclasses import dataclass

import numpy as np

from nb_lib.data.asset import floats_of
from nb_lib.data.verses import decode, encode
from nb_lib.numpy.transformer import sample
from nb_lib.sections.s09_18_beyond.verses.training import (
    STEPS,
    Snapshot,
    bigram_loss,
    load,
    new_model,
    paid,
    reloaded,
    snapshots,
)

VERSE, PROMPT, COUNT, WIDTH, DICE = "vanity of vanities", "vanity ", 65, 24, 7
BIGRAM = bigram_loss()


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    count: int  # steps done
    at: np.ndarray  # (B,), steps in the middle of each stretch
    losses: np.ndarray  # (B,), mean loss of the stretch, nats
    weights: np.ndarray  # (T, T), attention of one head over VERSE
    lines: tuple  # what it writes, WIDTH characters a line
    loss: float  # of the latest stretch; nan before the first
    has_places: bool


def compute(temperature, head, places):
    """Train the writer; offer a frame after every few steps."""
    model = new_model(places)
    for snapshot in snapshots(places):

        def frame(snapshot=snapshot):
            load(model, snapshot.params)
            return frame_of(model, snapshot, temperature, head, places)

        yield frame


def compute_finished(temperature, head, places):
    """Let the writer write as after its last step, from what it has learnt.

    A page carries that, because the last bits of a sum decide what it would learn.
    """
    losses = floats_of(paid()).astype(float).reshape(2, STEPS)[int(places)]
    snapshot = Snapshot(STEPS, tuple(losses), {})
    return frame_of(reloaded(places), snapshot, temperature, head, places)


def frame_of(model, snapshot, temperature, head, places):
    """Let the writer write and read, with the same dice at every step."""
    losses = stretches(snapshot.losses)
    model.forward(encode(VERSE)[None])
    weights = model.blocks[0].attention.weights[0, head - 1].astype(float)
    rng = np.random.default_rng(DICE)
    said = sample(model, encode(PROMPT), COUNT, rng=rng, temperature=temperature)
    return Frame(
        count=snapshot.count,
        at=10 + 20 * np.arange(len(losses)),
        losses=losses,
        weights=weights,
        lines=wrapped(decode(said)),
        loss=float(losses[-1]) if len(losses) else float("nan"),
        has_places=places,
    )


def stretches(losses):
    """Return the means of every twenty losses: single batches are too noisy."""
    return np.array(losses).reshape(-1, 20).mean(axis=1)


def wrapped(text):
    """Cut a text into lines of equal length; the end of a verse becomes a slash."""
    text = text.replace("\n", "/")
    return tuple([text[n : n + WIDTH] for n in range(0, len(text), WIDTH)])


def describe(frame):
    """Say the numbers that matter, and how the text begins."""
    kind = "with places" if frame.has_places else "without places"
    if not frame.count:
        return f"The writer {kind} is untrained; each of 36 characters is as likely."
    return (
        f"After {frame.count} of {STEPS} steps the writer {kind} pays {frame.loss:.2f} "
        f"nats for a character; the table of pairs pays {BIGRAM:.2f}. It writes "
        f"“{frame.lines[0].strip()} …”."
    )

"""The one training of the small writer, a picture of its weights every few steps."""

from dataclasses import dataclass

import numpy as np

from nb_lib.data.asset import asset, floats_of, octets_of
from nb_lib.data.verses import ALPHABET, TEXT, encode, passages
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.optimisers import Adam, Clipped
from nb_lib.numpy.train import descend
from nb_lib.numpy.transformer import LanguageModel

CONTEXT, FEATURES, HEADS, BATCH = 32, 24, 2, 8
STEPS, EVERY, RATE, SEED = 800, 40, 0.01, 0
TOKENS = encode(TEXT)
CUT = len(TOKENS) * 9 // 10  # the last tenth is read by nobody in training
_DONE = {}


@dataclass(frozen=True)
class Snapshot:
    """The weights after some steps, and the loss of each batch until then (nats)."""

    count: int
    losses: tuple
    params: dict


def new_model(places, seed=SEED):
    """Make the writer untrained; without places all places are alike, and zero."""
    model = LanguageModel(
        len(ALPHABET),
        context=CONTEXT,
        features=FEATURES,
        heads=HEADS,
        blocks=1,
        rng=np.random.default_rng([seed, 0]),
        dtype="float32",
    )
    if not places:
        model.places[:] = 0
    return model


def snapshots(places):
    """Train on the first nine tenths of the text; yield a Snapshot every few steps.

    What has been trained once in this process is remembered.
    """
    if places in _DONE:
        yield from _DONE[places]
        return
    found = []
    for snapshot in trained(places, SEED, STEPS):
        found.append(snapshot)
        yield snapshot
    _DONE[places] = found


def trained(places, seed, steps):
    """Train a writer of one's own seed; yield a Snapshot every few steps."""
    model = new_model(places, seed)
    rng = np.random.default_rng([seed, 1])
    own = {k: w for k, w in model.params.items() if places or k != "places"}
    optimiser = Clipped(Adam(own, lr=RATE), max_norm=1.0)
    data = (passages(TOKENS[:CUT], BATCH, CONTEXT, rng=rng) for _ in range(steps))
    losses = []
    yield Snapshot(0, (), copied(model))
    for step in descend(model, cross_entropy, data, optimiser, watch=steps):
        losses.append(step.loss)
        if step.count % EVERY == 0:
            yield Snapshot(step.count, tuple(losses), copied(model))


def copied(model):
    """Copy the parameters of a model, by name."""
    return {name: w.copy() for name, w in model.params.items()}


def load(model, params):
    """Put copied parameters into a model of the same sizes."""
    for name, w in model.params.items():
        w[...] = params[name]


def finished(places=True):
    """Return the writer after its last step."""
    model = new_model(places)
    load(model, latest(snapshots(places)).params)
    return model


def latest(found):
    """Return the last of some snapshots."""
    for snapshot in found:
        last = snapshot
    return last


@asset
def learnt():
    """Return the bytes of all that the writer has learnt, for pages to carry."""
    return octets_of(finished().params.values())


@asset
def learnt_without():
    """Return what the writer without places has learnt."""
    return octets_of(finished(places=False).params.values())


@asset
def paid():
    """Return the bytes of the loss of each batch, without places and with them."""
    return octets_of([latest(snapshots(places)).losses for places in (False, True)])


def reloaded(places=True):
    """Return the writer after its last step, from those bytes."""
    flat = floats_of(learnt() if places else learnt_without())
    model, at = new_model(places), 0
    for w in model.params.values():
        w[...] = flat[at : at + w.size].reshape(w.shape)
        at += w.size
    return model


def unread(n, length):
    """Draw passages (n, length) of the last tenth, always the same, and targets."""
    return passages(TOKENS[CUT:], n, length, rng=np.random.default_rng(18))


def loss_of(model, n=60):
    """Mean loss in nats of a character of the last tenth of the text."""
    tokens, targets = unread(n, CONTEXT)
    return float(cross_entropy(model.forward(tokens), targets))


def bigram_loss():
    """Give the loss of a table that knows only the character before.

    Its counts are those of the first nine tenths, with a tenth added to each, and its
    loss that of the last tenth.
    """
    size = len(ALPHABET)
    pairs = TOKENS[: CUT - 1] * size + TOKENS[1:CUT]
    counts = np.zeros(size * size)
    values, times = np.unique(pairs, return_counts=True)
    counts[values] = times
    table = counts.reshape(size, size) + 0.1
    table /= table.sum(axis=1, keepdims=True)
    unread_tokens = TOKENS[CUT:]
    return float(-np.log(table[unread_tokens[:-1], unread_tokens[1:]]).mean())


def loss_after(places, *, seed, steps):
    """Train a writer of its own seed; return its loss on the last tenth, in nats."""
    model = new_model(places, seed)
    load(model, latest(trained(places, seed, steps)).params)
    return loss_of(model)

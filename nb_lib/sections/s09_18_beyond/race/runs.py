"""The trainings of the race: one question, one architecture, so many examples.

A line has 10 places. A word of 6 letters of 4 kinds stands at its beginning, blanks
(all zeros) fill the rest; at the test the word may stand further to the right. Of the
letters only *a* and *b* matter for the label:

- "pair": does *b* come right behind *a* anywhere? A small window can tell.
- "first": of one *a* and one *b*, which comes first? The order tells.
- "more": are there more *a* than *b*? The set of letters tells.
"""

import numpy as np

from nb_lib.numpy.attention import MultiHeadAttention
from nb_lib.numpy.convolution import ConvNet
from nb_lib.numpy.init import lecun_normal
from nb_lib.numpy.layers import Linear
from nb_lib.numpy.losses import cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.numpy.optimisers import Adam
from nb_lib.numpy.recurrent import SequenceNet
from nb_lib.numpy.train import accuracy, descend

PLACES, WORD, KINDS, FEATURES, TESTED = 10, 6, 4, 12, 1000
TASKS = ("pair", "first", "more")
MODELS = ("MLP", "convolution", "LSTM", "attention")
AMOUNTS = (20, 50, 100, 200, 500)
SHIFTS = (0, 1, 2, 4)
STEPS, BATCH, RATE = 250, 20, 0.01


def words(task, n, *, rng):
    """Draw n words (n, 6) of the letters 0 to 3, and labels, as many 0 as 1."""
    wanted, found = rng.permutation(np.arange(n) % 2), np.zeros((n, WORD), int)
    open_rows = np.arange(n)
    while len(open_rows):
        drawn = rng.integers(0, KINDS, size=(len(open_rows), WORD))
        labels, counts = labelled(task, drawn)
        fits = counts & (labels == wanted[open_rows])
        found[open_rows[fits]] = drawn[fits]
        open_rows = open_rows[~fits]
    return found, wanted


def labelled(task, letters):
    """Return the labels (n,) of words, and whether each word asks a fair question."""
    is_a, is_b = letters == 0, letters == 1
    if task == "pair":
        pair = (is_a[:, :-1] & is_b[:, 1:]).any(axis=1)
        return pair.astype(int), is_a.any(axis=1) & is_b.any(axis=1)
    if task == "first":
        fair = (is_a.sum(axis=1) == 1) & (is_b.sum(axis=1) == 1)
        return (is_a.argmax(axis=1) < is_b.argmax(axis=1)).astype(int), fair
    balance = is_a.sum(axis=1) - is_b.sum(axis=1)
    return (balance > 0).astype(int), balance != 0


def lines(letters, shift):
    """Put words into lines (n, 10, 4), one-hot, so many places to the right."""
    x = np.zeros((len(letters), PLACES, KINDS))
    x[:, shift : shift + WORD] = np.eye(KINDS)[letters]
    return x


class SetNet:
    """Attention without places over all tokens, then the mean of the replies.

    Shapes: x (N, T, D), logits (N, classes).
    """

    def __init__(self, features, hidden, classes, *, rng):
        streams = rng.spawn(3)
        how = {"init": lecun_normal}
        self.lift = Linear(features, hidden, rng=streams[0], **how)
        self.attention = MultiHeadAttention(hidden, heads=2, rng=streams[1])
        self.head = Linear(hidden, classes, rng=streams[2], **how)
        self.parts = {"0": self.lift, "1": self.attention, "2": self.head}
        self.params, self.grads, self.deltas = self._collect("params"), {}, []

    def forward(self, x):
        """Map sequences x (N, T, D) to logits (N, classes)."""
        n, steps, features = x.shape
        tokens = self.lift.forward(x.reshape(-1, features)).reshape(n, steps, -1)
        replies = tokens + self.attention.forward(tokens)
        self.steps = steps
        return self.head.forward(replies.mean(axis=1))

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads``."""
        dmean = self.head.backward(dlogits)[:, None] / self.steps
        dreplies = np.repeat(dmean, self.steps, axis=1)
        dtokens = dreplies + self.attention.backward(dreplies)
        self.lift.backward(dtokens.reshape(-1, dtokens.shape[-1]), needs_dx=False)
        self.grads, self.deltas = self._collect("grads"), [dlogits]

    def _collect(self, kind):
        return {
            f"{number}.{name}": array
            for number, part in self.parts.items()
            for name, array in getattr(part, kind).items()
        }


def new_net(model, rng):
    """Make an untrained net of a few hundred parameters, the LSTM 842."""
    if model == "MLP":
        return MLP((PLACES * KINDS, FEATURES, 2), rng=rng)
    if model == "convolution":
        return ConvNet((KINDS, FEATURES), 2, rng=rng)
    if model == "LSTM":
        return SequenceNet(KINDS, FEATURES, 2, rng=rng)
    return SetNet(KINDS, FEATURES, 2, rng=rng)


def shaped(model, x):
    """Give lines (n, 10, 4) the shape that a model reads."""
    if model == "MLP":
        return x.reshape(len(x), -1)
    if model == "convolution":
        return x.transpose(0, 2, 1)[:, :, None]  # an image one pixel high
    return x


def shares(task, model, amount, *, seed):
    """Train on words at the beginning; give the shares right at each of SHIFTS."""
    start, draw, order, test = np.random.default_rng(seed).spawn(4)
    net = new_net(model, start)
    letters, labels = words(task, amount, rng=draw)
    x = shaped(model, lines(letters, 0))
    rows = (order.permutation(amount)[:BATCH] for _ in range(STEPS))
    data = ((x[i], labels[i]) for i in rows)
    optimiser = Adam(net.params, lr=RATE)
    for _ in descend(net, cross_entropy, data, optimiser, watch=STEPS):
        pass
    letters, labels = words(task, TESTED, rng=test)
    return [accuracy(net, shaped(model, lines(letters, s)), labels) for s in SHIFTS]

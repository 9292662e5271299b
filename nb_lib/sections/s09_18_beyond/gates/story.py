"""A message, noise, and a question at the end: an RNN and an LSTM of one unit each.

Every step brings three numbers: a value, a flag "store" and a flag "read". The weights
are set by hand, so that a pencil can follow: the RNN adds what it reads, the LSTM lets
it in only where the flag says so.
"""

from dataclasses import dataclass

import numpy as np

from nb_lib import words
from nb_lib.numpy.recurrent import LSTM, RNN

LONGEST, SEED, SHARP = 60, 18, 10.0
FIRST, SECOND = 0.8, -0.6  # the two messages


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; what lies beyond the last step is nan."""

    t: np.ndarray  # (T,), 1 ... T
    value: np.ndarray  # (T,)
    state: np.ndarray  # (T,), h of the RNN
    cell: np.ndarray  # (T,), c of the LSTM
    gates: np.ndarray  # (3, T): input, forget, output
    of_rnn: np.ndarray  # (T,), dh_T / dh_t
    of_lstm: np.ndarray  # (T,), dc_T / dc_t
    power: np.ndarray  # (T,), |w|^(T-t)
    taken: float  # what the last message has put into the cell
    forget: float  # the forget gate while nothing is stored


def compute(w, bias, steps, noise, second):
    """Let both read the sequence, and walk back from the last step."""
    x = sequence(steps, noise, second)
    rnn, lstm = plain(w), gated(bias)
    h = rnn.forward(x)
    lstm.forward(x)
    end = np.zeros((1, steps, 1))
    end[0, -1, 0] = 1
    rnn.backward(end)
    lstm.backward(end)
    t = np.arange(1, steps + 1)
    along = lstm.dstates[0, :, 0]
    return Frame(
        t=t,
        value=x[0, :, 0],
        state=h[0, :, 0],
        cell=lstm.c[0, :, 0],
        gates=np.stack([gate[0, :, 0] for gate in (lstm.gates[i] for i in (0, 1, 3))]),
        of_rnn=np.abs(rnn.dstates[0, :, 0]),
        of_lstm=np.abs(along / along[-1]),
        power=np.abs(w) ** (steps - t),
        taken=float(np.tanh(SECOND if second else FIRST)),
        forget=float(1 / (1 + np.exp(-bias))),
    )


def sequence(steps, noise, second):
    """Give x (1, T, 3): a message first, perhaps another in the middle, and noise."""
    x = np.zeros((1, steps, 3))
    drawn = np.random.default_rng(SEED).uniform(-1, 1, size=LONGEST)
    x[0, :, 0] = noise * drawn[:steps]
    x[0, 0] = (FIRST, 1, 0)
    if second:
        x[0, steps // 2] = (SECOND, 1, 0)
    x[0, -1, 2] = 1
    return x


def plain(w):
    """Make the RNN h ← tanh(value + w h); it sees no flags."""
    rnn = RNN(3, 1, rng=np.random.default_rng(0))
    rnn.params["w_x"][:, 0] = (1, 0, 0)
    rnn.params["w_h"][0, 0] = w
    return rnn


def gated(bias):
    """Make the LSTM: "store" opens its input gate and shuts its forget gate.

    The columns are those of the gates i, f, g and o.
    """
    lstm = LSTM(3, 1, rng=np.random.default_rng(0), gain=0.0)
    lstm.params["w_x"][:] = np.array(
        [
            (0, 0, 1, 0),
            (SHARP, -2 * SHARP, 0, 0),
            (0, 0, 0, SHARP),
        ]
    )
    lstm.params["b"][:] = (-SHARP / 2, bias, 0, -SHARP / 2)
    return lstm


def describe(frame):
    """Say the numbers that matter in one sentence."""
    steps = len(frame.t)
    taken = words.minus(f"{frame.taken:.2f}")
    end = words.minus(f"{frame.cell[-1]:.2f}")
    return (
        f"Back over {steps - 1} steps the gradient is multiplied by "
        f"{frame.of_rnn[0]:.2g} in the RNN and by {frame.of_lstm[0]:.2g} in the LSTM, "
        f"whose forget gate rests at {frame.forget:.2f}; the last message put "
        f"{taken} into its cell, which ends at {end}."
    )

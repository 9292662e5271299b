"""Recurrent layers: one set of weights, used again at every step of a sequence.

A layer reads x (N, T, D), N sequences of T steps, and gives its state after every step,
h (N, T, H), from a state of zeros. ``backward`` walks back through time, and keeps in
``dstates`` (N, T, H) the whole dL/dh_t (of the LSTM: dL/dc_t) of every step. Equal to
``torch.nn.RNN`` and ``torch.nn.LSTM`` with one bias in place of their two. An x of
another shape is a ValueError.
"""

import numpy as np

from nb_lib.data._checks import generator
from nb_lib.numpy._floats import floats
from nb_lib.numpy._sequences import check_sequence, check_state_of
from nb_lib.numpy._settings import check_count, check_dtype, check_number, pick
from nb_lib.numpy.activations import sigmoid
from nb_lib.numpy.init import lecun_normal, orthogonal
from nb_lib.numpy.layers import Linear


def rnn_cell(x, h, w_x, w_h, b):
    """One step: h ← tanh(x w_x + h w_h + b).

    Shapes: x (N, D), h (N, H), w_x (D, H), w_h (H, H), b (H,).

    Source: Jeffrey Elman (1990), figure 2.
    """
    return np.tanh(floats(x) @ floats(w_x) + floats(h) @ floats(w_h) + b)


def lstm_cell(x, h, c, w_x, w_h, b):
    """One step with a memory: c ← f ⊙ c + i ⊙ g, h ← o ⊙ tanh c.

    The gates i, f and o are σ of x w_x + h w_h + b, a quarter of it each, and the
    candidate g is tanh of the third quarter: i, f, g, o in this order. Returns h, c
    and the four. Shapes: x (N, D), h, c and the four (N, H), w_x (D, 4H),
    w_h (H, 4H), b (4H,).

    Source: Sepp Hochreiter and Jürgen Schmidhuber (1997), with the forget gate of
    Felix Gers et al. (2000).
    """
    c = floats(c)
    z = floats(x) @ floats(w_x) + floats(h) @ floats(w_h) + b
    i, f, _, o = np.split(sigmoid(z), 4, axis=-1)  # one call is cheaper than three
    g = np.tanh(np.split(z, 4, axis=-1)[2])
    c = f * c + i * g
    return o * np.tanh(c), c, (i, f, g, o)


def _in_rows(sequences):
    """Give sequences (N, T, D) as rows (N T, D)."""
    return sequences.reshape(-1, sequences.shape[2])


class _Recurrent:
    """What both have in common: the parameters, and the check at the door."""

    def __init__(self, features, hidden, *, quarters, rng, gain, dtype):
        name = type(self).__name__
        check_count(name, "features", features)
        check_count(name, "hidden", hidden)
        check_number(name, "a gain", gain, 0)
        dtype = check_dtype(dtype, name)
        streams = generator(rng).spawn(2)
        w_x = [lecun_normal(features, hidden, rng=streams[0]) for _ in range(quarters)]
        w_h = [orthogonal(hidden, hidden, rng=streams[1]) for _ in range(quarters)]
        self.params = {
            "w_x": np.concatenate(w_x, axis=1).astype(dtype),
            "w_h": (gain * np.concatenate(w_h, axis=1)).astype(dtype),
            "b": np.zeros(quarters * hidden, dtype),
        }
        self.hidden, self.grads = int(hidden), {}

    def _sequence(self, x):
        """Check x (N, T, D) and give it as floats."""
        check_sequence(type(self).__name__, x, len(self.params["w_x"]))
        return floats(x, self.params["w_x"].dtype)

    def _state(self, state, what):
        """Check the state before the first step; where there is none, give zeros."""
        n = len(self.x)
        check_state_of(type(self).__name__, what, state, n, self.hidden)
        zeros = np.zeros((n, self.hidden), self.x.dtype)
        return zeros if state is None else floats(state, self.x.dtype)

    def _backward(self, dz):
        """Take dL/dz of all steps, keep the gradients, return dL/dx."""
        x, before, rows = map(_in_rows, (self.x, self.before, dz))
        self.grads = {
            "w_x": x.T @ rows,
            "w_h": before.T @ rows,
            "b": dz.sum(axis=(0, 1)),
        }
        return dz @ self.params["w_x"].T


class RNN(_Recurrent):
    """h_t = tanh(x_t w_x + h_(t-1) w_h + b), t = 1 ... T.

    Shapes: x (N, T, D), h (N, T, H), w_x (D, H), w_h (H, H), b (H,). w_h starts as
    ``gain`` times an orthogonal matrix, which shortens no gradient if the gain is 1.
    """

    def __init__(self, features, hidden, *, rng, gain=1.0, dtype="float64"):
        super().__init__(features, hidden, quarters=1, rng=rng, gain=gain, dtype=dtype)

    def forward(self, x, h=None):
        """Map x (N, T, D) to the states h (N, T, H); before the first it is ``h``."""
        self.x = self._sequence(x)
        states = [self._state(h, "h")]
        for t in range(x.shape[1]):
            states.append(rnn_cell(self.x[:, t], states[-1], *self.params.values()))
        self.before = np.stack(states[:-1], axis=1)  # h_(t-1)
        self.h = np.stack(states[1:], axis=1)
        return self.h

    def backward(self, dh):
        """Take dL/dh (N, T, H), keep all gradients in ``grads``, return dL/dx."""
        w_h, total = self.params["w_h"], 0
        dz, self.dstates = np.zeros_like(self.h), np.zeros_like(self.h)
        for t in range(dh.shape[1] - 1, -1, -1):
            self.dstates[:, t] = dh[:, t] + total  # from here, and from later steps
            dz[:, t] = self.dstates[:, t] * (1 - self.h[:, t] ** 2)
            total = dz[:, t] @ w_h.T
        return self._backward(dz)


class LSTM(_Recurrent):
    """c_t = f ⊙ c_(t-1) + i ⊙ g and h_t = o ⊙ tanh c_t, see ``lstm_cell``.

    Shapes: x (N, T, D), h and c (N, T, H), w_x (D, 4H), w_h (H, 4H), b (4H,). After
    ``forward`` the cells are in ``c`` and the gates i, f, g, o in ``gates``. The bias
    of the forget gates starts at ``forget_bias``: at 1 they begin almost open.

    Source of the bias: Rafal Jozefowicz et al. (2015), section 5.
    """

    def __init__(
        self, features, hidden, *, rng, gain=1.0, forget_bias=1.0, dtype="float64"
    ):
        super().__init__(features, hidden, quarters=4, rng=rng, gain=gain, dtype=dtype)
        self.params["b"][hidden : 2 * hidden] = forget_bias

    def forward(self, x, h=None, c=None):
        """Map x (N, T, D) to the states h (N, T, H); before the first: ``h``, ``c``."""
        self.x = self._sequence(x)
        h, c = self._state(h, "h"), self._state(c, "c")
        hs, cs, gates = [h], [c], []
        for t in range(x.shape[1]):
            h, c, found = lstm_cell(self.x[:, t], h, c, *self.params.values())
            hs.append(h)
            cs.append(c)
            gates.append(np.stack(found))
        self.before, self.c_before = (
            np.stack(hs[:-1], axis=1),
            np.stack(cs[:-1], axis=1),
        )
        self.gates = tuple(np.stack(gates, axis=2))  # i, f, g, o, each (N, T, H)
        self.h, self.c = np.stack(hs[1:], axis=1), np.stack(cs[1:], axis=1)
        return self.h

    def backward(self, dh):
        """Take dL/dh (N, T, H), keep all gradients in ``grads``, return dL/dx."""
        i, f, g, o = self.gates
        steps, size = dh.shape[1], self.hidden
        dz, self.dstates = (
            np.zeros((len(dh), steps, 4 * size), dh.dtype),
            np.zeros_like(dh),
        )
        total, dc = 0, 0
        for t in range(steps - 1, -1, -1):
            now, bent = dh[:, t] + total, np.tanh(self.c[:, t])
            dc = dc + now * o[:, t] * (1 - bent**2)
            self.dstates[:, t] = dc
            parts = (
                dc * g[:, t] * i[:, t] * (1 - i[:, t]),
                dc * self.c_before[:, t] * f[:, t] * (1 - f[:, t]),
                dc * i[:, t] * (1 - g[:, t] ** 2),
                now * bent * o[:, t] * (1 - o[:, t]),
            )
            dz[:, t] = np.concatenate(parts, axis=1)
            dc = dc * f[:, t]  # the road without a matrix
            total = dz[:, t] @ self.params["w_h"].T
        return self._backward(dz)


LAYERS = {"rnn": RNN, "lstm": LSTM}


class SequenceNet:
    """Read a whole sequence, then decide: logits = h_T w + b.

    ``layer`` is "rnn" or "lstm". ``params`` and ``grads`` map "0.w_x", "0.w_h", "0.b",
    "1.w" and "1.b" to arrays, so that every optimiser and ``descend`` fit; ``deltas``
    holds dL/d(state) (N, T, H) and dL/dlogits.
    """

    def __init__(
        self, features, hidden, classes, *, rng, layer="lstm", dtype="float64"
    ):
        make, streams = pick(LAYERS, layer, "layer"), generator(rng).spawn(2)
        self.layer = make(features, hidden, rng=streams[0], dtype=dtype)

        def draw(fan_in, fan_out, *, rng):
            return lecun_normal(fan_in, fan_out, rng=rng).astype(check_dtype(dtype))

        self.head = Linear(hidden, classes, rng=streams[1], init=draw)
        self.params, self.grads, self.deltas = self._collect("params"), {}, []

    def forward(self, x):
        """Map sequences x (N, T, D) to logits (N, C)."""
        self.h = self.layer.forward(x)
        return self.head.forward(self.h[:, -1])

    def backward(self, dlogits):
        """Take dL/dlogits; keep all gradients in ``grads`` and ``deltas``."""
        dh = np.zeros_like(self.h)
        dh[:, -1] = self.head.backward(dlogits)
        self.layer.backward(dh)
        self.grads = self._collect("grads")
        self.deltas = [self.layer.dstates, dlogits]

    def _collect(self, kind):
        return {
            f"{number}.{name}": array
            for number, layer in enumerate((self.layer, self.head))
            for name, array in getattr(layer, kind).items()
        }

"""Recurrent layers in tensor operations; autograd walks back through time.

A layer reads x (N, T, D), N sequences of T steps, and gives its state after every step,
h (N, T, H), from a state of zeros. In one's own work: ``torch.nn.RNN`` and
``torch.nn.LSTM`` with ``batch_first=True``, whose weights are the transposes of ours
and whose two biases add up to our one. An x of another shape is a ValueError.
"""

import torch
from torch import nn

from nb_lib.data._checks import generator
from nb_lib.numpy._sequences import check_sequence, check_state_of
from nb_lib.numpy._settings import check_count, check_dtype, check_number, pick
from nb_lib.torch._floats import floats
from nb_lib.torch.init import lecun_normal, orthogonal
from nb_lib.torch.layers import Linear


def rnn_cell(x, h, w_x, w_h, b):
    """One step: h ← tanh(x w_x + h w_h + b).

    Shapes: x (N, D), h (N, H), w_x (D, H), w_h (H, H), b (H,).

    Source: Jeffrey Elman (1990), figure 2.
    """
    return torch.tanh(floats(x) @ floats(w_x) + floats(h) @ floats(w_h) + b)


def lstm_cell(x, h, c, w_x, w_h, b):
    """One step with a memory: c ← f ⊙ c + i ⊙ g, h ← o ⊙ tanh c.

    The gates i, f and o are σ of x w_x + h w_h + b, a quarter of it each, and the
    candidate g is tanh of the third quarter: i, f, g, o in this order. Returns h, c
    and the four. Shapes: x (N, D), h, c and the four (N, H), w_x (D, 4H),
    w_h (H, 4H), b (4H,).

    Source: Sepp Hochreiter and Jürgen Schmidhuber (1997), with the forget gate of
    Felix Gers et al. (2000).
    """
    z = floats(x) @ floats(w_x) + floats(h) @ floats(w_h) + b
    z_i, z_f, z_g, z_o = z.chunk(4, dim=-1)
    i, f, o = torch.sigmoid(z_i), torch.sigmoid(z_f), torch.sigmoid(z_o)
    g = torch.tanh(z_g)
    c = f * floats(c) + i * g
    return o * torch.tanh(c), c, (i, f, g, o)


class _Recurrent(nn.Module):
    """What both have in common: the parameters, and the check at the door."""

    def __init__(self, features, hidden, *, quarters, rng, gain, dtype):
        super().__init__()
        name = type(self).__name__
        check_count(name, "features", features)
        check_count(name, "hidden", hidden)
        check_number(name, "a gain", gain, 0)
        dtype = getattr(torch, check_dtype(dtype, name))
        streams = generator(rng).spawn(2)
        w_x = [lecun_normal(features, hidden, rng=streams[0]) for _ in range(quarters)]
        w_h = [orthogonal(hidden, hidden, rng=streams[1]) for _ in range(quarters)]
        self.w_x = nn.Parameter(torch.cat(w_x, dim=1).to(dtype))
        self.w_h = nn.Parameter((gain * torch.cat(w_h, dim=1)).to(dtype))
        self.b = nn.Parameter(torch.zeros(quarters * hidden, dtype=dtype))
        self.hidden = int(hidden)

    def _sequence(self, x):
        """Check x (N, T, D) and give it as floats."""
        check_sequence(type(self).__name__, x, len(self.w_x))
        return floats(x, self.w_x.dtype)

    def _state(self, state, what, x):
        """Check the state before the first step; where there is none, give zeros."""
        check_state_of(type(self).__name__, what, state, len(x), self.hidden)
        zeros = x.new_zeros((len(x), self.hidden))
        return zeros if state is None else floats(state, x.dtype)


class RNN(_Recurrent):
    """h_t = tanh(x_t w_x + h_(t-1) w_h + b), t = 1 ... T.

    Shapes: x (N, T, D), h (N, T, H), w_x (D, H), w_h (H, H), b (H,). w_h starts as
    ``gain`` times an orthogonal matrix, which shortens no gradient if the gain is 1.
    """

    def __init__(self, features, hidden, *, rng, gain=1.0, dtype="float64"):
        super().__init__(features, hidden, quarters=1, rng=rng, gain=gain, dtype=dtype)

    def forward(self, x, h=None):
        """Map x (N, T, D) to the states h (N, T, H); before the first it is ``h``."""
        x, states = self._sequence(x), []
        h = self._state(h, "h", x)
        for step in x.unbind(dim=1):
            h = rnn_cell(step, h, self.w_x, self.w_h, self.b)
            states.append(h)
        return torch.stack(states, dim=1)


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
        with torch.no_grad():
            self.b[hidden : 2 * hidden] = forget_bias

    def forward(self, x, h=None, c=None):
        """Map x (N, T, D) to the states h (N, T, H); before the first: ``h``, ``c``."""
        x, hs, cs, gates = self._sequence(x), [], [], []
        h, c = self._state(h, "h", x), self._state(c, "c", x)
        for step in x.unbind(dim=1):
            h, c, found = lstm_cell(step, h, c, self.w_x, self.w_h, self.b)
            hs.append(h)
            cs.append(c)
            gates.append(torch.stack(found))
        self.c, self.gates = torch.stack(cs, dim=1), tuple(torch.stack(gates, dim=2))
        return torch.stack(hs, dim=1)


LAYERS = {"rnn": RNN, "lstm": LSTM}


class SequenceNet(nn.Module):
    """Read a whole sequence, then decide: logits = h_T w + b.

    ``layer`` is "rnn" or "lstm". ``params`` maps "0.w_x", "0.w_h", "0.b", "1.w" and
    "1.b" to the parameters.
    """

    def __init__(
        self, features, hidden, classes, *, rng, layer="lstm", dtype="float64"
    ):
        super().__init__()
        make, streams = pick(LAYERS, layer, "layer"), generator(rng).spawn(2)
        self.layer = make(features, hidden, rng=streams[0], dtype=dtype)

        def draw(fan_in, fan_out, *, rng):
            kind = getattr(torch, check_dtype(dtype))
            return lecun_normal(fan_in, fan_out, rng=rng).to(kind)

        self.head = Linear(hidden, classes, rng=streams[1], init=draw)

    @property
    def params(self):
        """Parameters by the names that the NumPy twin gives them."""
        return {
            f"{number}.{name}": parameter
            for number, layer in enumerate((self.layer, self.head))
            for name, parameter in layer.named_parameters()
        }

    def forward(self, x):
        """Map sequences x (N, T, D) to logits (N, C)."""
        return self.head(self.layer(x)[:, -1])

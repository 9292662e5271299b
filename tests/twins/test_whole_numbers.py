"""Integers and bools count as float64, at every public door of both twins alike.

``CASES`` calls each public function with arrays of whole numbers; the answer must be
that of the same numbers in float64. ``WITHOUT`` lists, with the reason, what is given
no such array, so that a new function has to join one of the two tables.
"""

import dataclasses
import importlib
import inspect
import itertools
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.numpy.activations import ACTIVATIONS
from nb_lib.numpy.init import INITS

pytest.importorskip("torch")

DRAWS = np.random.default_rng(3)
X, Y = DRAWS.integers(0, 256, size=(2, 3, 5))  # bytes, as of an image
W, V = DRAWS.integers(0, 256, size=(2, 5, 7))
DY = DRAWS.integers(0, 256, size=(3, 7))
IMAGES, KERNELS = DRAWS.integers(0, 256, size=(2, 3, 2, 4, 4))
B, W_OUT = DRAWS.integers(0, 256, size=7), DRAWS.integers(0, 256, size=(7, 5))
BITS, ONES = DRAWS.integers(0, 2, size=(3, 5)), np.ones((3, 5), int)
TOKENS = np.stack([X, Y])  # two sequences of three tokens
EDGES, CYCLE = np.array([[0, 1], [150, 0]]), 1 - np.eye(3, dtype=int)
LABELS = np.array([4, 0, 2])
ROWS = np.eye(5, dtype=int)[LABELS]
XOR = np.array([0, 1, 1, 0])
SIDES = np.ones(3, int)
SEED = 8


def rng():
    return np.random.default_rng(SEED)


def trained(m, a):
    """Three steps on bytes; scaled logits keep the numbers small."""
    models, train = m.module("models"), m.module("train")
    net = models.MLP((5, 7, 5), rng=rng(), gain=1e-3)
    optimiser = m.module("optimisers").SGD(net.params, lr=1e-3)
    data = [(a(X), m.array(LABELS))] * 3
    steps = train.descend(net, m.module("losses").cross_entropy, data, optimiser)
    return [(s.loss, s.grad_norms, s.delta_norms) for s in steps], net.params


def clipped(m, a):
    """Three steps of a clipped optimiser whose bound is a whole number."""
    net = m.module("models").MLP((5, 7, 5), rng=rng(), gain=1e-3, norm="layer")
    module = m.module("optimisers")
    optimiser = module.SGD(net.params, lr=1e-3)
    optimiser = module.Clipped(optimiser, max_norm=a.number(1))
    data = [(a(X), m.array(LABELS))] * 3
    loss = m.module("losses").cross_entropy
    steps = m.module("train").descend(net, loss, data, optimiser)
    return [(s.loss, s.grad_norms) for s in steps], optimiser.total_norm


def nets_of(m):
    return m.module("many_nets").ManyNets((5, 4, 1), rngs=[rng(), rng()])


def stacked(m, a):
    nets = nets_of(m)
    optimiser = m.module("optimisers").SGD(nets.params, lr=1e-3)
    bits = a(BITS[:, :1])
    steps = m.module("many_nets").descend(nets, a(X), bits, optimiser)
    return [(s.losses, s.delta_norms) for s in islice(steps, 3)]


def cell(name, quarters, *states):
    """One step of a recurrent layer, everything in whole numbers."""

    def call(m, a):
        w_x, w_h = np.tile(BITS[:1].T, 4 * quarters), np.eye(4, 4 * quarters, dtype=int)
        given = [a(DY[:, n : n + 4]) for n, _ in enumerate(states)]
        b = a(np.arange(4 * quarters))
        return getattr(m.module("recurrent"), name)(a(X), *given, a(w_x), a(w_h), b)

    return call


def written_by(m):
    how = {"context": np.uint8(9), "features": 6, "heads": 2, "blocks": 1}
    return m.module("transformer").LanguageModel(np.uint8(5), rng=rng(), **how)


def fitted(m, a):
    module = m.module("sixty_lines")
    net = module.MLP((5, 7, 5), rng=rng(), init=m.module("init").normal)
    how = {"lr": 1e-3, "batch_size": 2}
    steps = module.fit(net, a(X), m.array(LABELS), rng=rng(), **how)
    return list(islice(steps, 3)), [*net.w, *net.b]


def forward(topic, name, **settings):
    def call(m, a):
        return getattr(m.module(topic), name)((5, 7, 3), rng=rng(), **settings).forward(
            a(X)
        )

    return call


def function(topic, name, *arrays, **settings):
    """Call the function with the arrays in the dtype in question."""

    def call(m, a):
        numbers = {k: a(v) if isinstance(v, np.ndarray) else v
                   for k, v in settings.items()}  # fmt: skip
        return getattr(m.module(topic), name)(*map(a, arrays), **numbers)

    return call


def in_net(m, a):
    net = m.module("approximation").interpolant(lambda x: 0.5 * x, 3, low=0, high=1)
    return m.module("approximation").sup_error(lambda x: 2 * x, net, a(X[:, :1]))


def built(name, *args, **settings):
    """Build a net from ends that are NumPy numbers and a target of whole numbers."""

    def call(m, a):
        module = m.module("approximation")
        ends = {k: a(np.array(v)).item() if m.name == "torch" else a(np.array(v))[()]
                for k, v in (("low", 0), ("high", 200))}  # fmt: skip
        net = getattr(module, name)(lambda x: a(200 - m.numpy(x).astype(int)), *args,
                                    **ends, **settings)  # fmt: skip
        return net.params

    return call


def learnt(m, a):
    module, ones = m.module("perceptron"), a(SIDES)
    choose = module.adversary(a(X), ones, a(X[0]))
    found = module.learn(a(X), ones, choose=choose)
    return [(k.row, k.w) for k in islice(found, 9)]


def proved(m, a):
    module = m.module("boolean")
    proof = module.decide(a(XOR))
    return proof, module.proves(proof, a(XOR)), module.number(a(XOR))


def number(topic, name, *values, **settings):
    """Call a function of single numbers with NumPy numbers of the dtype."""

    def call(m, a):
        given = [a.number(v) for v in values]
        settings_ = {k: v if isinstance(v, str) else a.number(v)
                     for k, v in settings.items()}  # fmt: skip
        return getattr(m.module(topic), name)(*given, **settings_)

    return call


def of_labels(name):
    return lambda m, a: getattr(m.module("losses"), name)(a(X), m.array(LABELS))


def classification_losses():
    for prefix in ("", "d_"):
        yield prefix + "hinge", function("losses", prefix + "hinge", X, ONES)
        for name, t in (("binary_cross_entropy", BITS), ("kl_divergence", ROWS)):
            yield prefix + name, function("losses", prefix + name, X, t)
        for name in ("cross_entropy", "focal"):
            yield prefix + name, of_labels(prefix + name)


def net_gradients(topic, name, **settings):
    """Gradients of a net whose scaled logits keep the numbers small."""

    def call(m, a):
        net = m.module("models").MLP((5, 7, 5), rng=rng(), gain=1e-3)
        loss = m.module("losses").cross_entropy
        how = {k: np.uint8(v) for k, v in settings.items()}
        given = a(X), m.array(LABELS)
        return getattr(m.module(topic), name)(net, loss, *given, **how)

    return call


def losses():
    for name, targets in (("mse", Y), ("hinge", ONES), ("kl_divergence", ROWS)):
        yield (
            f"value_and_gradient {name}",
            (
                lambda m, a, name=name, targets=targets: m.module(
                    "losses"
                ).value_and_gradient(m.module("losses").LOSSES[name], a(X), a(targets))
            ),
        )
    yield (
        "value_and_gradient",
        (
            lambda m, a: m.module("losses").value_and_gradient(
                m.module("losses").cross_entropy, a(X), m.array(LABELS)
            )
        ),
    )


CASES = {
    "accumulation": {
        "accumulated": net_gradients("accumulation", "accumulated", size=2),
        "micro_batches": lambda m, a: [share for *_, share in m.module(
            "accumulation").micro_batches(a(X), m.array(LABELS), size=np.uint8(2))],
    },
    "activations": {
        **{f"{d}{f}": function("activations", d + f, X)
           for f in ACTIVATIONS for d in ("", "d_")},
        "gelu tanh": lambda m, a: m.module("activations").gelu(
            a(X), approximate="tanh"),
        **{f: function("activations", f, X) for f in ("softmax", "log_softmax")},
        **{f: function("activations", f, X, Y)
           for f in ("d_softmax", "d_log_softmax")},
        "swiglu": function("activations", "swiglu", X, W, V),
        "d_swiglu": function("activations", "d_swiglu", X, W, V, DY),
    },
    "affine": {
        "collapse": lambda m, a: m.module("affine").collapse(
            [(a(W), a(B)), (a(W_OUT), a(B[:5]))]),
        "on_units": function("affine", "on_units", X, W, B),
        "patterns": function("affine", "patterns", X, W, B),
    },
    "approximation": {
        "sup_error": in_net,
        "interpolant": built("interpolant", np.uint8(255)),
        "staircase": built("staircase", np.uint8(9), sharpness=9),
        "interpolation_bound": lambda m, a: m.module(
            "approximation").interpolation_bound(
                a.number(9), np.uint8(255), low=a.number(0), high=a.number(200)),
    },
    "attention": {
        "attention_weights": function("attention", "attention_weights", X, Y),
        **{f"{d}scaled_dot_product_attention": function(
            "attention", f"{d}scaled_dot_product_attention", X, Y, BITS[:, :4],
            *([DY[:, :4]] if d else [])) for d in ("", "d_")},
        "MultiHeadAttention": lambda m, a: m.module("attention").MultiHeadAttention(
            5, heads=np.uint8(5), rng=rng()).forward(a(TOKENS)),
        "causal_mask": lambda m, a: m.module("attention").causal_mask(np.uint8(200)),
    },
    "boolean": {
        "decide": proved, "proves": proved, "number": proved,
        "products": function("boolean", "products", X),
        "hides_xor": lambda m, a: m.module("boolean").hides_xor(a(XOR[None])),
        "cube": lambda m, a: m.module("boolean").cube(np.uint8(8)),
    },
    "flows": {
        "solve": lambda m, a: m.module("flows").solve(
            lambda x: 0.5 * x, a(X), steps=np.uint8(3), span=a.number(1)),
        "field": function("flows", "field", X, W, B, W_OUT, B[:5]),
        "d_field": function("flows", "d_field", X, W, B, W_OUT, B[:5], Y),
        "NeuralODE": lambda m, a: m.module("flows").NeuralODE(
            np.uint8(5), np.uint8(7), rng=rng(), steps=np.uint8(2)).forward(a(X)),
        "NeuralODE adjoint": lambda m, a: m.module("flows").NeuralODE(
            5, 7, rng=rng(), steps=2).adjoint(a(X), a(Y)),
    },
    "gated": {
        "feed_forward": function("gated", "feed_forward", X, W, W_OUT),
        "gated_feed_forward": function("gated", "gated_feed_forward", X, W, V, W_OUT),
        "matched_width": lambda m, a: m.module("gated").matched_width(
            np.uint8(200), multiple=np.uint8(64)),
    },
    "graphs": {
        "adjacency": lambda m, a: m.module("graphs").adjacency(
            m.array(EDGES), vertices=np.uint8(200)),
        "normalised_adjacency": function("graphs", "normalised_adjacency", CYCLE),
        "smooth": function("graphs", "smooth", X, CYCLE, steps=np.uint8(2)),
        "graph_convolution": function("graphs", "graph_convolution", X, CYCLE, W, B),
        "d_graph_convolution": function(
            "graphs", "d_graph_convolution", X, CYCLE, W, B, DY),
        "GCN": lambda m, a: m.module("graphs").GCN(
            (5, 7, 2), a(CYCLE), rng=rng()).forward(a(X)),
    },
    "init": {
        "normal": lambda m, a: m.module("init").normal(
            3, 5, rng=rng(), std=a.number(1)),
        **{f: lambda m, a, f=f: getattr(m.module("init"), f)(
            np.uint8(200), np.uint8(100), rng=rng())
           for f in INITS if f != "orthogonal"},
        "orthogonal": lambda m, a: m.module("init").orthogonal(
            np.uint8(5), np.uint8(3), rng=rng()),
        "weight_variance": lambda m, a: m.module("init").weight_variance(
            "xavier_normal", np.uint8(200), np.uint8(100)),
    },
    "layers": {
        "Linear": lambda m, a: m.module("layers").Linear(
            5, 7, rng=rng()).forward(a(X)),
        "Activation": lambda m, a: m.module("layers").Activation(
            "sigmoid").forward(a(X)),
    },
    "checkpointing": {
        "checkpointed": net_gradients("checkpointing", "checkpointed", segments=2),
        **{name: lambda m, a, name=name: getattr(m.module("checkpointing"), name)(
            np.uint8(200), np.uint8(3))
           for name in ("cuts", "states_held", "layers_computed")},
    },
    "classification_losses": dict(classification_losses()),
    "convolution": {
        "conv2d": function("convolution", "conv2d", IMAGES, KERNELS, B[:3], padding=1),
        "d_conv2d": function(
            "convolution", "d_conv2d", IMAGES, KERNELS, B[:3], IMAGES[:, :1, :1, :1]
            + np.zeros((3, 3, 1, 1), int)),
        **{d + f: function("convolution", d + f, IMAGES, *[IMAGES[:, :, ::2, ::2]]
                           [:len(d)])
           for f in ("max_pool2d", "avg_pool2d") for d in ("", "d_")},
        "Conv2d": lambda m, a: m.module("convolution").Conv2d(
            2, 5, size=3, rng=rng()).forward(a(IMAGES)),
        "ConvNet": lambda m, a: m.module("convolution").ConvNet(
            (2, 3, 5), 7, rng=rng()).forward(a(IMAGES)),
    },
    "regression_losses": {
        prefix + name: function("losses", prefix + name, X, Y)
        for name in ("mse", "mae", "huber", "pinball") for prefix in ("", "d_")},
    "losses": dict(losses()),
    "models": {
        "MLP": forward("models", "MLP"),
        "MLP small": lambda m, a: m.module("models").MLP(
            (784, np.uint8(10)), rng=rng(), init="xavier_normal").params,
    },
    "normed": {
        "NormedMLP": forward("normed", "NormedMLP"),
    },
    "norms": {
        name: lambda m, a, name=name, keywords=keywords: getattr(
            m.module("norms"), name)(np.uint8(5), **keywords).forward(a(X))
        for name, keywords in (("BatchNorm", {}), ("LayerNorm", {}), ("RMSNorm", {}),
                               ("GroupNorm", {"groups": np.uint8(5)}))},
    "optimisers": {
        "Clipped": clipped,
    },
    "perceptron": {
        "threshold": function("perceptron", "threshold", X, B[:5], B[0]),
        "learn": learnt, "adversary": learnt,
        "radius": function("perceptron", "radius", X),
        "margin": function("perceptron", "margin", X, SIDES, X[0]),
        "mistake_bound": function("perceptron", "mistake_bound", X, SIDES, X[0]),
        "with_ones": function("perceptron", "with_ones", X),
    },
    "precision": {
        "half_gradients": net_gradients("precision", "half_gradients", scale=8),
        "all_finite": lambda m, a: float(m.module("precision").all_finite(
            {"w": a(X)})),
    },
    "propagation": {
        "signal_moment": number("propagation", "signal_moment", 200,
                                activation="relu"),
        "slope_moment": number("propagation", "slope_moment", 200, activation="relu"),
        "forward_variances": number(
            "propagation", "forward_variances", 200, depth=3, weight_variance=2,
            activation="relu"),
        "backward_variances": lambda m, a: m.module("propagation").backward_variances(
            [a.number(2), a.number(200)], activation="gelu",
            weight_variance=a.number(2)),
    },
    "recurrent": {
        "rnn_cell": cell("rnn_cell", 1, "h"),
        "lstm_cell": cell("lstm_cell", 4, "h", "c"),
        **{name: lambda m, a, name=name: getattr(m.module("recurrent"), name)(
            5, np.uint8(7), rng=rng()).forward(a(TOKENS), a(DY[:2]))
           for name in ("RNN", "LSTM")},
        "SequenceNet": lambda m, a: m.module("recurrent").SequenceNet(
            5, 7, 3, rng=rng()).forward(a(TOKENS)),
    },
    "regularisation": {
        "Dropout": lambda m, a: m.module("regularisation").Dropout(
            0.5, rng=rng()).forward(a(X)),
        "mask": lambda m, a: m.module("regularisation").mask(
            (np.uint8(200), np.uint8(2)), 0.5, rng=rng()),
        "mixup": lambda m, a: m.module("regularisation").mixup(
            a(X), a(BITS), alpha=a.number(1), rng=rng()),
        "Patience": lambda m, a: (lambda p: [p.is_over(a.number(v)) for v in (2, 200)]
                                  + [p.best])(
                                      m.module("regularisation").Patience(np.uint8(2))),
    },
    "schedules": {
        name: lambda m, a, name=name, settings=settings: getattr(
            m.module("schedules"), name)(
                a.number(20), **{k: np.uint8(v) for k, v in settings.items()})
        for name, settings in (("constant", {"warm_up": 255}),
                               ("step_decay", {"every": 7, "warm_up": 200}),
                               ("cosine", {"steps": 250, "warm_up": 200}),
                               ("one_cycle", {"steps": 250}),
                               ("inverse_sqrt", {"warm_up": 255}))},
    "sixty_lines": {
        "MLP": forward("sixty_lines", "MLP"), "fit": fitted,
        # logits come from forward, as floats; labels may be bytes
        "cross_entropy": lambda m, a: m.module("sixty_lines").cross_entropy(
            m.array(X.astype(float)), m.array(LABELS.astype("uint8"))),
    },
    "slopes": {
        **{f"{f} {name}": lambda m, a, f=f, name=name: getattr(
            m.module("slopes"), f)(a(X), activation=name)
           for f in ("slope", "curvature") for name in ("gelu", "silu", "tanh")},
        "crossing": lambda m, a: m.module("slopes").crossing(
            lambda z: z - 0.9 * float(a.number(200)), a.number(0), a.number(200)),
        "lowest": lambda m, a: m.module("slopes").lowest(
            activation="gelu", low=-2, high=a.number(0)),
        "steepest": lambda m, a: m.module("slopes").steepest(
            activation="gelu", low=a.number(0)),
    },
    "many_nets": {
        "ManyNets": lambda m, a: nets_of(m).forward(a(X)),
        "descend": stacked,
        "solved": lambda m, a: m.module("many_nets").solved(
            nets_of(m), a(X), a(BITS[:, :1])),
        "wilson": number("many_nets", "wilson", 20, 200),
    },
    "transformer": {
        **{name: lambda m, a, name=name, how=how: getattr(
            m.module("transformer"), name)(
                np.uint8(5), rng=rng(), **how).forward(a(TOKENS))
           for name, how in (("SwiGLU", {}), ("Block", {"heads": np.uint8(1)}))},
        # the numbers of tokens are whole by right, as labels are
        "LanguageModel": lambda m, a: written_by(m).forward(
            m.array(LABELS[None].astype("uint8"))),
        "sample": lambda m, a: m.module("transformer").sample(
            written_by(m), [4], 9, rng=rng(), temperature=a.number(1)),
    },
    "train": {
        "descend": trained,
        "accuracy": lambda m, a: m.module("train").accuracy(
            m.module("models").MLP((5, 3), rng=rng()), a(X),
            m.array(LABELS.astype("uint8"))),
        "has_diverged": number("train", "has_diverged", 200),
    },
}  # fmt: skip
WITHOUT = {
    "rectangles": "is given a size: see the last test",
    "derivative": "maps a function to a function",
    "cross_entropy_and_gradient": "is walked as value_and_gradient",
    "in_turn": "is given row numbers by learn",
    "with_returns": "is given Mistakes by learn",
    "shapes": "gives sizes back",
    "count_parameters": "is given a model",
    "Mistake": "a record",
    "Proof": "a record",
    "Step": "a record",
    "ManyNetsStep": "a record",
    "LossScale": "counts steps: see test_practice",
    "Schedule": "is given an optimiser and a function",
    "SGD": "parameters of integers are refused: see test_optimisers",
    "RMSProp": "as SGD",
    "Adam": "as SGD",
    "AdamW": "as SGD",
    "clip_grad_norm_": "shortens in place: arrays of integers are refused",
}
TORCH_LACKS = {"losses": {"value_and_gradient", "derivative"}}


class As:
    """Turn whole numbers into arrays and numbers of a dtype, or their float64 twins."""

    def __init__(self, backend, dtype, *, floating):
        self.backend, self.dtype, self.floating = backend, dtype, floating

    def __call__(self, values):
        values = np.asarray(values).astype(self.dtype)
        return self.backend.array(values.astype(float) if self.floating else values)

    def number(self, value):
        value = np.dtype(self.dtype).type(value)
        return np.float64(value) if self.floating else value


def leaves(result):
    """List the numbers of a result, whatever holds them."""
    if dataclasses.is_dataclass(result):
        result = dataclasses.astuple(result)
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, (list, tuple)):
        return [leaf for part in result for leaf in leaves(part)]
    if hasattr(result, "detach"):
        result = result.detach().numpy()
    return [] if result is None else [np.asarray(result)]


def is_missing(backend, topic, name):
    return backend.name == "torch" and (
        name.startswith("d_") or name.split()[0] in TORCH_LACKS.get(topic, ())
    )


@pytest.mark.parametrize("topic", CASES)
def test_whole_numbers_count_as_float64(backend, topic):
    names = [name for name in CASES[topic] if not is_missing(backend, topic, name)]
    for name, dtype in itertools.product(names, ("uint8", "int64", "bool")):
        got, want = (
            leaves(CASES[topic][name](backend, As(backend, dtype, floating=floating)))
            for floating in (False, True)
        )
        assert len(got) == len(want) > 0, name
        for ours, theirs in zip(got, want, strict=True):
            assert ours.dtype == theirs.dtype, (name, dtype)
            np.testing.assert_array_equal(ours, theirs, err_msg=f"{name}, {dtype}")


def topics():
    folder = Path(importlib.import_module("nb_lib.numpy").__path__[0])
    return sorted(path.stem for path in folder.glob("[a-z]*.py"))


@pytest.mark.parametrize("topic", topics())
def test_every_public_function_is_walked(topic):
    module = importlib.import_module(f"nb_lib.numpy.{topic}")
    known = {name.split()[0] for name in CASES[topic]} | set(WITHOUT)
    own = {
        name
        for name, member in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(member) or inspect.isclass(member))
        and member.__module__ == module.__name__
    }
    assert own <= known


def test_a_byte_is_a_size_like_any_other(backend):
    """2**n of NumPy's byte 8 would be 0."""
    rectangles = backend.module("boolean").rectangles
    assert len(rectangles(np.uint8(8))) == len(rectangles(8)) > 0

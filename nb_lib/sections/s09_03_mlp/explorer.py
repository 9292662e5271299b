"""§9.3: two units that the reader sets, and many nets that set theirs themselves."""

import numpy as np

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.numpy.many_nets import ManyNets, descend, wilson
from nb_lib.numpy.optimisers import SGD
from nb_lib.sections.s09_03_mlp import two_units as by_hand
from nb_lib.sections.s09_03_mlp.corners import CORNERS, LABELS
from nb_lib.sections.s09_03_mlp.folding import Run
from nb_lib.sections.s09_03_mlp.picture import SEEDS, STEPS, picture

WATCH = 5  # steps between two readings of the norms
WAKES = tuple(n / 8 for n in range(-2, 19))
TURNS = tuple(range(-90, 91, 10))


def compute(width, depth, activation, init, lr, seed):
    """Train all seeds at once on the four corners; look at one of them."""
    sizes = (2, *[width] * depth, 1)
    rngs = [np.random.default_rng(number) for number in range(SEEDS)]
    nets = ManyNets(sizes, rngs=rngs, activation=activation, init=init)
    optimiser = SGD(nets.params, lr=lr)
    steps = descend(nets, CORNERS, LABELS, optimiser, watch=WATCH)
    run = Run(nets, seed, has_creases=activation != "identity")
    yield from run.offers(steps, STEPS)


def describe(frame):
    """Say the numbers that matter in one sentence."""
    n, trials = int(frame.solved.sum()), len(frame.solved)
    low, high = wilson(n, trials)
    solve = "solves" if n == 1 else "solve"
    others = (
        f"of {trials} seeds {n} {solve} XOR with these settings, {n / trials:.0%} "
        f"(95% interval {low:.0%} to {high:.0%})"
    )
    if frame.diverged_at:
        return f"Seed {frame.seed} {words.diverged(frame.diverged_at)}; {others}."
    steps = words.counted(len(frame.losses), "step")
    return (
        f"After {steps} seed {frame.seed}, a net of "
        f"{frame.parameters} parameters, has {np.sum(frame.right > 0.6)} of 4 corners "
        f"right with more than 0.6, at a loss of {frame.losses[-1]:.3f} nats; the "
        f"last layer's deltas have the norm {frame.delta_norms[-1][-1]:.3f}, its "
        f"weight gradients {frame.grad_norms[-1][-1]:.4f}; {others}."
    )


two_units = Explorer(
    id="two_units",
    title="Two units by hand",
    controls={
        "wake": Slider(
            "second unit wakes at",
            low=-0.25,
            high=2.25,
            start=2.0,
            step=0.125,
            recorded=WAKES,
        ),
        "turn": Slider(
            "second unit turned by (degrees)",
            low=-90,
            high=90,
            start=0,
            step=10,
            recorded=TURNS,
        ),
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, "relu", "tanh", "identity"),
            start="relu",
        ),
    },
    compute=by_hand.compute,
    picture=by_hand.picture,
    describe=by_hand.describe,
    size=(8.4, 4.1),
    also=(
        {"wake": (1.0,), "turn": TURNS, "activation": ("relu", "identity")},
        {"wake": WAKES, "activation": ("identity",)},
    ),
)

fold = Explorer(
    id="fold",
    title="Fold the plane",
    controls={
        "width": Slider(
            "hidden units", low=1, high=8, start=2, recorded=(1, 2, 3, 4, 8)
        ),
        "depth": Slider("hidden layers", low=1, high=4, start=1),
        "activation": Choice(
            "activation",
            words.options(words.ACTIVATIONS, "relu", "tanh", "sigmoid", "identity"),
            start="relu",
        ),
        "init": Choice(
            "initialisation",
            words.USUAL_SCHEMES,
            start="he_normal",
            recorded=("he_normal", "xavier_normal", "zeros"),
        ),
        "lr": LogSlider(
            "learning rate", low=0.1, high=3, start=0.5, recorded=(0.1, 0.5, 3.0)
        ),
        "seed": Slider(
            "seed", low=0, high=SEEDS - 1, start=1, recorded=tuple(range(32))
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 5.4),
    together=("width", "activation", "init", "lr"),
    presets={
        "one unit": {"width": 1},
        "three units": {"width": 3},
        "eight units": {"width": 8},
        "two tanh units": {"width": 2, "activation": "tanh", "init": "xavier_normal"},
        "eight without an activation": {"width": 8, "activation": "identity"},
        "learning rate 3": {"lr": 3.0},
        "all weights zero": {"init": "zeros"},
        "two hidden layers": {"depth": 2},
    },
)

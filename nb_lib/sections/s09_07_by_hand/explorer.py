"""§9.7: the ledger, page by page."""

from dataclasses import dataclass

from nb_lib import words
from nb_lib.live import Choice, Explorer, Slider
from nb_lib.sections.s09_07_by_hand import ledger
from nb_lib.sections.s09_07_by_hand.numerals import numeral
from nb_lib.sections.s09_07_by_hand.picture import picture

KINDS = ("sigmoid", "tanh", "relu")
STARTS = (
    ("that of the text", "mixed"),
    ("two equal units", "twins"),
    ("all zero", "zeros"),
)
RATES = (0.1, 0.25, 0.4, 0.5, 0.55, 0.6, 1.0)
STAGES = ("forward", "backward", "update")


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    page: ledger.Epoch
    count: int  # which epoch
    stage: str  # forward, backward or update
    losses: tuple  # known so far
    lr: float
    activation: str


def compute(stage, lr, activation, start):
    """Fill the ledger up to a stage: 1 to 3 in one epoch, 4 to 6 in the next."""
    pages = ledger.epochs(lr, start, activation, count=3)
    count, step = (stage - 1) // 3, (stage - 1) % 3
    known = count + 1 + (step == 2)
    return Frame(
        page=pages[count],
        count=count + 1,
        stage=STAGES[step],
        losses=tuple(page.loss for page in pages[:known]),
        lr=lr,
        activation=activation,
    )


def describe(frame):
    """Say the stage, what is new in it, and the losses."""
    losses = ", ".join(numeral(loss) for loss in frame.losses)
    y = [numeral(cells["y"]) for cells in frame.page.forward.values()]
    g, new = frame.page.gradient, frame.page.updated
    news = {
        "forward": f"the outputs are {y[0]} for A and {y[1]} for B",
        "backward": f"the derivatives by v₁, v₂ and c are {numeral(g['v1'])}, "
        f"{numeral(g['v2'])} and {numeral(g['c'])}",
        "update": f"v₁, v₂ and c become {numeral(new['v1'])}, {numeral(new['v2'])} and "
        f"{numeral(new['c'])}",
    }[frame.stage]
    words = "the loss is" if len(frame.losses) == 1 else "the losses so far are"
    return f"Epoch {frame.count}, {frame.stage}: {news}; {words} {losses}."


the_ledger = Explorer(
    id="ledger",
    title="The ledger",
    controls={
        "stage": Slider("stage", low=1, high=6, start=1, recorded=tuple(range(1, 7))),
        "lr": Slider(
            "learning rate", low=0.05, high=1.5, start=0.25, step=0.05, recorded=RATES
        ),
        "activation": Choice(
            "activation", words.options(words.ACTIVATIONS, *KINDS), start="sigmoid"
        ),
        "start": Choice("start", STARTS, start="mixed"),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.4, 4.7),
    together=("stage", "activation", "start"),
    presets={
        "two equal units": {"start": "twins", "stage": 6},
        "all zero": {"start": "zeros", "stage": 2},
        "ReLU, epoch 2": {"activation": "relu", "stage": 5},
        "learning rate 0.6": {"lr": 0.6, "stage": 6},
    },
    also=(
        {"lr": RATES, "stage": (1, 2, 3, 4, 5, 6)},
        {"lr": RATES, "activation": KINDS, "stage": (6,)},
    ),
)

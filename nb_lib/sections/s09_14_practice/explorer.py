"""§9.14: plan a run, and see its rate, its loss, its numbers and its memory."""

from nb_lib import words
from nb_lib.live import Choice, Explorer, LogSlider, Slider
from nb_lib.sections.s09_14_practice.picture import picture
from nb_lib.sections.s09_14_practice.run import LAYERS, STEPS, Run

SCHEDULES = (
    ("constant", "constant"),
    ("steps", "step"),
    ("cosine", "cosine"),
    ("one cycle", "one_cycle"),
    ("inverse root", "inverse_sqrt"),
)
DTYPES = (
    ("float32", "float32"),
    ("mixed: float16, weights float32", "mixed"),
    ("float16 throughout", "float16"),
)
SCALES = tuple((f"2^{k}" if k else "1", 2.0**k) for k in range(-24, 25, 4))
RATES = (0.003, 0.03, 0.1, 0.2, 0.3)
TRIED = tuple(value for _, value in SCALES[1:-1])


def compute(lr, schedule, warm_up, micro, dtype, scale, clip, segments):
    """Offer a frame after each update of the planned run."""
    run = Run((lr, schedule, warm_up, micro, dtype, scale, clip, segments))
    for count in range(1, STEPS + 1):
        run.step(count)
        yield run.frame
        if run.diverged_at is not None:
            return


def describe(frame):
    """Say the numbers that matter in one sentence."""
    if frame.diverged_at is not None:
        learnt = f"The run {words.diverged(frame.diverged_at)}"
    else:
        loss = frame.losses[-20:].mean()
        done = f"{len(frame.losses)} of {len(frame.rates)}"
        learnt = f"After {done} updates the loss is {loss:.3f} nats"
    half = ""
    if frame.dtype != "float32":
        skipped = words.counted(frame.skipped, "update")
        were = "was" if frame.skipped == 1 else "were"
        half = f"; {frame.lost:.0%} of the deltas became 0 and {skipped} {were} skipped"
    return (
        f"{learnt}{half}; the states need {frame.memory:.0%} of the plain run's memory "
        f"and an update {frame.work:.2f} times its work."
    )


planner = Explorer(
    id="planner",
    title="Run planner",
    controls={
        "lr": LogSlider("highest rate", low=1e-3, high=1, start=0.03, recorded=RATES),
        "schedule": Choice("schedule", SCHEDULES, start="constant"),
        "warm_up": Slider(
            "warm-up", low=0, high=60, start=0, step=5, recorded=(0, 20, 60)
        ),
        "micro": Choice("micro-batches", (1, 2, 4, 8), start=1, recorded=(1, 2, 4)),
        "dtype": Choice("numbers", DTYPES, start="float32"),
        "scale": Choice("loss scale", SCALES, start=1.0, recorded=TRIED),
        "clip": Choice(
            "clip",
            (("off", 0.0), ("at 10", 10.0), ("at 1", 1.0)),
            start=0.0,
            recorded=(0.0, 1.0),
        ),
        "segments": Slider(
            "segments", low=1, high=LAYERS, start=1, recorded=range(1, 10)
        ),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(7.5, 4.6),
    together=("lr", "warm_up"),
    also=(
        {"dtype": ("mixed",), "scale": TRIED},
        {"schedule": tuple(value for _, value in SCHEDULES), "lr": (0.1,)},
        {"lr": RATES, "clip": (1.0,)},
    ),
)

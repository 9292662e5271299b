"""The explorer ``gates``: what a memory with gates keeps, and a plain one loses."""

from nb_lib.live import Explorer, Slider, Toggle
from nb_lib.sections.s09_18_beyond.gates.picture import picture
from nb_lib.sections.s09_18_beyond.gates.story import LONGEST, compute, describe

gates = Explorer(
    id="gates",
    title="A memory with gates",
    controls={
        "w": Slider("w of the RNN", low=0.5, high=1.5, start=0.9, step=0.1,
                    recorded=(0.5, 0.9, 1.0, 1.1, 1.5)),
        "bias": Slider("forget bias", low=-2, high=8, start=1, step=0.5,
                       recorded=(-2, 0, 1, 2, 4, 6, 8)),
        "steps": Slider("steps", low=5, high=LONGEST, start=30, step=5,
                        recorded=(10, 30, 60)),
        "noise": Slider("noise", low=0, high=1, start=0.3, step=0.1,
                        recorded=(0, 0.3, 1)),
        "second": Toggle("second message"),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.4),
    together=("bias", "steps"),
    presets={
        "a gate that stays open": {"bias": 6},
        "a second message": {"bias": 6, "second": True},
        "an RNN with w = 1": {"w": 1.0, "noise": 0},
    },
    also=({"w": (0.5, 0.9, 1.0, 1.1, 1.5), "noise": (0, 0.3, 1)},),
)  # fmt: skip

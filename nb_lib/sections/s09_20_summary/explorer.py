"""§9.20: from a hundred parameters to 10^12."""

from nb_lib.live import Choice, Explorer, LogSlider
from nb_lib.sections.s09_20_summary import scale as meter
from nb_lib.sections.s09_20_summary.picture import picture

SPEEDS = (1e9, 1e10, 1e11, 1e12, 1e15, 1e18)

scale = Explorer(
    id="scale",
    title="From a hundred parameters to a trillion",
    controls={
        "parameters": LogSlider(
            "parameters",
            low=meter.SMALLEST,
            high=meter.LARGEST,
            start=1e5,
            recorded=tuple(10.0**k for k in range(2, 13)),
        ),
        "optimiser": Choice("optimiser", tuple(meter.KEPT), start="Adam"),
        "dtype": Choice("dtype", tuple(meter.BYTES), start="float32"),
        "speed": LogSlider(
            "operations a second", low=1e9, high=1e18, start=1e10, recorded=SPEEDS
        ),
    },
    compute=meter.compute,
    picture=picture,
    describe=meter.describe,
    size=(9.2, 3.8),
    together=("parameters", "speed"),
    presets={
        "the MNIST net": {"parameters": 1e5},
        "a small language model": {"parameters": 1e9},
        "a thousand accelerators": {"parameters": 1e9, "speed": 1e18},
    },
)

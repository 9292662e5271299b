"""The explorer ``verses``: a Transformer learns to write while you watch."""

from nb_lib.live import Choice, Explorer, Slider, Toggle
from nb_lib.sections.s09_18_beyond.verses.picture import picture
from nb_lib.sections.s09_18_beyond.verses.writer import (
    compute,
    compute_finished,
    describe,
)

verses = Explorer(
    id="verses",
    title="A small writer",
    controls={
        "temperature": Slider(
            "temperature",
            low=0.1,
            high=2,
            start=0.7,
            step=0.1,
            recorded=(0.3, 0.7, 1.2),
        ),
        "head": Choice("head", (("1", 1), ("2", 2)), start=1),
        "places": Toggle("places", start=True),
    },
    compute=compute,
    in_page=compute_finished,
    picture=picture,
    describe=describe,
    size=(9.6, 3.6),
    presets={"without places": {"places": False}},
)

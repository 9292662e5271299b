"""§9.18: a field carries points, and so does a stack of residual blocks."""

from nb_lib.live import Choice, Explorer
from nb_lib.sections.s09_18_beyond.flow import carrying
from nb_lib.sections.s09_18_beyond.flow.picture import picture

FIELDS = (("spiral", "spiral"), ("pendulum", "pendulum"), ("saddle", "saddle"))

flow = Explorer(
    id="flow",
    title="Residual blocks as steps along a field",
    controls={
        "field": Choice("field", FIELDS, start="spiral"),
        "method": Choice("method", (("Euler", "euler"), ("RK4", "rk4")), start="euler"),
        "steps": Choice("steps", carrying.COUNTS, start=4),
    },
    compute=carrying.compute,
    picture=picture,
    describe=carrying.describe,
    size=(8.4, 3.9),
    together=("field", "method", "steps"),
)

"""The explorer ``race``: four architectures, three questions, little data."""

from nb_lib.live import Choice, Explorer
from nb_lib.sections.s09_18_beyond.race.picture import picture
from nb_lib.sections.s09_18_beyond.race.runs import AMOUNTS, SHIFTS
from nb_lib.sections.s09_18_beyond.race.table import compute, describe

QUESTIONS = (
    ("b right behind a?", "pair"),
    ("a before b?", "first"),
    ("more a than b?", "more"),
)

race = Explorer(
    id="race",
    title="Which bias wins where?",
    controls={
        "task": Choice("question", QUESTIONS, start="pair"),
        "amount": Choice("examples", AMOUNTS, start=100),
        "shift": Choice("moved at the test", SHIFTS, start=0),
    },
    compute=compute,
    picture=picture,
    describe=describe,
    size=(9.2, 3.6),
    together=("task", "amount", "shift"),
)

"""§9.14: Training in practice."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_14_practice",
    title="Training in practice",
    afterwards="plan a run: schedule, warm-up, precision, memory",
    explorers=("planner",),
)

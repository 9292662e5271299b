"""§9.19: Pitfalls."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_19_pitfalls",
    title="Pitfalls",
    afterwards="name the fault from the curves, and repair it in one line",
    status=COMING,
)

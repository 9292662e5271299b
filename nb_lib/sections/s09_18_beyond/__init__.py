"""§9.18: Beyond the MLP."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_18_beyond",
    title="Beyond the MLP",
    afterwards="match an architecture to the symmetry of a task",
    status=COMING,
)

"""§9.6: Backpropagation derived."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_06_backpropagation",
    title="Backpropagation derived",
    afterwards="derive the four equations and count what they cost",
    status=COMING,
)

"""§9.7: Backpropagation by hand."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_07_by_hand",
    title="Backpropagation by hand",
    afterwards="fill in every number of two epochs with a pencil",
    status=COMING,
)

"""§9.20: Summary."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_20_summary",
    title="Summary",
    afterwards="write every optimiser of the chapter as one line of a table",
    status=COMING,
)

"""§9.20: Summary."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_20_summary",
    title="Summary",
    afterwards="write every optimiser of the chapter as one line of a table",
    twins=("optimisers",),
    explorers=("scale",),
    notation=(
        ("$\\tilde{g}$", "what an optimiser puts in the place of the gradient", ""),
    ),
)

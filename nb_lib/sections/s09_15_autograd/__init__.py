"""§9.15: Computational graphs and autograd."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_15_autograd",
    title="Computational graphs and autograd",
    afterwards="write an engine that differentiates your own code",
    explorers=("tape", "modes"),
)

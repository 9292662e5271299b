"""§9.5: Universal approximation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_05_approximation",
    title="Universal approximation",
    afterwards="build a network that fits a curve to a given error, without training",
    twins=("approximation",),
    explorers=("approximation",),
)

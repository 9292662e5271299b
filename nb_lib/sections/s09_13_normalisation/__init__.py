"""§9.13: Normalisation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_13_normalisation",
    title="Normalisation",
    afterwards="say over which axis a layer averages, and write its way back",
    twins=("norms", "normed"),
    explorers=("norms", "norm_places"),
)

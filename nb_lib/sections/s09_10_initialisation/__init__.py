"""§9.10: Initialisation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_10_initialisation",
    title="Initialisation",
    afterwards="predict the variance at layer 50 before you run it",
    twins=("init", "activations", "propagation"),
    explorers=("variance",),
)

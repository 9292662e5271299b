"""§9.4: Activation functions."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_04_activations",
    title="Activation functions",
    afterwards="choose an activation by its slope, and write it without overflow",
    twins=("activations", "slopes", "gated"),
    explorers=("slope",),
)

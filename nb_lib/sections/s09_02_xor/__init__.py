"""§9.2: XOR and the limits of one layer."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_02_xor",
    title="XOR and the limits of one layer",
    afterwards="prove that no line computes XOR, and say what one unit can do",
    twins=("boolean", "perceptron"),
    explorers=("xor",),
)

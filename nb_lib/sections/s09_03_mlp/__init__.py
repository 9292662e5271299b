"""§9.3: Multilayer perceptrons."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_03_mlp",
    title="Multilayer perceptrons",
    afterwards="set a hidden layer by hand, and say why a training is stuck",
    twins=("many_nets", "affine"),
    explorers=("fold", "two_units"),
    notation=(
        ("$S$", "networks trained side by side", "`len(rngs)`"),
        ("**crease**", "the line $w \\cdot x + b = 0$ where a ReLU unit wakes", ""),
        (
            "**linear region**",
            "where no crease passes through: there a ReLU layer is an affine map",
            "",
        ),
    ),
)

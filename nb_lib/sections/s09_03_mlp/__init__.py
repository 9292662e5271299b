"""§9.3: Multilayer perceptrons."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_03_mlp",
    title="Multilayer perceptrons",
    afterwards="set the weights of a hidden layer by hand and see the plane fold",
    twins=("stacks", "affine"),
    explorers=("fold",),
)

"""§9.7: Backpropagation by hand."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_07_by_hand",
    title="Backpropagation by hand",
    afterwards="fill in every number of two epochs with a pencil",
    explorers=("ledger",),
    notation=(
        (
            "$w_{ij}$, $v_j$",
            "weights from input $i$ to unit $j$, from there to $y$",
            "",
        ),
        ("$b_j$, $c$", "biases of the hidden units and of the output", ""),
        ("$\\partial v_1$", "short for $\\partial\\mathcal{L}/\\partial v_1$", "`dv1`"),
    ),
)

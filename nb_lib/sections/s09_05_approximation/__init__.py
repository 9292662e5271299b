"""§9.5: Universal approximation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_05_approximation",
    title="Universal approximation",
    afterwards="build a network that fits a curve to a given error, without training",
    twins=("approximation",),
    explorers=("approximation",),
    notation=(
        (
            "$f$, $g$, $h$, $M$",
            "the function wanted, the net that follows it, the length of a piece, "
            "$\\max \\lvert f'' \\rvert$",
            "`f`, `net`, `(high - low) / pieces`, `curvature`",
        ),
    ),
)

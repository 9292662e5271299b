"""§9.1: The perceptron."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_01_perceptron",
    title="The perceptron",
    afterwards="train a threshold unit and bound its mistakes",
    twins=("perceptron",),
    explorers=("mistakes", "perceptron"),
    notation=(
        ("$t$", "the class of an example, also in 9.2, $-1$ or $+1$", "`targets`"),
        ("$w^*$", "weights of length 1 that get every example right", "`w_star`"),
        (
            "$R$, $\\gamma$",
            "length of the longest example, distance of the nearest one from the line",
            "`radius(x)`, `margin(x, targets, w_star)`",
        ),
    ),
)

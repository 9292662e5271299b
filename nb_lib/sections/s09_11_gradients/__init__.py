"""§9.11: Vanishing and exploding gradients."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_11_gradients",
    title="Vanishing and exploding gradients",
    afterwards="say which cure a sick network needs, and which cannot help",
    twins=("optimisers", "models"),
    explorers=("switches",),
    notation=(
        ("$J_l$", "the Jacobian of a layer, $\\partial z_{l+1}/\\partial z_l$", ""),
        ("$\\odot$", "the product entry by entry", "`*`"),
    ),
)

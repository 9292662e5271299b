"""§9.12: Regularisation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_12_regularisation",
    title="Regularisation",
    afterwards="measure what dropout, decay and augmentation are worth",
    twins=("regularisation",),
    explorers=("overfit",),
    notation=(
        ("$\\lambda$", "the strength of L2 or of weight decay", "`weight_decay`"),
        ("$p$", "the probability that dropout silences a unit, in 9.12", "`p`"),
        ("$s$", "the share of a target that label smoothing spreads", "`smoothing`"),
        ("$\\kappa$", "the share of the first example in a mixture", "`share`"),
        (
            "**calibrated**",
            "as many answers of a confidence are right as it promises",
            "",
        ),
    ),
)

"""§9.9: Loss functions."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_09_losses",
    title="Loss functions",
    afterwards="pick a loss by the noise you expect, and write it from logits",
    twins=("losses", "regression_losses", "classification_losses"),
    explorers=("losses", "push"),
    notation=(
        ("**pull**", "minus the slope of one example's loss by its prediction", ""),
        ("$\\mu$", "the prediction of a number, in 9.9", "`predictions`"),
        ("$r$", "the error of a reading, $t - \\mu$", ""),
        ("$T$", "the temperature of a softmax, in 9.9", "`temperature`"),
    ),
)

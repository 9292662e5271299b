"""§9.9: Loss functions."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_09_losses",
    title="Loss functions",
    afterwards="pick a loss by the noise you expect, and write it from logits",
    status=COMING,
)

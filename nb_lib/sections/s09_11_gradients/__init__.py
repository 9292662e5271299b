"""§9.11: Vanishing and exploding gradients."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_11_gradients",
    title="Vanishing and exploding gradients",
    afterwards="say which cure a sick network needs, and which cannot help",
    status=COMING,
)

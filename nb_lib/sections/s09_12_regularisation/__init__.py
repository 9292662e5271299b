"""§9.12: Regularisation."""

from nb_lib.sections.section import COMING, Section

SECTION = Section(
    room="s09_12_regularisation",
    title="Regularisation",
    afterwards="measure what dropout, decay and augmentation are worth",
    status=COMING,
)

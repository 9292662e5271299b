"""§9.19: Pitfalls."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_19_pitfalls",
    title="Pitfalls",
    afterwards="name the fault from the curves, and repair it in one line",
    explorers=("clinic",),
    notation=(("$\\lambda_{\\max}$", "greatest curvature of the loss", ""),),
)

"""§9.14: Training in practice."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_14_practice",
    title="Training in practice",
    afterwards="plan a run: schedule, warm-up, precision, memory",
    twins=("schedules", "accumulation", "checkpointing", "precision"),
    explorers=("planner",),
    notation=(
        ("$\\lambda$", "curvature: second derivative of the loss", "`curvature`"),
        ("$q$", "variance of a weight that gradients shake", ""),
        ("$n$, $T$", "updates done, and those of the whole run", "`count`, `steps`"),
        ("$n_m$, $g_m$", "rows and mean gradient of micro-batch $m$", "`size`"),
        ("$k$", "segments of a net, in 9.14", "`segments`"),
        ("**loss scale**", "what the loss is multiplied by", "`scale`"),
    ),
)

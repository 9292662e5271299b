"""§9.18: Beyond the MLP."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_18_beyond",
    title="Beyond the MLP",
    afterwards="match an architecture to the symmetry of a task",
    twins=(
        "convolution",
        "recurrent",
        "attention",
        "transformer",
        "graphs",
        "flows",
    ),
    explorers=(
        "kernel",
        "gates",
        "attention",
        "verses",
        "smoothing",
        "flow",
        "race",
    ),
    notation=(
        ("$\\kappa_{rs}$", "weight of a kernel", "`w`"),
        ("$s_t$, $c_t$", "state and cell at step $t$", "`h`, `c`"),
        ("$i_t$, $f_t$, $o_t$", "input, forget and output gate", ""),
        ("$q$, $k$, $v$", "query, key and value", "`query`, `key`, `value`"),
        ("$\\hat A$", "adjacency with loops, divided by roots of degrees", "`a`"),
        ("$\\lambda_2$", "second eigenvalue by size", ""),
        ("$F$", "field: where a point goes next", "`slopes`"),
        ("$\\alpha$", "adjoint: slope of the loss by a point on its way", "`a`"),
    ),
)

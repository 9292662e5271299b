"""§9.13: Normalisation."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_13_normalisation",
    title="Normalisation",
    afterwards="say over which axis a layer averages, and write its way back",
    twins=("norms", "normed"),
    explorers=("norms", "norm_places"),
    notation=(
        ("$\\mu$, $\\sigma^2$", "mean and variance over a pool", ""),
        ("$\\hat x$", "a number less its mean, over its size", "`x_hat`"),
        ("$\\gamma$, $\\beta$", "learnt size and level", "`gamma`, `beta`"),
        ("$\\varepsilon$", "what keeps a denominator above 0", "`eps`"),
        ("$r$", "root mean square of a row", "`scale`"),
        ("$m$", "running mean of a batch norm", "`running_mean`"),
        ("$\\alpha$", "how far a running number moves", "`momentum`"),
        ("**pool**", "the numbers that enter one mean", ""),
    ),
)

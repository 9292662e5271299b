"""§9.6: Backpropagation derived."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_06_backpropagation",
    title="Backpropagation derived",
    afterwards="derive the four equations and count what they cost",
    twins=("layers", "models"),
    explorers=("nudge", "cost"),
    notation=(
        ("$E$, $E_l$", "edges of a network, of its layer $l$", "`edges(sizes)`"),
        ("$v$", "a random direction in which inputs are nudged", "`v`"),
        (
            "$J v$, $J^\\top dy$",
            "a nudge carried forward, slopes carried back",
            "`backward(dy)`",
        ),
        ("**multiply-add**", "one multiplication followed by an addition", ""),
    ),
)

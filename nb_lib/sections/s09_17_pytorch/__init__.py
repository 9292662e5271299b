"""§9.17: The same in PyTorch."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_17_pytorch",
    title="The same in PyTorch",
    afterwards="move a model to PyTorch and prove that nothing changed",
    twins=("models", "optimisers", "train"),
    explorers=("twins",),
)

"""§9.8: Sixty lines of NumPy."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_08_sixty_lines",
    title="Sixty lines of NumPy",
    afterwards="write a network from its equations, check its gradients, and train it",
    twins=("sixty_lines", "losses", "optimisers"),
    explorers=("sixty_lines",),
)

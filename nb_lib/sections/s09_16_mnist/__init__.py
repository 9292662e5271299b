"""§9.16: MNIST from scratch."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_16_mnist",
    title="MNIST from scratch",
    afterwards="read handwritten digits with 109,386 parameters of your own",
    twins=("models", "optimisers", "train"),
    explorers=("digit", "mnist"),
)

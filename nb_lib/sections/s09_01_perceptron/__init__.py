"""§9.1: The perceptron."""

from nb_lib.sections.section import Section

SECTION = Section(
    room="s09_01_perceptron",
    title="The perceptron",
    afterwards="train a threshold unit and bound its mistakes",
    twins=("perceptron",),
    explorers=("mistakes", "perceptron"),
)

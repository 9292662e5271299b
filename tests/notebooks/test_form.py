"""The form of a section: its size, its questions, its ladder, and no answer above one.

Each rule is a function from a section and its text to the faults that it finds.
"""

import re
from pathlib import Path

import pytest

from nb_lib.sections import SECTIONS

TEXTS = Path(__file__).parents[2] / "notebooks/md"
RETOLD = [s for s in SECTIONS.values() if s.predictions]
MOST_WORDS, MOST_CELLS = 2800, 32
RUNGS = ("Warm-up", "Pencil", "Prediction", "Open")
BESIDE = (  # what is no running prose
    r"(?s)\A---.*?---\n",
    r"(?s)```.*?```",
    r"(?s)<details>.*?</details>",
    r"(?s)\$\$.*?\$\$",
    r"(?m)^\s*(?:#|\||- |\d+\. |<|:::).*$",
)


def words(text):
    """Count the words of the running prose; a formula is one word."""
    for pattern in BESIDE:
        text = re.sub(pattern, " ", text)
    return len(re.sub(r"\$[^$]*\$", "X", text).split())


def too_long(_section, text):
    """Want a section that can be read at one sitting."""
    faults = [f"{words(text)} words"] * (words(text) > MOST_WORDS)
    cells = text.count("```{code-cell}")
    return faults + [f"{cells} code cells"] * (cells > MOST_CELLS)


def sentence_missing(_section, text):
    """Want the sentence to remember under the title, and again in the summary."""
    found = re.findall(r"^> \*\*(.+?)\*\*", text, re.M)
    if not found:
        return ["no sentence to remember"]
    summary = text.partition("## Summary")[2]
    return [] if found[0] in summary else [f"not in the summary: {found[0]}"]


def predictions_unasked(section, text):
    """Want every declared prediction asked once, in the order of its letters."""
    asked = re.findall(r'^predict\("([^"]+)"\)$', text, re.M)
    declared = [prediction.id for prediction in section.predictions]
    return [] if asked == declared else [f"declared {declared}, asked {asked}"]


def ladder_broken(section, text):
    """Want four rungs: warm-up, pencil, prediction, open, the last without solution."""
    heads = re.findall(r"^### (9\.\d+\.\d+) (\w[\w-]*)", text, re.M)
    wanted = [(f"{section.number}.{n}", word) for n, word in enumerate(RUNGS, start=1)]
    faults = [] if heads == wanted else [f"rungs {heads}"]
    last = text.partition(f"### {section.number}.4")[2].partition("\n## ")[0]
    return faults + ["9.*.4 has a solution"] * ("Solution" in last)


def answers_above(section, text):
    """Find what gives an exercise away in the text above it."""
    above = text.partition("\n## Exercises")[0]
    faults = [f"{e.id} has no secrets" for e in section.exercises if not e.secrets]
    for exercise in section.exercises:
        for secret in exercise.secrets:
            found = re.search(secret, above, re.I)
            faults += [f"{exercise.id}: {found.group()!r}"] if found else []
    return faults


def verdicts_printed(_section, text):
    """Find claims that are judged in the section and not on their own page."""
    return re.findall(r'"(?:holds|does not hold)[^"]*"', text)


def figures_without_caption(_section, text):
    """Find figures that do not state their message."""
    calls = re.findall(r"^show\((?:.|\n)*?\)$", text, re.M)
    return [call.split("\n")[0] for call in calls if "caption=" not in call]


def nothing_to_play_with(_section, text):
    """Want a view of an explorer before the first derivation."""
    first_formula = text.find("$$")
    first_view = text.find(".show(")
    return [] if 0 < first_view < first_formula else ["formulas before the first view"]


def kernel_taken_for_granted(_section, text):
    """Find what nobody can do on the page, where no cell can be run."""
    return re.findall(
        r"(?i)\b(?:run|execute) (?:the|this|your|that|next) \w*\s?cell", text
    )


def panels_by_side(_section, text):
    """Find panels named by where they stand, which on a phone is one below another."""
    side, part = "(?:left|right|middle|lower|upper)", "(?:panel|picture|plane)s?"
    return re.findall(rf"\b{side} {part}\b|\b{part} on the {side}\b", text)


def signs_apart(section, text):
    """Find per cent signs that stand apart from their numbers, also in questions."""
    asked = [str(prediction) for prediction in section.predictions]
    return re.findall(r"[\d}\]] %(?!\w)", "\n".join([text, *asked]))


RULES = [
    too_long,
    sentence_missing,
    predictions_unasked,
    ladder_broken,
    answers_above,
    verdicts_printed,
    figures_without_caption,
    nothing_to_play_with,
    kernel_taken_for_granted,
    panels_by_side,
    signs_apart,
]


@pytest.mark.parametrize("section", RETOLD, ids=lambda section: section.number)
def test_section_has_the_form(section):
    text = (TEXTS / f"{section.notebook}.md").read_text(encoding="utf-8")
    faults = {rule.__name__: rule(section, text) for rule in RULES}
    assert {rule: found for rule, found in faults.items() if found} == {}

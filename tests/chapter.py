"""What the chapter has, for the tests: its sections, its explorers, its pages."""

import re
from pathlib import Path

from nb_lib.sections import SECTIONS

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WRITTEN = [section for section in SECTIONS.values() if section.is_written]
WHOLE = "perceptron"  # its recording is tested as a whole, for it costs least
LIVE = ("xor", "nudge", "cost", "kernel", "scale")  # judged within half a minute
HOMES = {id: section.notebook for section in WRITTEN for id in section.explorers}


def contents(root=ROOT):
    """List the pages of the book in the order of its table of contents."""
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    patterns = re.findall(r"(?:root|file|glob): (\S+)", toc)
    found = (sorted(root.glob(f"{pattern}.ipynb")) for pattern in patterns)
    return [path.stem for each in found for path in each]


PAGES = contents()

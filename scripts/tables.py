"""Write the tables that list the chapter's sections, each from the sections' records.

README, notation and claims hold a block between ``<!-- sections: NAME -->`` and
``<!-- end -->``, and so does the end of each section, which is given one where it has
none. What the block holds is written anew; ``make notebooks`` does it first.
"""

from functools import partial
from pathlib import Path

from nb_lib.data.atomic import write_whole
from nb_lib.sections import SECTIONS

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- sections: {} -->", "<!-- end -->"
MEASURED = """\
## {0.number} {0.title}

```{{code-cell}} ipython3
:tags: [nbval-ignore-output]

reports["{0.number}"] = measured("{0.number}")
reports["{0.number}"]
```
"""


def row(*cells):
    """Write one row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def code(names):
    """Write names as code, one after the other."""
    return ", ".join(f"`{name}`" for name in names)


def readme_table():
    """List what is written: section, notebook, twin modules, explorer."""
    rows = [
        row(
            f"{s.number} {s.title}",
            f"[{s.notebook[:5]}](notebooks/{s.notebook}.ipynb)",
            code(s.twins),
            code(s.explorers),
        )
        for s in SECTIONS.values()
        if s.is_written
    ]
    head = ("Section", "Notebook", "Modules of `nb_lib.numpy` and `nb_lib.torch`")
    table = "\n".join([row(*head, "Explorer"), "|---|---|---|---|", *rows])
    if all(s.is_written for s in SECTIONS.values()):
        return table
    return f"{table}\n\nThe other sections of the chapter are not written yet."


def notation_table():
    """List the letters and words that single sections bring."""
    rows = [row(s.number, *each) for s in SECTIONS.values() for each in s.notation]
    head = row("Section", "Symbol or word", "Meaning", "In code")
    return "\n".join([head, "|:--|:--|:--|:--|", *rows])


def claims_pages():
    """Write heading, measuring cell and comment of each section that has claims."""
    parts = [
        MEASURED.format(s) + f"\n{s.comment}" for s in SECTIONS.values() if s.claims
    ]
    return "\n".join(parts).strip()


def onward(section):
    """Lead to the next section that is written, and from the last one to the claims."""
    written = [s for s in SECTIONS.values() if s.is_written]
    after = written[written.index(section) + 1 :]
    if not after:
        return "**Next:** [what the chapter claims, measured](claims.ipynb)"
    following = after[0]
    link = f"[{following.number} {following.title}]({following.notebook}.ipynb)"
    return f"**Next:** {link}, after which you can {following.afterwards}."


TABLES = {
    f"notebooks/md/{s.notebook}.md": {"next": partial(onward, s)}
    for s in SECTIONS.values()
    if s.is_written
}
TABLES |= {
    "README.md": {"table": readme_table},
    "notebooks/md/notation.md": {"notation": notation_table},
    "notebooks/md/claims.md": {"claims": claims_pages},
}


def renewed(text, name, table):
    """Return the text with one block written anew.

    Raises ValueError where the text has no such block.
    """
    begin = BEGIN.format(name)
    if begin not in text or END not in text.split(begin, 1)[1]:
        raise ValueError(f"no block {begin} … {END} in the text")
    before, rest = text.split(begin, 1)
    return f"{before}{begin}\n\n{table}\n\n{END}{rest.split(END, 1)[1]}"


def ended(text, name):
    """Give a section's text the block at its end, where it has none."""
    begin = BEGIN.format(name)
    return text if begin in text else f"{text.rstrip()}\n\n{begin}\n\n{END}\n"


def write(root=ROOT):
    """Write all tables under a root; return the files that changed."""
    changed = []
    for file, tables in TABLES.items():
        path = root / file
        old = new = path.read_text(encoding="utf-8")
        for name, table in tables.items():
            new = renewed(ended(new, name) if name == "next" else new, name, table())
        if new != old:
            write_whole(path, new)
            changed.append(file)
    return changed


if __name__ == "__main__":
    for file in write():
        print(f"written anew: {file}")

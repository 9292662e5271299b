"""CONTRIBUTING lists the names that an explorer may use, as the runtime has them.

After a change, ``python tests/translate/test_told.py`` writes the list anew.
"""

import json
import subprocess
import textwrap
from pathlib import Path

import pytest

from nb_lib.live.page.gate.node import node
from nb_lib.live.runtime import runtime

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
START, END = "<!-- names in the page -->\n", "<!-- end -->"
ASK = """
const own = (prototype) => Object.getOwnPropertyNames(prototype);
const spaces = {
  "np": np, "np.linalg": np.linalg, "default_rng(seed)": DRAWS,
  "arrays": own(NDArray.prototype),
  "math": math, "itertools": itertools, "functools": functools, "operator": operator,
  "collections": collections, "fractions": fractions, "scipy.special": special,
  "built in": py, "str": WORDS, "list": LIST, "dict": DICT, "set": SET,
};
console.log(JSON.stringify(Object.entries(spaces).map(([name, space]) =>
  [name, Array.isArray(space) ? space : Object.keys(space)])));
"""
OURS = {"exception", "constructor"}  # names of the runtime's own


def told():
    """Return the block of names, as the runtime has them."""
    answer = subprocess.run(
        [node(), "-"], input=runtime() + ASK, capture_output=True, text=True, check=True
    )
    rows = []
    for space, names in json.loads(answer.stdout):
        others = OURS | {"linalg", "random"} if space == "np" else OURS
        kept = sorted(n for n in names if n not in others and not n.startswith("_"))
        rows.append(f"- `{space}`: {', '.join(kept)}")
    wrapped = (textwrap.fill(row, 88, subsequent_indent="  ") for row in rows)
    return "\n".join(wrapped) + "\n"


@pytest.mark.skipif(node() is None, reason="no JavaScript engine")
def test_contributing_lists_the_names_of_the_runtime():
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    block, end, _ = rest.partition(END)
    assert end
    assert block == told(), "run this file, it writes the list"


if __name__ == "__main__":  # write it
    before, start, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    PAGE.write_text("".join([before, start, told(), end, after]), encoding="utf-8")

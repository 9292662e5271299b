"""The page's NumPy: what translated explorers call, in plain JavaScript."""

from functools import cache
from pathlib import Path

from nb_lib.live.runtime.compact import compact
from nb_lib.live.runtime.kernels import kernels
from nb_lib.live.runtime.vectors import vectors

HERE = Path(__file__).parent
PARTS = (  # in the order in which they need each other
    "types",
    "arrays",
    "broadcast",
    "passing",
    "elementwise",
    "reductions",
    "indexing",
    "product",
    "linalg",
    "making",
    "ziggurat",
    "random",
    "numpy",
    "python",
    "methods",
    "format",
    "builtins",
    "fractions",
    "assets",
    "picture/words",
    "picture/colours",
    "picture/text",
    "picture/artists",
    "picture/ticks",
    "picture/axes",
    "picture/engine",
)


@cache
def parts():
    """Return the parts of the runtime, compact, by their names."""
    texts = {"kernels": kernels(), "vectors": vectors()}
    texts |= {part: (HERE / f"{part}.js").read_text() for part in PARTS}
    return {name: compact(text) for name, text in texts.items()}


def runtime():
    """Return the whole runtime as the text of one script."""
    return "\n".join(parts().values())

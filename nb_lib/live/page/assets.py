"""The bytes of an asset as text of a program: one character for each.

A number's rank by frequency decides its character, so that the common ones take one
byte of UTF-8; what is left to deflate is as small as the bytes themselves.
"""

import json
import re

import numpy as np

FIRST_CHARACTER = 35  # beyond the quotation mark; runtime/assets.js has it too
ASSET = re.compile(r'op\.asset\(\[[^"]*"(?:[^"\\]|\\.)*"\)')


def literal(array):
    """Return the JavaScript expression that makes a function returning this array."""
    values, ranks = ranked(array)
    text = "".join(map(chr, (ranks.ravel() + FIRST_CHARACTER).tolist()))
    shape, order = (
        json.dumps([int(n) for n in each]) for each in (array.shape, values)
    )
    return f"op.asset({shape}, {order}, {json.dumps(text, ensure_ascii=False)})"


def without_data(program):
    """Return a program without the arrays that it carries."""
    return ASSET.sub("op.asset()", program)


def ranked(array):
    """Return the numbers that occur, the commonest first, and the rank of each one."""
    counts = np.bincount(array.ravel(), minlength=256)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(256, int)
    rank[order] = np.arange(256)
    return order[: np.count_nonzero(counts)], rank[array]

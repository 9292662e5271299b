"""The shipped text: what it holds, and how it becomes numbers."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from nb_lib.data import verses
from nb_lib.data.verses import ALPHABET, TEXT, decode, encode, passages


def test_the_text_is_the_one_that_the_readme_describes():
    content = Path(verses.__file__).with_name("ecclesiastes.txt").read_bytes()
    said = (Path(__file__).parents[2] / "data" / "README.md").read_text("utf-8")
    told = said[said.index("ecclesiastes.txt") :]
    assert hashlib.sha256(content).hexdigest() in told
    assert f"{len(content):,} characters" in told
    lines = content.decode("ascii").splitlines()
    assert len(lines) == int(re.search(r"The (\d+) verses", told)[1]) == 222
    assert not any(re.search(r"\d", line) for line in lines)


def test_a_text_comes_back_from_its_numbers():
    tokens = encode(TEXT)
    assert decode(tokens) == TEXT
    assert len(ALPHABET) == 36 == len(set(tokens.tolist()))
    assert decode(encode("Vanity OF")) == "vanity of"
    with pytest.raises(ValueError, match="got '7'"):
        encode("chapter 7")


def test_passages_come_with_the_token_that_follows_each_place():
    tokens = np.arange(50)
    x, targets = passages(tokens, 7, 5, rng=np.random.default_rng(3))
    assert x.shape == (7, 5)
    np.testing.assert_array_equal(targets, (x + 1).reshape(-1))
    every, _ = passages(tokens, 4000, 5, rng=np.random.default_rng(3))
    assert set(every[:, 0].tolist()) == set(range(45))  # the last start included
    with pytest.raises(ValueError, match="more than 50 tokens"):
        passages(tokens, 7, 50, rng=np.random.default_rng(3))

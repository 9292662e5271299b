"""The explorer ``attention``: point at a query and see where it looks, and why."""

from nb_lib.live import Choice, Explorer, Slider, Toggle
from nb_lib.sections.s09_18_beyond.attention.heads import (
    MOST,
    TEXTS,
    compute,
    describe,
)
from nb_lib.sections.s09_18_beyond.attention.picture import picture

HEADS = ("same letter", "learnt 1", "learnt 2")
DIVISORS = (("1", "1"), ("√d", "root"), ("d", "d"))


def attention_of(*texts):
    """Return the explorer for texts of one's own, 2 to 18 characters each.

    They may hold the characters of ``nb_lib.data.verses.ALPHABET``; another text is a
    ValueError.
    """
    for text in texts:
        if not 2 <= len(text) <= MOST:
            raise ValueError(
                f"attention_of wants texts of 2 to {MOST} characters, got {text!r}"
            )
    return Explorer(
        id="attention",
        title="Where a query looks",
        controls={
            "text": Choice("text", texts, start=texts[0]),
            "head": Choice("head", HEADS, start="same letter"),
            "query": Slider("query", low=1, high=MOST, start=3,
                            recorded=(1, 3, 7, 12, 17)),
            "divisor": Choice("divide q·k by", DIVISORS, start="root"),
            "causal": Toggle("causal mask"),
            "shuffled": Toggle("shuffle the letters"),
        },
        compute=compute,
        picture=picture,
        describe=describe,
        size=(9.2, 4.6),
        together=("head", "query"),
        also=(
            {"divisor": ("1", "root", "d"), "query": (1, 3, 7, 12, 17)},
            {"causal": (False, True), "query": (1, 3, 7, 12, 17)},
            {"shuffled": (False, True), "query": (1, 3, 7, 12, 17)},
        ),
    )  # fmt: skip


attention = attention_of(*TEXTS)

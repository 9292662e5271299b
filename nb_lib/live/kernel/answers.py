"""What a network answers to a drawn digit, in words."""

import numpy as np


def sentence(probs, label=None):
    """Say the two likeliest digits, and the label where there is one."""
    first, second = np.argsort(-probs, kind="stable")[:2]
    words = (
        f"The network reads a {first} ({probs[first]:.1%}); "
        f"next comes {second} ({probs[second]:.1%})."
    )
    if label is None:
        return words
    verdict = "it is right" if label == first else "it is wrong"
    return f"{words} This test digit is labelled {label}: {verdict}."

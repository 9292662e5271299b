"""The judge of 9.18.4: a head with few features that looks one place back."""

import numpy as np

from nb_lib.book.exercises.answer import Answer
from nb_lib.book.exercises.progress import watched
from nb_lib.book.exercises.reading import Refused, Unwritten, floats
from nb_lib.numpy.attention import attention_weights, causal_mask

LENGTHS, MOST_FEATURES, WANTED = (2, 5, 9, 16, 33, 50), 4, 0.9
FORM = "The answer is a function one_back(length) that returns (query, key)"


def judge_one_back(answer):
    """Want queries and keys for texts of any length up to 50."""
    if not callable(answer):
        raise Refused(f"{FORM}, without calling it.")
    one_back = Answer(answer)
    least, worst = 1.0, None
    for length in watched(LENGTHS, len(LENGTHS)):
        share, place = lowest(*asked(one_back, length))
        if share < least:
            least, worst = share, (length, place)
    if least >= WANTED:
        return (
            True,
            f"In texts of {min(LENGTHS)} to {max(LENGTHS)} places no query but the "
            f"first gives less than {least:.3f} to the place before it.",
            "The writer of this section had to find such a head by descent.",
        )
    length, place = worst
    return (
        False,
        f"In a text of {length} places the query at place {place + 1} gives "
        f"{least:.3f} to the place before it, and {WANTED} was wanted.",
        hint_for(one_back, length, place),
    )


def asked(one_back, length):
    """Ask the reader's function for queries and keys (length, d) as floats."""
    answer = one_back.told(length)
    if answer is None and one_back.is_unwritten():
        raise Unwritten
    if answer is None:
        raise Refused("Your function ran but returned None. Did you forget `return`?")
    try:
        query, key = (floats(part) for part in answer)
    except (TypeError, ValueError):
        raise Refused(f"{FORM}, two arrays (length, d).") from None
    if not query.shape == key.shape or query.ndim != 2 or len(query) != length:
        raise Refused(
            f"For length {length} both want the shape ({length}, d), got "
            f"{query.shape} and {key.shape}."
        )
    if not 1 <= query.shape[1] <= MOST_FEATURES:
        raise Refused(
            f"The head has at most {MOST_FEATURES} features, got {query.shape[1]}."
        )
    if not (np.isfinite(query).all() and np.isfinite(key).all()):
        raise Refused("There are numbers among them that are not finite.")
    return query, key


def shares(query, key):
    """Let every query look at what is not after it."""
    return attention_weights(query, key, mask=causal_mask(len(query)))


def lowest(query, key):
    """Return the smallest share of a place before, and whose query gives it."""
    before = np.diagonal(shares(query, key), offset=-1)
    place = int(before.argmin())
    return float(before[place]), place + 1


def hint_for(one_back, length, place):
    """Look at what the poorest query prefers."""
    row = shares(*asked(one_back, length))[place]
    first = int(row.argmax())
    if first == place:
        return "It looks at itself: query and key have to differ by one place."
    if first == place - 1:
        return "It looks at the right place, but not decidedly: make the scores larger."
    return f"It looks at place {first + 1} instead: which scores does it compare?"

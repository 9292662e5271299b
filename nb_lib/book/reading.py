"""Numbers as a reader may give them, made into arrays; text is no number."""

from numbers import Real

from nb_lib.book.verdict import as_array


def floats(value):
    """Turn numbers, lists, arrays or tensors into a float array.

    Raises TypeError for text, nothing and other objects, ValueError for ragged lists.
    """
    if isinstance(value, (tuple, list)):
        value = [floats(entry) for entry in value]
    array = as_array(value)
    known = array.dtype.kind in "biuf"
    if not (known or all(isinstance(entry, Real) for entry in array.flat)):
        raise TypeError("numbers were wanted")
    return array.astype(float)

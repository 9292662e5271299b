"""Shuffled mini-batches: one epoch of row numbers, or an endless stream."""

from nb_lib.data._checks import generator, whole_number


def batches(n, size, *, rng):
    """Yield the row numbers 0 to n - 1 once, shuffled, in arrays of ``size``.

    The last array is smaller where ``size`` does not divide n. Errors: ValueError for
    n or size below 1, TypeError for a fractional one or an rng that is no Generator.
    """
    whole_number(n, "n")
    whole_number(size, "size")
    order = generator(rng).permutation(n)
    return (order[start : start + size] for start in range(0, n, size))


def epochs(n, size, *, rng):
    """Yield the arrays of ``batches``, epoch after epoch, without end."""
    whole_number(n, "n")
    whole_number(size, "size")
    return _endless(n, size, generator(rng))


def minibatches(x, y, size, *, rng):
    """Yield matching rows of x (N, ...) and y (N, ...), (x, y), without end.

    Errors: as ``batches``, and ValueError where x and y differ in length.
    """
    if len(x) != len(y):
        raise ValueError(
            f"minibatches wants as many targets as examples, got {len(y)} for {len(x)}"
        )
    return ((x[rows], y[rows]) for rows in epochs(len(x), size, rng=rng))


def _endless(n, size, rng):
    while True:
        yield from batches(n, size, rng=rng)

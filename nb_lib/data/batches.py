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
    """Yield the arrays of ``batches``, epoch after epoch, without end.

    The stream has ``state_dict`` and ``load_state_dict``: saved in the middle of an
    epoch, it goes on with the rows that were still to come.
    """
    return Epochs(n, size, rng=rng)


def minibatches(x, y, size, *, rng):
    """Yield matching rows of x (N, ...) and y (N, ...), (x, y), without end.

    The stream can be saved as that of ``epochs``. Errors: as ``batches``, and
    ValueError where x and y differ in length.
    """
    if len(x) != len(y):
        raise ValueError(
            f"minibatches wants as many targets as examples, got {len(y)} for {len(x)}"
        )
    return Minibatches(x, y, size, rng=rng)


class Epochs:
    """The stream of ``epochs``: an order of the rows, and a place in it."""

    def __init__(self, n, size, *, rng):
        whole_number(n, "n")
        whole_number(size, "size")
        self.n, self.size, self.rng = n, size, generator(rng)
        self.order, self.place = None, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.order is None or self.place >= self.n:
            self.order, self.place = self.rng.permutation(self.n), 0
        start, self.place = self.place, self.place + self.size
        return self.order[start : start + self.size]

    def state_dict(self):
        """Return the order, the place in it, and the state of the generator."""
        rng = self.rng.bit_generator.state
        return {"order": self.order, "place": self.place, "rng": rng}

    def load_state_dict(self, state):
        """Go on from a saved place; another number of rows is a ValueError."""
        order = state["order"]
        if order is not None and len(order) != self.n:
            raise ValueError(
                f"the saved stream has {len(order)} rows, this one has {self.n}"
            )
        self.rng.bit_generator.state = state["rng"]
        self.order, self.place = order, state["place"]


class Minibatches(Epochs):
    """The stream of ``minibatches``: the rows of two arrays side by side."""

    def __init__(self, x, y, size, *, rng):
        super().__init__(len(x), size, rng=rng)
        self.x, self.y = x, y

    def __next__(self):
        rows = super().__next__()
        return self.x[rows], self.y[rows]

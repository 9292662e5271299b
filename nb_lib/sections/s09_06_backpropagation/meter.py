"""An array that counts: every product of matrices that it takes part in is noted."""

import numpy as np


class Metered(np.ndarray):
    """An array that notes the multiply-adds of each ``@`` in its list ``tally``.

    What is computed from it is metered as well, and shares the list. So a net that is
    given metered features counts its own forward and backward pass.
    """

    def __array_finalize__(self, source):
        self.tally = getattr(source, "tally", None)

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **settings):
        """Let NumPy compute with plain arrays; NumPy itself asks for this signature."""
        plain = [np.asarray(a) if isinstance(a, Metered) else a for a in inputs]
        if out is not None:
            settings["out"] = tuple(np.asarray(a) for a in out)
        result = getattr(ufunc, method)(*plain, **settings)
        if ufunc is np.matmul:
            self.tally.append(multiply_adds(*plain))
        return metered(result, self.tally)


def metered(array, tally):
    """Return the array as one that notes its products in the list ``tally``."""
    seen = np.asarray(array).view(Metered)
    seen.tally = tally
    return seen


def multiply_adds(a, b):
    """Count those of a @ b: (m, k) @ (k, n) needs m k n of them."""
    columns = b.shape[-1] if b.ndim > 1 else 1
    return a.size * columns

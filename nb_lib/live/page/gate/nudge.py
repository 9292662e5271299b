"""Python once more with the last bits of all that it draws moved: chaos shows.

Sums in another order change last bits, as they do with another BLAS. A run that such a
change makes a different one has no result that the page could miss.
"""

import contextlib

import numpy as np

DRAWS = ("normal", "standard_normal", "uniform", "random")


@contextlib.contextmanager
def nudged(seed, dtype):
    """Let all draws of reals from new generators come out an ulp higher or lower.

    ``seed`` decides which way for each number; an ulp is that of the ``dtype``. What a
    program has remembered from before is not drawn again.
    """
    plain = np.random.default_rng
    np.random.default_rng = lambda seed_=None: _nudging(plain(seed_), seed, dtype)
    try:
        yield
    finally:
        np.random.default_rng = plain


def _nudging(generator, seed, dtype):
    class Nudging(np.random.Generator):
        """A generator whose numbers are moved by their last bit."""

        ways = np.random.Generator(np.random.PCG64(seed))

    for name in DRAWS:
        setattr(Nudging, name, _moved(getattr(np.random.Generator, name), dtype))
    return Nudging(generator.bit_generator)


def _moved(draw, dtype):
    def moved(self, *args, **named):
        drawn = draw(self, *args, **named)
        ways = self.ways.integers(0, 2, np.shape(drawn)) * 2 - 1
        out = drawn * (1 + ways * float(np.finfo(dtype).eps))
        return out.astype(drawn.dtype) if isinstance(drawn, np.ndarray) else float(out)

    return moved

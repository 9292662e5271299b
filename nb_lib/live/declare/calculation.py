"""What surrounds ``compute``: one thread, silent overflow, frames built on demand.

``compute`` returns or yields *offers*. An offer is a function without arguments that
builds a frame when it is called; anything that cannot be called is a frame already.
It holds until the generator yields again, and the last one holds for good, so that
whoever draws decides which frames are worth their cost. The numbers never depend on
that choice: building a frame must not change what comes after it.
"""

import contextlib
import inspect
import itertools
import sys
import threading
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController


class _OneThread:
    """Hold BLAS at one thread while anybody calculates, then give all back.

    Small matrices are fastest on one thread; with both cores busy, more threads can
    be twenty times slower. Several explorers may calculate at once: the first to
    come sets the limit, the last to go lifts it.
    """

    def __init__(self):
        self.lock, self.users = threading.Lock(), 0

    @contextlib.contextmanager
    def hold(self, pools):
        """Limit these pools for all who come until the last has gone."""
        with self.lock:
            self.users += 1
            if self.users == 1:
                self.limit = pools.limit(limits=1)
        try:
            yield
        finally:
            with self.lock:
                self.users -= 1
                if self.users == 0:
                    self.limit.restore_original_limits()


_one_thread = _OneThread()


@lru_cache
def _pools(_has_torch):
    """Find the thread pools: those of BLAS, and of OpenMP, which PyTorch brings."""
    pools = ThreadpoolController()
    return pools.select(user_api="blas"), pools.select(user_api="openmp")


@contextlib.contextmanager
def calculation():
    """Run numerical work: one thread, and overflow is data, not a warning.

    BLAS has one limit for the process. OpenMP has one for each thread that calls it,
    so here everybody sets and lifts their own.
    """
    blas, openmp = _pools("torch" in sys.modules)
    with openmp.limit(limits=1), _one_thread.hold(blas), np.errstate(all="ignore"):
        yield


def offers_of(compute, settings, name):
    """Start ``compute`` of explorer ``name`` and return its offers, to iterate over.

    A generator has come to its first offer then, any other result is a tuple of one.
    Go on inside a ``calculation`` of your own: here compute may have loaded PyTorch,
    whose threads only a later one can hold. Raises ValueError if nothing is offered.
    """
    with calculation():
        result = compute(**settings)
        if not hasattr(result, "__next__"):
            return (result,)
        first = tuple(itertools.islice(result, 1))
    if not first:
        raise ValueError(
            f"explorer {name!r}: compute yielded no frame, but there is nothing to "
            "show without one"
        )
    return itertools.chain(first, result)


def streams(compute):
    """Return whether ``compute`` yields offer after offer, so that a run can play."""
    return inspect.isgeneratorfunction(inspect.unwrap(compute))


def frame_of(offer):
    """Build the frame that is offered, unless it is a frame already."""
    return offer() if callable(offer) else offer

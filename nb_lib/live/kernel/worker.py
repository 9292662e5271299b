"""One worker per explorer: the newest settings win, stale work is dropped.

A widget's callback may run on any thread. It calls ``ask`` and is done. The work
itself runs on one daemon thread that lives as long as there is something to do,
so that an explorer that nobody moves costs no thread at all.
"""

import contextlib
import sys
import threading
import time
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

FRAME_S = 1 / 30  # seconds between two frames of one run: the eye wants no more


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


def frames_of(result):
    """Iterate over what ``compute`` gave: one frame, or a generator of frames."""
    return result if hasattr(result, "__next__") else iter((result,))


class Worker:
    """Run ``compute(**settings)`` for the newest settings and hand on its frames.

    ``paint(settings, frame, is_last)`` and ``fail(error)`` are called on
    the worker's thread, never for settings older than ones already painted.
    """

    def __init__(self, compute, paint, fail):
        self.compute, self.paint, self.fail = compute, paint, fail
        self.lock = threading.Lock()
        self.idle = threading.Event()
        self.idle.set()
        self.newest = None
        self.running = False
        self.turn = 0

    def ask(self, settings):
        """Take newer settings and return at once; whatever was in hand is stale."""
        with self.lock:
            self.newest = settings
            self.turn += 1
            self.idle.clear()
            if not self.running:
                self.running = True
                threading.Thread(target=self._loop, daemon=True).start()

    def stop(self):
        """Drop all work; a later ``ask`` starts again."""
        with self.lock:
            self.newest = None
            self.turn += 1

    def wait(self, timeout=None):
        """Block until nothing is left to do; say whether that came in time."""
        return self.idle.wait(timeout)

    def _take(self):
        with self.lock:
            settings, self.newest = self.newest, None
            if settings is None:
                self.running = False
                self.idle.set()
            return self.turn, settings

    def _loop(self):
        while True:
            turn, settings = self._take()
            if settings is None:
                return
            try:
                self._run(turn, settings)
            except Exception as error:
                if turn == self.turn:
                    self.fail(error)

    def _run(self, turn, settings):
        """Paint the first frame at once, then at most one per FRAME_S, and the last."""
        with calculation():
            result = self.compute(**settings)
        frames, due = frames_of(result), 0.0
        with calculation():
            frame = next(frames)
        while turn == self.turn:
            if frames is result and time.perf_counter() >= due:
                self.paint(settings, frame, False)
                due = time.perf_counter() + FRAME_S
            with calculation():
                following = next(frames, None)
            if following is None:
                self.paint(settings, frame, True)
                return
            frame = following

"""One worker per explorer: the newest settings win, stale work is dropped.

A widget's callback may run on any thread. It calls ``ask`` and is done. The work
itself runs on one daemon thread that lives as long as there is something to do,
so that an explorer that nobody moves costs no thread at all.
"""

import logging
import threading

from nb_lib.live.declare.calculation import calculation, frame_of, offers_of
from nb_lib.live.kernel.gate import Gate
from nb_lib.live.kernel.rhythm import Rhythm

_log = logging.getLogger(__name__)


class Worker:
    """Run ``compute(**settings)`` for the newest settings and hand on its frames.

    ``paint(settings, frame, is_last)`` and ``fail(error)`` are called on
    the worker's thread, never for settings older than ones already painted; where
    that thread cannot be started, ``fail`` is called on the thread that asked.
    ``name`` is the explorer's, for the error of a compute that offers no frame. ``at``
    holds the number of the run in hand and its step; ``gate`` decides when the next
    step is made.
    """

    def __init__(self, compute, paint, fail, *, name):
        self.compute, self.paint, self.fail = compute, paint, fail
        self.name = name
        self.lock = threading.Lock()
        self.idle = threading.Event()
        self.idle.set()
        self.newest = None
        self.running = self.closed = False
        self.turn, self.at, self.gate = 0, (0, None), Gate()

    def ask(self, settings, pace=None):
        """Take newer settings and return at once; whatever was in hand is stale.

        ``pace`` is that of ``Gate.open``.
        """
        with self.lock:
            if self.closed:
                return
            self.newest = settings
            self.turn += 1
            self.idle.clear()
            was_running, self.running = self.running, True
            self.gate.open(pace)
        if not was_running:
            self._start()

    def _start(self):
        try:
            threading.Thread(target=self._loop, daemon=True).start()
        except Exception as error:  # the system grants no more threads
            with self.lock:
                self.newest, self.running = None, False
                self.idle.set()
            self._report(error)

    def stop(self):
        """Drop all work; a later ``ask`` starts again."""
        with self.lock:
            self.newest = None
            self.turn += 1
            self.gate.open()

    def close(self):
        """Drop all work for good: a later ``ask`` does nothing."""
        self.closed = True
        self.stop()

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
            except BaseException as error:  # a reader's exit() ends the run, not us
                if turn == self.turn:
                    self._report(error)

    def _report(self, error):
        """Hand the error on; one that cannot be shown goes to the log, with its cause.

        Nothing may escape from here: a thread that died would never answer again.
        """
        try:
            self.fail(error)
        except BaseException:
            _log.exception("explorer %r cannot show its error", self.name)

    def _run(self, turn, settings):
        """Paint the frames that the rhythm of a run wants, and always the last.

        No other frame is built, but for the one at which the gate was shut. A frame is
        painted before the generator goes on, because the offer behind it holds no
        longer; nobody is held to one thread while the run waits.
        """
        rhythm = Rhythm()
        offers = offers_of(self.compute, settings, self.name)
        is_stream = not isinstance(offers, tuple)
        offers, step, is_on = iter(offers), -1, True
        while is_on and turn == self.turn:
            with calculation():
                for offer in offers:
                    if turn != self.turn:
                        return
                    step += 1
                    self.at = turn, step
                    if is_stream and (self.gate.is_shut or rhythm.is_due):
                        with rhythm.beat(self.gate.is_free):
                            offer = frame_of(offer)  # built once, should it be the last
                            self.paint(settings, offer, False)
                    if is_stream and not self.gate.is_free:
                        break
                else:
                    is_on = False
                    if turn == self.turn:
                        self.paint(settings, frame_of(offer), True)
            if is_on:
                self.gate.wait()

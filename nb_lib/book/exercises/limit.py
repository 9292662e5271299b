"""The longest time that an answer may take, where the system can ring a bell."""

import signal
import sys
import threading
import time

AGAIN = 0.1  # seconds between the bells after the first


class TimeIsUp(BaseException):
    """An answer ran too long. No ``except Exception`` of the reader's stops it."""


class TimeLimit:
    """A ``with`` block that raises TimeIsUp after so many seconds.

    It needs the alarm signal, which is there on Unix and in the main thread; elsewhere
    the block runs on. The alarm that was set before is put back. Where the block
    swallows the first bell, the next ones raise at one of its following lines, until
    one of them lands outside of its ``try``.
    """

    def __init__(self, seconds):
        self.seconds = seconds
        self.rings = 0
        self.is_on = False

    def __enter__(self):
        if can_ring():
            self.start, self.tracer = time.monotonic(), sys.gettrace()
            self.handler = signal.signal(signal.SIGALRM, self.ring)
            self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)
            self.is_on = True
        return self

    def __exit__(self, *raised):
        if not self.is_on:
            return
        self.is_on = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler)
        sys.settrace(self.tracer)
        left, interval = self.timer
        if left:
            left = max(left - (time.monotonic() - self.start), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, left, interval)

    def ring(self, number, frame):
        """Raise at once, or a few lines further on if that was caught before."""
        if not self.is_on or is_leaving(frame):
            return
        self.rings += 1
        if self.rings == 1:
            raise TimeIsUp
        self.lines = self.rings - 1
        frame.f_trace = self.trace
        sys.settrace(self.trace)

    def trace(self, frame, event, arg):
        """Count the lines down, then raise."""
        if is_leaving(frame):
            return None  # raising there would leave the alarm on
        self.lines -= event == "line"
        if self.is_on and self.lines <= 0:
            raise TimeIsUp
        return self.trace


def is_leaving(frame):
    """Whether this is the frame in which a limit turns its alarm off."""
    return frame.f_code is TimeLimit.__exit__.__code__


def can_ring():
    """Whether an alarm can be set here, and the earlier one be put back."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is not None
    )

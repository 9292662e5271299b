"""A gate between the steps of a run: open, a step at a time, or shut."""

import math
import threading

DISPLAY = 60  # frames a second of the display by which a reader's pace is counted


class Gate:
    """Decides when a run may make its next step; any thread may turn it.

    ``is_free`` says that nothing has to be waited for, ``is_shut`` that only a step
    that is let through one by one is made.
    """

    def __init__(self):
        self.changed = threading.Condition()
        self.seconds, self.granted = 0, 0

    def open(self, pace=None):
        """Let ``pace`` steps through for each frame of a display.

        None lets all through as fast as they come, 0 shuts the gate.
        """
        with self.changed:
            self.granted = 0
            self.seconds = (
                0 if pace is None else 1 / pace / DISPLAY if pace else math.inf
            )
            self.changed.notify_all()

    def step(self):
        """Shut the gate, but let one step through."""
        with self.changed:
            self.seconds = math.inf
            self.granted += 1
            self.changed.notify_all()

    @property
    def is_free(self):
        """Whether steps go through as fast as they come."""
        return self.seconds == 0

    @property
    def is_shut(self):
        """Whether a step has to be let through by ``step``."""
        return self.seconds == math.inf

    def wait(self):
        """Block until the next step may be made, or until the gate is turned."""
        with self.changed:
            if self.is_shut:
                self.changed.wait_for(lambda: self.granted or not self.is_shut)
                self.granted = max(self.granted - 1, 0)
            elif not self.is_free:
                self.changed.wait(self.seconds)

"""When a run that streams shows a frame: soon, then often enough for the eye."""

import contextlib
import time

FIRST_S = 0.002  # seconds until the first frame of a run that goes on for longer
SHORT_S = 0.1  # seconds: what is over by then shows its first frame and its last alone
FRAME_S = 1 / 25  # seconds from one frame to the next: the eye wants no more


class Rhythm:
    """Decides which frames of one run are shown, apart from its last.

    Each frame on the way puts the end off, by what it costs here and in the browser. So
    a run that may be over soon shows none but its first, and at no time do frames take
    more time than the steps between them.
    """

    def __init__(self):
        self.begun = time.perf_counter()
        self.due = self.begun + FIRST_S

    @property
    def is_due(self):
        """Whether the step that has just been made is to be seen."""
        return time.perf_counter() >= self.due

    @contextlib.contextmanager
    def beat(self, is_free):
        """Paint a frame within; ``is_free`` if steps come as fast as they can.

        A run that is held back is watched step by step, so it has no quiet start.
        """
        start = time.perf_counter()
        yield
        end = time.perf_counter()
        self.due = max(start + FRAME_S, end + (end - start))
        if is_free:
            self.due = max(self.due, self.begun + SHORT_S)

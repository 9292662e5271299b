"""The reader's function, called under watch."""

import time
import traceback

from nb_lib.book.exercises.guard import restored
from nb_lib.book.exercises.limit import TimeIsUp, TimeLimit
from nb_lib.book.exercises.reading import Refused, settled

SECONDS = 20  # for all cases together


class Answer:
    """The reader's function: timed, kept from changing the session, its result read.

    ``error`` is the exception that ended its last call, if one did. So the reader's
    exceptions can be told from those of the code that calls the function.
    """

    def __init__(self, function):
        self.function = function
        self.left = SECONDS
        self.error = None

    def __call__(self, *case):
        start, self.error = time.monotonic(), None
        try:
            with restored(), TimeLimit(max(self.left, 0.1)):
                return settled(self.function(*case))
        except BaseException as error:
            self.error = error
            raise
        finally:
            self.left -= time.monotonic() - start

    def told(self, *case, slow="Your function takes too long."):
        """Call for a judge of its own; how the function stops becomes one sentence."""
        try:
            return self(*case)
        except BaseException as error:
            if error is not self.error or isinstance(error, KeyboardInterrupt):
                raise
            if self.is_out_of_time():
                raise Refused(slow) from None
            what = f"{type(error).__name__}: {error}"
            raise Refused(f"Your function stopped with {what}.") from None

    def is_unfinished(self):
        """Whether the function itself says that it is not implemented."""
        if not isinstance(self.error, NotImplementedError):
            return False
        *_, (frame, _) = traceback.walk_tb(self.error.__traceback__)
        return frame.f_code is getattr(self.function, "__code__", None)

    def is_out_of_time(self):
        """Whether the last call was interrupted."""
        return isinstance(self.error, TimeIsUp)

    def is_unwritten(self):
        """Whether the body is still the ``...`` or ``pass`` of the page."""
        code = getattr(self.function, "__code__", None)
        return code is not None and len(code.co_code) <= len(unwritten.__code__.co_code)


def unwritten():
    """Do nothing, as each function of the page does at first."""
    ...

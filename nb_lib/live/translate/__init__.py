"""From the Python that an explorer reaches to plain JavaScript for the page."""

from nb_lib.live.translate.program import Program
from nb_lib.live.translate.refusal import Refused

__all__ = ["Program", "Refused"]

"""§9.18: small views, one for each statement about the data, and a race."""

from nb_lib.sections.s09_18_beyond.attention.explorer import attention
from nb_lib.sections.s09_18_beyond.flow.explorer import flow
from nb_lib.sections.s09_18_beyond.gates.explorer import gates
from nb_lib.sections.s09_18_beyond.kernel.explorer import kernel
from nb_lib.sections.s09_18_beyond.race.explorer import race
from nb_lib.sections.s09_18_beyond.smoothing.explorer import smoothing
from nb_lib.sections.s09_18_beyond.verses.explorer import verses

__all__ = ["attention", "flow", "gates", "kernel", "race", "smoothing", "verses"]

"""The engine of the explorers, in four rooms, one for each job.

``declare``  what an explorer is: its controls, compute, picture and sentence
``paint``    from a picture to a display list, and from the list to a canvas
``kernel``   the live view: a worker, a widget, a pad to draw on
``page``     the view on a page: inert markup, recordings, programs, their player
"""

from nb_lib.live.declare.controls import Choice, LogSlider, Slider, Toggle
from nb_lib.live.declare.explorer import Explorer
from nb_lib.live.declare.grips import Drops, Moves, moved_to
from nb_lib.live.declare.ink import Ink, inked, segments
from nb_lib.live.paint.grabbing import grab_on

__all__ = [
    "Choice",
    "Drops",
    "Explorer",
    "Ink",
    "LogSlider",
    "Moves",
    "Slider",
    "Toggle",
    "grab_on",
    "inked",
    "moved_to",
    "segments",
]

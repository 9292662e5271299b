"""The engine of the explorers: controls, a worker, a display list, a canvas."""

from nb_lib.live.controls import Choice, LogSlider, Slider, Toggle
from nb_lib.live.explorer import Explorer

__all__ = ["Choice", "Explorer", "LogSlider", "Slider", "Toggle"]

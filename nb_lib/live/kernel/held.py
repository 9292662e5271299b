"""Controls that have no row in the live view: their points lie over the canvas."""

import ipywidgets
import numpy as np
import traitlets

from nb_lib.live.declare.grips import Grips, Moves


class Held(traitlets.HasTraits):
    """The value of such a control, observed like that of a widget."""

    value = traitlets.Tuple()


def is_widget(box):
    """Whether an input of a live view has a row of its own."""
    return isinstance(box, ipywidgets.Widget)


def with_rows(explorer, view):
    """Return the controls of a view that have rows."""
    shown = (explorer.controls[name] for name in view.only)
    return [control for control in shown if not isinstance(control, Grips)]


def places(explorer, view, frame):
    """Map each control of ``Moves`` that is shown to where its points are, as lists."""
    shown = ((name, explorer.controls[name]) for name in view.only)
    return {
        name: np.round(control.places(frame), 4).tolist()
        for name, control in shown
        if isinstance(control, Moves)
    }

"""Figures as PNG bytes: equal figures give equal bytes, on any day."""

import io

from nb_lib.draw.rc import MATPLOTLIB


def png(figure, *, dpi, tight=False, box=None, optimise=False):
    """Return a figure as PNG bytes, without dates or versions.

    ``tight`` cuts off the empty margins, ``box`` (in inches) all that lies outside it;
    ``optimise`` looks longer for fewer bytes.
    """
    buffer = io.BytesIO()
    with MATPLOTLIB:
        figure.savefig(
            buffer,
            format="png",
            dpi=dpi,
            bbox_inches="tight" if tight else box,
            metadata={"Software": None},
            pil_kwargs={"optimize": True} if optimise else {},
        )
    return buffer.getvalue()

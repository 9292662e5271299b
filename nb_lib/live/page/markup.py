"""The face an explorer shows where no kernel answers: inert markup, no script.

A figure with the still picture, the sentence, the id and the settings. The pages of
the book find it by its class and bring it to life; GitHub and paper show it as it is.
"""

import base64
import html
import io
import json

from nb_lib.draw import style
from nb_lib.live.paint.painter import MATPLOTLIB


def png(figure, *, dpi=100):
    """Return a figure as PNG bytes without dates or versions: equal runs are equal."""
    buffer = io.BytesIO()
    with MATPLOTLIB, style.context():
        figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def face(explorer, settings, sentence, figure):
    """Return the HTML of one explorer; ``figure`` already shows the frame."""
    sentence = html.escape(sentence)
    data = base64.b64encode(png(figure)).decode()
    written = html.escape(json.dumps(settings))
    return (
        f'<figure class="nb-explorer" data-explorer="{explorer.id}" '
        f'data-settings="{written}" style="margin:0">'
        f'<img src="data:image/png;base64,{data}" '
        f'alt="{html.escape(explorer.title)}. {sentence}" style="max-width:100%">'
        f"<figcaption>{sentence}</figcaption></figure>"
    )

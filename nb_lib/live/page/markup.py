"""What an explorer shows where no kernel answers: inert markup, no script.

A figure with the still picture, the sentence, the id and the settings. The pages of
the book find it by its class and bring it to life; GitHub and paper show it as it is.
"""

import base64
import html
import json

from nb_lib.draw import style
from nb_lib.draw.dark import turned
from nb_lib.draw.png import png
from nb_lib.live.paint.painter import DPI


def inert_markup(explorer, view, sentence, figure):
    """Return the HTML of one view; ``figure`` already shows the frame."""
    sentence = html.escape(sentence)
    with style.context():
        data = base64.b64encode(png(figure, dpi=DPI)).decode()
    settings, presets = (
        html.escape(json.dumps(part)) for part in (view.settings, view.presets)
    )
    return (
        f'<figure class="nb-explorer" data-explorer="{explorer.id}" '
        f'data-settings="{settings}" data-only="{" ".join(view.only)}" '
        f'data-presets="{presets}" style="margin:0">'
        f'<img src="data:image/png;base64,{data}" '
        f'alt="{html.escape(explorer.title)}. {sentence}" style="max-width:100%">'
        f"<figcaption>{sentence}</figcaption>"
        '<p class="nb-run"><em>Run this cell to make it move.</em></p>'
        f"{turned('figure.nb-explorer > img')}</figure>"
    )

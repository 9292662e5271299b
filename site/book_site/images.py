"""Pictures out of the pages, into files: half the bytes, fetched when they are near.

Notebooks hold their figures as PNG within the page. On the site each becomes a WebP of
the same pixels, whose size the page names, so that nothing moves when it comes.
"""

import base64
import hashlib
import io
import re
from pathlib import Path

from PIL import Image

IMAGE = re.compile(r'<img src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
LAZY = 'loading="lazy" decoding="async"'


def moved_out(text, depth, folder):
    """Write the pictures of a page to a folder; return the page that points to them.

    ``depth`` counts the folders between the page and the site's own.
    """
    up = "../" * depth

    def moved(found):
        name, (width, height) = keep(base64.b64decode(found.group(1)), folder)
        size = f'width="{width}" height="{height}"'
        return f'<img src="{up}{folder.name}/{name}" {size} {LAZY}'

    return IMAGE.sub(moved, text)


def keep(data, folder):
    """Write PNG bytes as WebP without loss; return the name and the size in pixels."""
    image = Image.open(io.BytesIO(data))
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.webp"
    path = Path(folder) / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        opaque = image.convert("RGBA").getchannel("A").getextrema() == (255, 255)
        image.convert("RGB" if opaque else "RGBA").save(path, lossless=True)
    return name, image.size

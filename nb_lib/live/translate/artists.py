"""Artists of a laid-out figure as data: what the page needs to write their words."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle, StepPatch
from matplotlib.text import Text

from nb_lib.live.paint.encode import bytes_as_words, coloured
from nb_lib.live.translate import shapes
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.values import (
    bytes_of,
    frame_of,
    is_none,
    js_number,
    numbers,
    words_of,
)

BOLD = ("bold", "semibold", 600, 700, 800, 900)


class Artists:
    """Describes the artists of one figure; keeps what several of them share."""

    def __init__(self, renderer):
        self.renderer = renderer
        self.markers = {}  # name, size and edge -> the words of its outline
        self.tables = []  # colour tables of images
        self.lines = []  # the lines that were described, with their markers
        self.fonts = []  # properties of the fonts of all texts

    def described(self, artist, ax):
        """Return the data of an artist that the page may change, or raise Refused."""
        ways = (
            (Line2D, self.line),
            (Text, self.text),
            (AxesImage, self.image),
            (Rectangle, shapes.rectangle),
            (Polygon, shapes.polygon),
            (StepPatch, shapes.stairs),
        )
        describe = next((way for kind, way in ways if isinstance(artist, kind)), None)
        if describe is None:
            raise Refused(f"the page draws no {type(artist).__name__} anew")
        common = {
            "isVisible": bool(artist.get_visible()),
            "isClipped": self._is_clipped(artist, ax),
            "alpha": artist.get_alpha(),
        }
        if artist.get_gid() is not None:
            common["gid"] = artist.get_gid()
        return common | describe(artist, ax)

    def drawn(self, artist, draw):
        """Return the data of an artist that no frame changes: its words."""
        is_visible = artist.get_visible()
        artist.set_visible(True)
        words = draw(artist)
        artist.set_visible(is_visible)
        return {
            "kind": "Drawn",
            "isVisible": bool(is_visible),
            "fixed": words_of(words),
        }

    def _is_clipped(self, artist, ax):
        gc = self.renderer.new_gc()
        artist._set_gc_clip(gc)
        box = gc.get_clip_rectangle()
        if gc.get_clip_path()[0] is not None:
            raise Refused("the page clips to rectangles only")
        if box is not None and not np.allclose(box.extents, ax.bbox.extents):
            raise Refused("the page clips to axes only")
        return box is not None

    # one kind each

    def line(self, line, ax):
        if line.get_drawstyle() != "default" or line.get_fillstyle() not in (
            "full",
            "none",
        ):
            raise Refused("the page draws no steps and no half-filled markers")
        xs, ys = line.get_data()
        self.lines.append(line)
        self.marker(line, line.get_marker(), line.get_markersize())
        face, edge = line._markerfacecolor, line._markeredgecolor
        alpha = line.get_alpha()
        out = {
            "kind": "Line",
            "xs": numbers(xs),
            "ys": numbers(ys),
            "frame": frame_of(line.get_transform(), ax),
            "isLined": not is_none(line.get_linestyle()),
            "colour": bytes_of(to_rgba(line.get_color(), alpha)),
            "lineWidth": float(line.get_linewidth()),
            "dashes": [*map(float, line._unscaled_dash_pattern[1] or ())],
            "marker": "None" if is_none(line.get_marker()) else str(line.get_marker()),
            "markerSize": float(line.get_markersize()),
            "edgeWidth": float(line.get_markeredgewidth()),
            "isFirstOnly": self._is_first_only(line.get_markevery()),
        }
        for name, colour in (("face", face), ("edge", edge)):
            if not isinstance(colour, str) or colour != "auto":
                out[name] = bytes_of(to_rgba(colour, alpha))
        return out

    def _is_first_only(self, markevery):
        if markevery not in (None, [0]):
            raise Refused("the page knows markevery=[0] only")
        return markevery is not None

    def marker(self, line, marker, size):
        """Note the outline of a marker of a size, as this line would draw it."""
        edge = float(line.get_markeredgewidth())
        key = " ".join([str(marker), *map(js_number, (size, edge))])
        if is_none(marker) or size <= 0 or key in self.markers:
            return
        was = line.get_marker(), line.get_markersize()
        line.set_marker(marker)
        line.set_markersize(size)
        style, renderer = line._marker, self.renderer
        snap = style.get_snap_threshold()
        if not isinstance(snap, (bool, type(None))):
            snap = renderer.points_to_pixels(size) >= snap
        gc = renderer.new_gc()
        gc.set_linewidth(edge)
        gc.set_snap(snap)
        scale = style.get_transform().scale(renderer.points_to_pixels(size))
        width = renderer._stroke(gc)
        paths = renderer._paths_around_origin(style.get_path(), scale, gc, width)
        self.markers[key] = {
            "paths": [int(word) for word in paths],
            "isSnapped": bool(snap),
            "hasFace": style.get_fillstyle() != "none" and bool(style),
        }
        line.set_marker(was[0])
        line.set_markersize(was[1])

    def text(self, text, ax):
        if text.get_bbox_patch() is not None or text._linespacing != "normal":
            raise Refused("the page writes texts without boxes, at normal line spacing")
        x, y = text.get_unitless_position()
        return {
            "kind": "Writing",
            "text": text.get_text(),
            "x": float(x),
            "y": float(y),
            "frame": frame_of(text.get_transform(), ax),
            "colour": bytes_of(to_rgba(text.get_color(), text.get_alpha())),
            "look": self._look(text),
        }

    def _look(self, text):
        """Return how a text stands: font, size in pixels, alignments and turn."""
        prop = text.get_fontproperties()
        points, is_bold = prop.get_size_in_points(), prop.get_weight() in BOLD
        look = {
            "font": self._font(prop),
            "isBold": is_bold,
            "size": float(self.renderer.points_to_pixels(points)),
            "scale": (int(64 * points) * int(self.renderer.dpi) + 36)
            // 72,  # as FreeType has it
            "ha": text.get_horizontalalignment(),
            "va": text.get_verticalalignment(),
        }
        if text._multialignment:
            look["align"] = text._multialignment
        if text.get_rotation():
            look["angle"] = float(text.get_rotation())
            look["isAnchored"] = text.get_rotation_mode() == "anchor"
        return look

    def _font(self, prop):
        """Return the number of a font, whatever its size."""
        font = prop.get_family()[0], prop.get_weight()
        if font not in self.fonts:
            self.fonts.append(font)
        return self.fonts.index(font)

    def image(self, image, ax):
        array = np.ma.filled(image.get_array().astype(float), np.nan)
        self.renderer._accept_image(image)
        if array.ndim != 2:
            raise Refused("the page draws images of numbers only")
        table, _ = coloured(image, image.get_array())
        packed = words_of(bytes_as_words(table))
        if packed not in self.tables:
            self.tables.append(packed)
        x0, x1, y0, y1 = map(float, image.get_extent())
        first, last = (y1, y0) if image.origin == "upper" else (y0, y1)
        low, high = image.get_clim()
        return {
            "kind": "Picture",
            "shape": list(array.shape),
            "value": float(array.flat[0]) if np.ptp(array) == 0 else None,
            "corners": [x0, x1, first, last],
            "frame": frame_of(image.get_transform(), ax),
            "isSmooth": image.get_interpolation() not in ("none", "nearest"),
            "table": self.tables.index(packed),
            "low": float(low),
            "high": float(high),
        }

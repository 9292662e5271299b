"""Artists of a laid-out figure as data: what the page needs to write their words."""

import base64
from itertools import product

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle, StepPatch
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from nb_lib.live.paint.encode import coloured
from nb_lib.live.translate.refusal import Refused

FRAMES = "dap"
BOLD = ("bold", "semibold", 600, 700, 800, 900)


def words_of(words):
    """Write words as base64."""
    return base64.b64encode(np.asarray(words, "<i2").tobytes()).decode()


def bytes_of(colour):
    """Return four bytes of a colour."""
    return [round(255 * part) for part in to_rgba(colour)]


def numbers(values):
    """Return numbers for JSON: what is not finite becomes null."""
    values = np.atleast_1d(np.ma.filled(np.ma.asarray(values, float), np.nan))
    return [float(value) if np.isfinite(value) else None for value in values]


def _is_none(style):
    """Say whether a style of matplotlib, of a line or marker, means nothing."""
    return style in ("None", "none", " ", "", None)


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
            (Rectangle, self.rectangle),
            (Polygon, self.polygon),
            (StepPatch, self.stairs),
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
            "bytes": words_of(words),
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
            "isLined": not _is_none(line.get_linestyle()),
            "colour": bytes_of(to_rgba(line.get_color(), alpha)),
            "lineWidth": float(line.get_linewidth()),
            "dashes": [*map(float, line._unscaled_dash_pattern[1] or ())],
            "marker": "None" if _is_none(line.get_marker()) else str(line.get_marker()),
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
        key = f"{marker} {float(size):g} {edge:g}"
        if _is_none(marker) or size <= 0 or key in self.markers:
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

    def _patch(self, patch):
        if patch.get_hatch() is not None:
            raise Refused("the page draws no hatches")
        has_edge = not _is_none(patch.get_linestyle())
        return {
            "face": bytes_of(patch.get_facecolor()),
            "edge": bytes_of(patch.get_edgecolor() if has_edge else "none"),
            "lineWidth": float(patch.get_linewidth()),
            "dashes": [*map(float, patch._unscaled_dash_pattern[1] or ())],
            "isFilled": bool(patch.get_fill()),
        }

    def rectangle(self, bar, ax):
        if bar.get_angle():
            raise Refused("the page draws no turned rectangles")
        frame = frame_of(bar.get_data_transform(), ax)
        place = dict(zip(("x", "y"), map(float, bar.get_xy()), strict=True))
        size = {"width": float(bar.get_width()), "height": float(bar.get_height())}
        return {"kind": "Bar", "frame": frame} | place | size | self._patch(bar)

    def polygon(self, area, ax):
        if not area.get_closed():
            raise Refused("the page fills closed polygons only")
        corners = area.get_xy()
        return {
            "kind": "Area",
            "corners": [numbers(corner) for corner in corners[:-1]],
            "frame": frame_of(area.get_data_transform(), ax),
        } | self._patch(area)

    def stairs(self, stairs, ax):
        values, edges, base = stairs.get_data()
        if stairs.orientation != "vertical" or base is None or np.ndim(base):
            raise Refused("the page draws upright stairs over one base only")
        return {
            "kind": "Stairs",
            "values": numbers(values),
            "edges": numbers(edges),
            "base": float(base),
            "frame": frame_of(stairs.get_data_transform(), ax),
        } | self._patch(stairs)

    def image(self, image, ax):
        array = np.ma.filled(image.get_array().astype(float), np.nan)
        self.renderer._accept_image(image)
        if array.ndim != 2:
            raise Refused("the page draws images of numbers only")
        table, _ = coloured(image, image.get_array())
        packed = base64.b64encode(table).decode()
        if packed not in self.tables:
            self.tables.append(packed)
        x0, x1, y0, y1 = map(float, image.get_extent())
        first, last = (y1, y0) if image.origin == "upper" else (y0, y1)
        low, high = image.get_clim()
        return {
            "kind": "Picture",
            "shape": list(array.shape),
            "value": numbers(array.flat[0])[0],  # until a frame says more
            "corners": [x0, x1, first, last],
            "frame": frame_of(image.get_transform(), ax),
            "isSmooth": image.get_interpolation() not in ("none", "nearest"),
            "table": self.tables.index(packed),
            "low": float(low),
            "high": float(high),
        }


def frame_of(transform, ax):
    """Say in which frame coordinates count: across, up, and an offset in pixels.

    "d" is the data's frame, "a" that of the axes from 0 to 1, "p" are pixels.
    """
    kept = ax.viewLim.get_points().copy()
    found, corners = ([], []), np.array([*product((1.0, 2.0), repeat=2)])
    for share in (0, 0.1):  # other limits tell the data's frame from that of the axes
        ax.viewLim.set_points(kept + [[share], [0]] * (kept[1] - kept[0]))
        place = transform.transform(corners)
        for frame, base in zip(FRAMES, _bases(ax), strict=True):
            offsets = place - base.transform(corners)
            for k in range(2):
                if np.ptp(offsets[:, k]) < 1e-6:
                    found[k].append((frame, float(offsets[0, k])))
    ax.viewLim.set_points(kept)
    chosen = [
        [each for each in ways if [w[0] for w in ways].count(each[0]) == 2]
        for ways in found
    ]
    if not all(chosen):
        raise Refused("the page knows coordinates of the data, the axes and pixels")
    return [chosen[0][0][0], chosen[1][0][0], chosen[0][0][1], chosen[1][0][1]]


def _bases(ax):
    return ax.transData, ax.transAxes, IdentityTransform()

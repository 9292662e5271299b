"""A matplotlib renderer whose output is a display list, not pixels.

A display list is a stream of 16-bit words: an operation, its colours and sizes,
then points in sixteenths of a pixel with y pointing down. ``paint.js`` reads the
same stream in the browser; the two files are to be changed together.

    LINE     1, rgba, width, n, dashes[n], paths
    FILL     2, face rgba, edge rgba, width, paths
    MARKERS  3, face rgba, edge rgba, width, paths, n, (x, y)[n]
    IMAGE    4, x0, y0, x1, y1, columns, rows, smooth, colours, table, bytes
    TEXT     5, rgba, x, y, size, angle, align, bold, width, n, UTF-16 units[n]
    CLIP     6, x, y, width, height          (a width of -1 lifts the clip)
    SPLIT    7                               (what follows is drawn on top)

``rgba`` is two words (red and green, blue and alpha); ``paths`` is a count, then
for each path its number of points (negative when the path is closed) and the
points. An image of 0 colours holds RGBA bytes; otherwise each byte is an index
into the table.
"""

import math
from functools import lru_cache

import numpy as np
from matplotlib.backend_bases import FigureCanvasBase, RendererBase
from matplotlib.image import AxesImage
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from nb_lib.live.paint.encode import (
    UNITS,
    Unsupported,
    bytes_as_words,
    coloured,
    counted,
    flattened,
    pixels,
    rgba,
)

LINE, FILL, MARKERS, IMAGE, TEXT, CLIP, SPLIT = range(1, 8)
MEMORY = 2000  # texts whose size is remembered

_ALIGN = {"left": 0, "center": 1, "right": 2}


@lru_cache(maxsize=256)
def _formula(s, size, prop):
    """Return the outlines of a formula; setting one takes a thousand lines' time."""
    return TextPath((0, 0), s, size=size, prop=prop)


class DisplayList(RendererBase):
    """Collect what artists draw on a figure of width x height pixels."""

    def __init__(self, width, height, dpi):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.flip = np.array([[1, 0, 0], [0, -1, height], [0, 0, 1]], float)
        self.extents = {}  # of texts: to measure one takes as long as five lines
        self.take()

    def take(self):
        """Return all words since the last call and start afresh."""
        chunks = getattr(self, "chunks", [])
        self.chunks, self.clip = [], None
        if not chunks:
            return np.empty(0, np.int16)
        return np.concatenate([np.asarray(c, np.int16) for c in chunks])

    # What matplotlib asks of a renderer.

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def option_image_nocomposite(self):
        return True  # images stay apart: each is small and has its own place

    def option_scale_image(self):
        return True  # the browser enlarges images

    def draw_path(self, gc, path, transform, rgbFace=None):
        self._accept(gc)
        width = self._stroke(gc)
        face = self._face(gc, rgbFace)
        if face is None and width == 0:
            return
        paths = self._paths(path, transform, gc, width, filled=face is not None)
        if len(paths) == 1:  # no path at all
            return
        self._clip(gc)
        edge = gc.get_rgb() if width else None
        dashes = self._dashes(gc)
        if face is not None:
            solid = edge if len(dashes) == 0 else None
            self.chunks += [[FILL, *rgba(face), *rgba(solid), round(width * UNITS)]]
            self.chunks += [paths]
        if width and (face is None or len(dashes)):
            self.chunks += [[LINE, *rgba(edge), round(width * UNITS), len(dashes)]]
            self.chunks += [dashes, paths]

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self._accept(gc)
        points = trans.transform(path.vertices)
        points = points[np.isfinite(points).all(axis=1)]
        if len(points):
            points[:, 1] = self.height - points[:, 1]
            if gc.get_snap():
                points = np.floor(points + 0.5)  # as Agg: ticks fall on whole pixels
            self._markers(gc, marker_path, marker_trans, points, rgbFace)

    def draw_path_collection(self, gc, master_transform, paths, all_transforms, *args,
                             **kwargs):  # fmt: skip
        """Send each run of equal paths and colours as one MARKERS operation."""
        raw = list(
            self._iter_collection_raw_paths(master_transform, paths, all_transforms)
        )
        runs = []
        kwargs.setdefault("hatchcolors", np.empty((0, 4)))
        for x, y, index, gc0, face in self._iter_collection(
            gc, range(len(raw)), *args, **kwargs
        ):
            self._accept(gc0)
            look = (index, tuple(face) if face is not None else None,
                    tuple(gc0.get_rgb()), gc0.get_linewidth())  # fmt: skip
            if not runs or runs[-1][0] != look:
                copy = self.new_gc()
                copy.copy_properties(gc0)
                runs.append((look, copy, face, []))
            runs[-1][3].append((x, self.height - y))
        for (index, *_), gc0, face, points in runs:
            path, transform = raw[index]
            self._markers(gc0, path, transform, np.array(points), face)

    def draw_quad_mesh(self, *args, **kwargs):
        raise Unsupported("a display list cannot hold pcolormesh: use imshow")

    def draw_gouraud_triangles(self, *args, **kwargs):
        raise Unsupported("a display list cannot hold shaded triangles: use imshow")

    def draw_image(self, gc, x, y, im, transform=None):
        raise Unsupported("a display list holds images of axes only: use ax.imshow")

    def draw_axes_image(self, image):
        """Send an AxesImage at its own size; the browser enlarges it."""
        array = image.get_array()
        if array is None or array.size == 0 or not image.get_visible():
            return
        gc = self.new_gc()
        image._set_gc_clip(gc)
        self._clip(gc)
        x0, x1, y0, y1 = image.get_extent()
        first, last = (y1, y0) if image.origin == "upper" else (y0, y1)
        corners = image.get_transform().transform([(x0, first), (x1, last)])
        corners[:, 1] = self.height - corners[:, 1]
        rows, columns = array.shape[:2]
        smooth = image.get_interpolation() not in ("none", "nearest")
        self._accept_image(image)
        table, data = coloured(image, array)
        self.chunks += [[IMAGE], pixels(corners.ravel())]
        self.chunks += [[columns, rows, int(smooth), len(table) // 4]]
        self.chunks += [bytes_as_words(table), bytes_as_words(data)]

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath:
            return self._draw_mathtext(gc, x, y, s, prop, angle)
        width, _, _ = self.get_text_width_height_descent(s, prop, ismath)
        align = "center" if angle else mtext.get_ha() if mtext else "left"
        shift = width * _ALIGN[align] / 2
        turn = math.radians(angle)
        x, y = x + shift * math.cos(turn), y - shift * math.sin(turn)
        size = self.points_to_pixels(prop.get_size_in_points())
        bold = prop.get_weight() in ("bold", "semibold", 600, 700, 800, 900)
        units = np.frombuffer(s.encode("utf-16-le"), "<i2")
        self._clip(gc)
        self.chunks += [[TEXT, *rgba(gc.get_rgb())], pixels([x, y, size, angle])]
        self.chunks += [[_ALIGN[align], int(bold)], pixels([width])]
        self.chunks += [[len(units)], units]

    def get_text_width_height_descent(self, s, prop, ismath):
        key = s, hash(prop), ismath
        if key not in self.extents:
            if len(self.extents) == MEMORY:
                self.extents.clear()
            extent = super().get_text_width_height_descent(s, prop, ismath)
            self.extents[key] = extent
        return self.extents[key]

    # How it is said in words.

    def _draw_mathtext(self, gc, x, y, s, prop, angle):
        """Send a formula as outlines: no browser font has to know it."""
        size = self.points_to_pixels(prop.get_size_in_points())
        path = _formula(s, size, prop)
        move = Affine2D().rotate_deg(angle).translate(x, self.height - y)
        gc.set_linewidth(0)
        self.draw_path(gc, path, move, gc.get_rgb())

    def _accept(self, gc):
        if gc.get_hatch() is not None:
            raise Unsupported("a display list cannot hold hatches: use another colour")
        if gc.get_sketch_params() is not None:
            raise Unsupported("a display list cannot hold sketched lines")
        if gc.get_clip_path()[0] is not None:
            raise Unsupported("a display list clips to rectangles only")

    def _accept_image(self, image):
        if isinstance(image.get_alpha(), np.ndarray):
            raise Unsupported("a display list wants one alpha for a whole image")
        if type(image) is not AxesImage or not image.get_transform().is_affine:
            raise Unsupported("a display list holds images of even pixels only")

    def _stroke(self, gc):
        visible = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        return self.points_to_pixels(gc.get_linewidth()) if visible else 0

    def _face(self, gc, face):
        if face is None or (len(face) == 4 and face[3] == 0):
            return None
        alpha = gc.get_alpha()
        forced = len(face) == 3 or gc.get_forced_alpha()
        return (*face[:3], alpha if forced else face[3])

    def _dashes(self, gc):
        _, dashes = gc.get_dashes()
        return pixels([self.points_to_pixels(d) for d in dashes or ()])

    def _clip(self, gc):
        box = gc.get_clip_rectangle()
        clip = (
            (0, 0, -1 / UNITS, 0)
            if box is None
            else (box.x0, self.height - box.y1, box.width, box.height)
        )
        if clip != self.clip:
            self.clip = clip
            self.chunks += [[CLIP], pixels(clip)]

    def _paths(self, path, transform, gc, width, *, filled):
        if not transform.is_affine:
            path = transform.transform_path_non_affine(path)
        return flattened(
            path,
            self.flip @ transform.get_affine().get_matrix(),
            (self.width, self.height),
            width=width,
            snap=gc.get_snap(),
            filled=filled,
        )

    def _markers(self, gc, path, transform, points, face):
        width, face = self._stroke(gc), self._face(gc, face)
        paths = self._paths_around_origin(path, transform, gc, width)
        edge = gc.get_rgb() if width else None
        self._clip(gc)
        self.chunks += [[MARKERS, *rgba(face), *rgba(edge), round(width * UNITS)]]
        self.chunks += [paths, [counted(len(points), "markers")]]
        self.chunks += [pixels(points).ravel()]

    def _paths_around_origin(self, path, transform, gc, width):
        down = transform.frozen() + Affine2D().translate(0, self.height)
        return self._paths(path, down, gc, width, filled=True)


class ListCanvas(FigureCanvasBase):
    """The canvas of a figure that is drawn as display lists."""

    def get_renderer(self):
        """Return the one renderer of this canvas, as layout engines ask for it."""
        if not hasattr(self, "renderer"):
            width, height = self.get_width_height()
            self.renderer = DisplayList(width, height, self.figure.dpi)
        return self.renderer

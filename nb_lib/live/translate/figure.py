"""A laid-out figure as data: its axes, what lies on them, markers, fonts, formulas."""

import contextlib
import json
import re

from matplotlib.cbook import is_math_text
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D

from nb_lib.live.paint.fixed import moving
from nb_lib.live.translate.artists import Artists
from nb_lib.live.translate.axes import axis_of, frame_of_axes
from nb_lib.live.translate.fonts import ASCII, font_table
from nb_lib.live.translate.formulas import outline
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.values import words_of

GROUPS = {"lines", "texts", "patches"}  # by which show may reach what lies on axes
LONGEST = 300  # letters of what is said; longer strings of a program hold data
MARKS = "−⁻⁰¹²³⁴⁵⁶⁷⁸⁹"  # which ticks need
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
SET_SIZE = re.compile(r'"set_markersize", \[(.*)\]')


class Figure:
    """One figure on its way to the page."""

    def __init__(self, stand_ins, text, attributes):
        self.stand_ins, self.text, self.attributes = stand_ins, text, attributes
        self.painter = stand_ins.painter
        self.renderer = self.painter.renderer
        self.artists = Artists(self.renderer)
        self.looks = {}  # size, font and turn -> number of its formulas
        self.sources = {}  # that number -> the texts with this look

    def data(self):
        """Return the figure as what JSON can hold, for ``figureOf`` in the page."""
        figure = self.painter.figure
        alive = [ax for ax in figure.axes if self._is_alive(ax)]
        for ax in alive:
            if self.attributes & GROUPS and self.stand_ins.number(ax) is not None:
                for artist in moving(ax):
                    self.stand_ins(artist)
        axes = [
            self._alive(ax) if ax in alive else self._still(ax) for ax in figure.axes
        ]
        self._more_markers()
        formulas = [self._formulas(texts) for texts in self.sources.values()]
        letters = self._letters(axes)
        order = sorted(range(len(axes)), key=lambda k: figure.axes[k].zorder)
        return {
            "size": [*self.painter.size],
            "dpi": float(figure.dpi),
            "order": order,
            "rest": words_of(self._rest()),
            "axes": axes,
            "maps": self.stand_ins.maps,
            "formulas": formulas,
            "markers": self.artists.markers,
            "tables": self.artists.tables,
            "fonts": [font_table(*font, letters) for font in self.artists.fonts],
        }

    def _is_alive(self, ax):
        """Say whether show reaches the axes themselves or what stands still on them."""
        number, legend = self.stand_ins.number, ax.get_legend()
        parts = [ax, ax.xaxis, ax.yaxis, ax.xaxis.label, ax.yaxis.label]
        parts += [ax.title, ax._left_title, ax._right_title]
        parts += [*legend.findobj()] if legend else []
        return any(number(part) is not None for part in parts)

    def _still(self, ax):
        fixed = self.painter.fixed[ax]
        parts = {"fixed": [words_of(fixed.under), words_of(fixed.over)]}
        return self._common(ax) | self._sides(ax) | parts

    def _alive(self, ax):
        over, legend = frame_of_axes(
            self.painter.fixed[ax], self.artists, self.stand_ins.number
        )
        out = self._common(ax) | {"over": over, "legend": legend}
        for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
            out[name] = self._with_looks(axis_of(axis, self.artists))
            if "label" in out[name]:
                self._give(out[name]["label"], axis.label)
        titles = ax.title, ax._left_title, ax._right_title
        out["titles"] = [self._described(title, ax) for title in titles]
        out["titles"][1]["isTitle"] = True  # our titles stand on the left
        return out

    def _sides(self, ax):
        """Return the two axes of what stands still: artists need their limits."""
        return {
            name: {
                "isLog": axis.get_scale() == "log",
                "view": [*map(float, axis.get_view_interval())],
            }
            for name, axis in (("x", ax.xaxis), ("y", ax.yaxis))
        }

    def _common(self, ax):
        box = ax.bbox.extents
        common = {
            "box": [*map(float, box)],
            "isVisible": bool(ax.get_visible()),
            "isFramed": bool(ax.axison),
            "artists": [self._moving(artist, ax) for artist in moving(ax)],
        }
        self._give(common, ax)
        return common | ({"gid": ax.get_gid()} if ax.get_gid() else {})

    def _moving(self, artist, ax):
        """Describe what a frame may change or move; all else keeps its words."""
        if self.stand_ins.number(artist) is not None:
            return self._described(artist, ax)
        if self._is_alive(ax) and not isinstance(artist, AxesImage):
            with contextlib.suppress(Refused):  # then these axes must keep their limits
                return self._described(artist, ax)
        return self.artists.drawn(artist, self.painter._draw)

    def _described(self, artist, ax):
        out = self.artists.described(artist, ax)
        self._give(out, artist)
        return out

    def _give(self, out, artist):
        """Add the artist's number, and to a text the number of its formulas."""
        number = self.stand_ins.number(artist)
        if number is not None:
            out["number"] = number
        if "look" in out:
            self._number_look(out["look"], artist)

    def _number_look(self, look, text):
        key = look["size"], look["font"], look.get("angle")
        look["formulas"] = self.looks.setdefault(key, len(self.looks))
        self.sources.setdefault(look["formulas"], []).append(text)

    def _with_looks(self, axis):
        if "name" in axis:
            axis["name"]["look"]["formulas"] = -1  # ticks have no formulas
        return axis

    def _rest(self):
        """Return the words of what the figure holds beside its axes."""
        figure, renderer = self.painter.figure, self.renderer
        renderer.take()
        for artist in figure.get_children():
            if artist is not figure.patch and artist not in figure.axes:
                if self.stand_ins.number(artist) is not None:
                    raise Refused("the page moves what lies on axes only")
                artist.draw(renderer)
        return renderer.take()

    # what a frame may yet ask for

    def _strings(self):
        return {each for each in STRING.findall(self.text) if len(each) < LONGEST}

    def _more_markers(self):
        """Note each marker and size that the program mentions where it sets one."""
        if not re.search('"set_marker(size)?"', self.text):
            return
        known = {str(key) for key in Line2D.markers if isinstance(key, str)}
        named = self._strings() & known if "set_marker" in self.attributes else set()
        sizes = set()
        for given in SET_SIZE.findall(self.text):
            sizes |= {float(each) for each in re.findall(r"\d+\.?\d*", given)}
        for line in self.artists.lines[:]:
            if self.stand_ins.number(line) is None:
                continue
            for marker in {line.get_marker(), *named}:
                for size in {line.get_markersize(), *(s for s in sizes if s < 20)}:
                    self.artists.marker(line, marker, size)

    def _formulas(self, texts):
        """Return the outlines of formulas as these texts, of one look, write them."""
        said = {json.loads(f'"{each}"') for each in self._strings() if "$" in each}
        said |= {line for text in texts for line in text.get_text().split("\n")}
        return {
            each: outline(texts[0], each, self.renderer)
            for each in sorted(said)
            if is_math_text(each) and "\n" not in each
        }

    # fonts

    def _letters(self, axes):
        """Return the letters that texts may have: ASCII, and what strings name."""
        named = "".join(json.loads(f'"{each}"') for each in self._strings())
        drawn = json.dumps(axes, ensure_ascii=False)
        return "".join(sorted({*ASCII, *MARKS, *named, *drawn}))

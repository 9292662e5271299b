"""Listings: the source that runs, with its name and its count of code lines."""

import colorsys  # a module small enough to list whole
import inspect
import json

import pytest

from nb_lib.book import Listing, theme


class Layer:
    def forward(self, x):
        """Double it."""

        return 2 * x  # a < b


def luminance(colour):
    """Relative luminance of #rrggbb, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    light, dark = sorted([luminance(first), luminance(second)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_listing_shows_the_live_source_at_the_left_margin():
    text = repr(Listing(Layer.forward))
    assert text.splitlines()[1:3] == ["def forward(self, x):", '    """Double it."""']


def test_header_names_the_member_and_counts_its_code_lines():
    first = repr(Listing(Layer.forward, Layer)).splitlines()[0]
    assert first == f"# {__name__}.Layer.forward · 2 code lines"


def test_listing_accepts_functions_classes_and_modules():
    text = repr(Listing(Layer.forward, Layer, colorsys))
    assert "class Layer:" in text
    assert inspect.getsource(colorsys).strip() in text


def test_html_escapes_code_and_names_each_region():
    page = Listing(Layer.forward, Layer)._repr_html_()
    assert "a &lt; b" in page
    assert page.count('class="nb-card"') == page.count("<pre") == 2
    assert page.count(f'aria-label="source of {__name__}.Layer') == 2


def test_html_escapes_the_name_of_a_local_function():
    def local():
        pass

    page = Listing(local)._repr_html_()
    assert "<locals>" not in page
    assert page.count("&lt;locals&gt;") == 2


@pytest.mark.parametrize("member", [7, len, None])
def test_listing_refuses_what_has_no_source(member):
    with pytest.raises(TypeError, match=r"^Listing .*(int|len|None)"):
        Listing(member)


def test_listing_wants_a_member():
    with pytest.raises(TypeError, match="at least one"):
        Listing()


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_colours_stand_out_from_their_paper(palette):
    colours = {name: c for name, c in palette.items() if name not in ("paper", "rule")}
    weak = {n: c for n, c in colours.items() if contrast(c, palette["paper"]) < 4.5}
    assert json.dumps(weak) == "{}"

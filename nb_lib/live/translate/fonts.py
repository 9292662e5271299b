"""What the page must know of a font to lay texts out: widths, kerns and heights."""

from functools import cache
from itertools import product

from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import LoadFlags

ASCII = "".join(map(chr, range(32, 127)))
UNITS = 2048  # of the font in its size: at this size a unit is a pixel


@cache
def font_table(family, weight, letters):
    """Return the table of a font for these letters, a sorted string.

    ``widths`` and ``kerns`` map numbers, in units of the font, to the letters and
    pairs that have them; ``heights`` names letters that reach above or below a line;
    ``ascent``, ``descent`` and ``gap`` are those of a line of size 1.
    """
    prop = FontProperties(family=family, weight=weight)
    font = get_font(fontManager._find_fonts_by_props(prop))
    font.set_size(UNITS, 72)
    letters = [letter for letter in letters if font.get_char_index(ord(letter))]
    sizes = {letter: _measured(font, letter) for letter in letters}
    width = {letter: size[0] for letter, size in sizes.items()}
    line = font.get_sfnt_table("OS/2")
    ascent, descent = line["sTypoAscender"], -line["sTypoDescender"]
    kerns = {
        a + b: _measured(font, a + b)[0] - width[a] - width[b]
        for a, b in product(letters, repeat=2)
    }
    return {
        "widths": _by_value(width),
        "kerns": _by_value({pair: kern for pair, kern in kerns.items() if kern}),
        "heights": {
            letter: (above, below)
            for letter, (_, above, below) in sizes.items()
            if above > ascent or below > descent
        },
        "ascent": ascent / UNITS,
        "descent": descent / UNITS,
        "gap": line["sTypoLineGap"] / UNITS,
    }


@cache  # pictures differ in a few letters, and there are 9,000 pairs of the others
def _measured(font, text):
    """Return width, ascent and descent in units of the font."""
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    descent = font.get_descent()
    return width // 64, (height - descent) // 64, descent // 64


def _by_value(table):
    """Return value -> all keys that have it, as one string."""
    values = {}
    for key, value in table.items():
        values[value] = values.get(value, "") + key
    return values

"""Write the ziggurat of NumPy's normal numbers as a table for the page.

The widths of its 256 layers follow from a recursion (Marsaglia and Tsang, 2000), which
is done here in sixty digits. NumPy's own table was computed in doubles and differs in
the last bits, so each width is then chosen among its neighbours as the one that the
installed NumPy multiplies with: its raw words and its normal numbers show it.
"""

import base64
import textwrap
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "nb_lib" / "live" / "runtime" / "ziggurat.js"
START = Decimal("3.6541528853610087963519472518")  # where the tail begins
PLACES = Decimal(2) ** 52  # of a layer: NumPy draws a whole number below it
NEAR = 200  # neighbouring doubles that are tried

TEXT = """\
// The ziggurat of NumPy's normal numbers: its layers' widths for one of 2 ** 52 places.
// Written by scripts/ziggurat.py; heights and limits follow from the widths.

const ZIGGURAT = (() => {{
  const table = `{table}`;
  const bits = new BigInt64Array({layers}); // at first: from one width's to the next
  [...atob(table)].forEach((letter, i) => {{
    bits[i % {layers}] = (bits[i % {layers}] << 8n) | BigInt(letter.charCodeAt(0));
  }});
  for (let i = 1; i < {layers}; i++) bits[i] += bits[i - 1];
  const widths = new Float64Array(bits.buffer), places = 2 ** 52;
  const heights = widths.map((width) => Math.exp(-0.5 * (width * places) ** 2));
  const limits = widths.map((width, i) => Math.floor((widths[i - 1] / width) * places));
  const start = {start!r}, inverse = {inverse!r};
  heights[0] = 1;
  limits[0] = Math.floor(start / widths[0]);
  limits[1] = 0;
  return {{ widths, heights, limits, start, inverse }};
}})();
"""


def density(x):
    """Return exp(-x^2 / 2)."""
    return (-x * x / 2).exp()


def tail(x, n_terms=400):
    """Return the area under ``density`` beyond x, by its continued fraction."""
    rest = Decimal(0)
    for k in range(n_terms, 0, -1):
        rest = Decimal(k) / (x + rest)
    return density(x) / (x + rest)


def exact_widths():
    """Return the widths of the layers, each to the nearest double, shape (256,)."""
    area = START * density(START) + tail(START)
    widths = np.zeros(256)
    widths[0], widths[255] = area / density(START) / PLACES, START / PLACES
    edge = START
    for layer in range(254, 0, -1):
        edge = (-2 * (area / edge + density(edge)).ln()).sqrt()
        widths[layer] = edge / PLACES
    return widths


def asked(widths, n_draws=40_000, seed=1):
    """Return the widths that the installed NumPy uses, shape (256,)."""
    rng = np.random.default_rng(seed)
    steps = np.arange(-NEAR, NEAR + 1)
    fits = [width + steps * np.spacing(width) for width in widths]
    for _ in range(n_draws):
        before = rng.bit_generator.state
        word = int(rng.bit_generator.random_raw())
        rng.bit_generator.state = before
        value = abs(rng.standard_normal())
        layer, place = word & 255, (word >> 9) & (2**52 - 1)
        hit = fits[layer][place * fits[layer] == value]
        is_sure = layer != 1 and place < limit(widths, layer)  # taken at once
        if place >= 2**48 and (is_sure or len(hit)):  # a small place fits many widths
            fits[layer] = hit
    if open_ones := [layer for layer, fit in enumerate(fits) if len(fit) != 1]:
        raise ValueError(f"wanted one width for each layer, got {open_ones} open")
    return np.array([fit[0] for fit in fits])


def limit(widths, layer):
    """Return about where a layer's sure part ends."""
    inner = float(START / PLACES) if layer == 0 else widths[layer - 1]
    return 0.9999 * inner / widths[layer] * 2**52


def letters(widths):
    """Return the table as text: what the bits differ by, the high bytes of all first.

    The high bytes are all alike and the low ones chance, so this deflates best.
    """
    bits = np.diff(widths.astype(np.float64).view(np.int64), prepend=np.int64(0))
    high_first = bits.astype(">i8").view(np.uint8).reshape(-1, 8)
    return base64.b64encode(high_first.T.tobytes()).decode()


def main():
    """Write the table."""
    getcontext().prec = 60
    widths = asked(exact_widths())
    lines = textwrap.wrap(letters(widths), 100)  # atob passes over white space
    table = "\n".join(lines)
    start, inverse = float(START), float(1 / START)
    TARGET.write_text(
        TEXT.format(table=table, layers=len(widths), start=start, inverse=inverse)
    )


if __name__ == "__main__":
    main()

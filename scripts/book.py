"""Build the website: ``make book``. Recordings first, then the pages, then its size.

It does not begin while a text asks for settings that no recording has (wanted.py).

All that the pages need lies in ``_build/static``: the drawing code, the recordings and
what ``site`` holds, so that no page asks another origin.
"""

import argparse
import base64
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from nb_lib.book import theme
from nb_lib.live.page.script import PAINTERS, player

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "_build"
STATIC = BUILD / "static"
FONT = re.compile(r"url\((source-serif/[^)]+|fonts/KaTeX_Ma(?:in|th)-[RI]\w+.woff2)\)")
PAINT = [ROOT / f"nb_lib/live/paint/{name}.js" for name in PAINTERS]
SCRIPTS = [*PAINT, ROOT / "nb_lib/book/walk.js"]


def collect():
    """Copy what every page loads to where Sphinx takes it from."""
    STATIC.mkdir(parents=True, exist_ok=True)
    for source in SCRIPTS:
        shutil.copy2(source, STATIC)
    (STATIC / "player.js").write_text(player(), encoding="utf-8")
    for folder in ("static", "vendor"):
        source, skip = (
            ROOT / "site" / folder,
            shutil.ignore_patterns("*.md", "katex*.js"),
        )
        shutil.copytree(source, STATIC, dirs_exist_ok=True, ignore=skip)
    (STATIC / "cards.css").write_text(dark_cards())
    for sheet in (STATIC / "fonts.css", STATIC / "katex/katex.min.css"):
        with_fonts(sheet)


def with_fonts(sheet):
    """Write the fonts that nearly every page needs into the style sheet.

    A font that came later would push the lines about.
    """

    def data(found):
        font = (sheet.parent / found.group(1)).read_bytes()
        return f"url(data:font/woff2;base64,{base64.b64encode(font).decode()})"

    sheet.write_text(FONT.sub(data, sheet.read_text()))


def dark_cards():
    """Give listings and verdicts their dark colours where a page is dark."""
    colours = "".join(f"--nb-{name}:{colour};" for name, colour in theme.DARK.items())
    return f'html[data-theme="dark"] .nb-card {{{colours}}}\n'


def run(*command):
    """Run one step; stop with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)


def pages(output):
    """Write the pages to ``output/_build/html``; a warning is an error."""
    tool = Path(sys.executable).with_name("jupyter-book")
    strict = ("-n", "-W", "--keep-going")
    site = output / "_build/html"
    shutil.rmtree(site, ignore_errors=True)  # no page of an earlier book stays
    run(tool, "build", *strict, "--path-output", output, ROOT)
    (site / "index.html").write_text(front(), encoding="utf-8")
    return site


def front():
    """Return the page that leads to the map, its icon inside.

    Jupyter Book's own names no icon, and a browser then asks the server for one.
    """
    icon = (ROOT / "site/static/favicon.svg").read_text(encoding="utf-8")
    page = (ROOT / "site/front.html").read_text(encoding="utf-8")
    return page.replace("ICON", f"data:image/svg+xml,{quote(icon)}")


def main(output, recorder):
    """Check, record, collect, build; print the site's size and the time it took."""
    start = time.perf_counter()
    run(sys.executable, ROOT / "scripts/wanted.py")
    run(sys.executable, ROOT / "scripts/record.py", *recorder)
    collect()
    site = pages(output)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    seconds = time.perf_counter() - start
    print(f"{site / 'index.html'}: the site has {size / 1e6:.1f} MB, {seconds:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="What else is asked, such as --whole, is asked of record.py.",
    )
    parser.add_argument(
        "--output", type=Path, default=ROOT, help="folder that gets _build/html"
    )
    options, others = parser.parse_known_args()
    main(options.output.resolve(), others)  # the steps run elsewhere

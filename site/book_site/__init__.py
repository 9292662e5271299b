"""What the pages need beyond Jupyter Book: a small Sphinx extension of this site.

It takes out what no page needs: Thebe, which points to somebody else's server, buttons
that lead nowhere, unused styles. It gives each page words for a shared link, and lets
the search work on pages that were opened from a folder. Its modules set formulas, move
pictures into files, hold room for explorers and trim style sheets.
"""

import re
from html import escape
from pathlib import Path

from book_site import formulas, images, places, sheets

DESCRIPTION = (
    "A companion to a textbook chapter on neural networks: the same mathematics in "
    "NumPy and in PyTorch, and pictures that train a network while you move them."
)
CARD = "_static/card.png"
NOTEBOOK = re.compile(r'href="([\w./-]+)\.ipynb')
# A page from a folder may not fetch the others to quote them: it lists the titles.
SEARCH = """\
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}"""


def leave_out_thebe(app, _config):
    """Let none of Thebe's functions run: it would load code from unpkg.com."""
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener
            for listener in listeners
            if listener.handler.__module__.split(".")[0] != "sphinx_thebe"
        ]
    sheets = app.registry.css_files
    sheets[:] = [sheet for sheet in sheets if sheet[0] != "sphinx-thebe.css"]


def leave_out_buttons(_app, config):
    """Nothing to launch without a repository's address; no sources to download."""
    options = config.html_theme_options
    options["article_header_start"] = ["toggle-primary-sidebar.html", "near-pages.html"]
    options["use_download_button"] = False
    url = options.get("repository_url")
    if not url:
        options["launch_buttons"] = {}
    elif "github.com" not in url:  # the theme warns that Colab opens nothing else
        options.get("launch_buttons", {}).pop("colab_url", None)


def share_words(app, pagename, _templatename, context, _doctree):
    """Describe the page to those who link to it; the card needs a full address."""
    here = app.config.html_baseurl.rstrip("/")
    words = {
        "og:type": "website",
        "og:site_name": app.config.html_title,
        "og:title": context.get("title", app.config.html_title),
        "og:description": DESCRIPTION,
        "og:image": f"{here}/{CARD}" if here else context["pathto"](CARD, 1),
        "og:image:alt": "Curves of loss and gradients beside the regions of a net.",
    }
    if here:
        words["og:url"] = f"{here}/{pagename}.html"
    tags = "".join(
        f'<meta property="{name}" content="{escape(text)}" />\n'
        for name, text in words.items()
    )
    card = '<meta name="twitter:card" content="summary_large_image" />\n'
    description = f'<meta name="description" content="{escape(DESCRIPTION)}" />\n'
    context["metatags"] = context.get("metatags", "") + tags + card + description


def leave_out_design(_app, _pagename, _templatename, context, _doctree):
    """No page has the tabs and cards of sphinx-design; they would weigh 60 kB."""
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if "design" not in str(file)]


def finished(page, site):
    """Return the text of a page as it shall be, once Sphinx has written it."""

    def led(found):  # links within outputs, which Sphinx does not read
        there = (page.parent / f"{found.group(1)}.html").exists()
        return f'href="{found.group(1)}.html' if there else found.group()

    text = NOTEBOOK.sub(led, page.read_text(encoding="utf-8"))
    depth = len(page.relative_to(site).parents) - 1
    light = images.moved_out(text, depth, site / "_images")
    return places.hold(
        formulas.typeset(light), places.recorded_screens(site / "_static")
    )


def finish(app, error):
    """Finish all pages and trim what they load, once all are written."""
    if error or app.builder.name != "html":
        return
    site = Path(app.outdir)
    for page in site.rglob("*.html"):
        page.write_text(finished(page, site), encoding="utf-8")
    sheets.trim(site / "_static", sheets.words_of(site))


def setup(app):
    """Connect all of it."""
    app.connect("config-inited", leave_out_thebe)
    app.connect("config-inited", leave_out_buttons)
    app.connect("html-page-context", share_words)
    app.connect("html-page-context", leave_out_design, priority=900)
    app.connect("build-finished", finish)
    formulas.setup(app)
    app.add_js_file(None, body=SEARCH)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

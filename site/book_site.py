"""What the pages need beyond Jupyter Book: a small Sphinx extension of this site.

It takes out Thebe, which points to somebody else's server, and buttons that lead
nowhere; leaves tagged equations whole; gives each page words for a shared link; and
lets the search work on pages that were opened from a folder.
"""

from html import escape

from docutils import nodes

DESCRIPTION = (
    "A companion to a textbook chapter on neural networks: the same mathematics in "
    "NumPy and in PyTorch, and pictures that train a network while you move them."
)
CARD = "_static/card.png"
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


def keep_tags(_app, doctree):
    """Hand tagged equations to MathJax as they are written.

    Sphinx wraps what holds a line break in ``split``, where no tag may stand.
    """
    for node in doctree.findall(nodes.math_block):
        text = node.astext()
        if r"\tag" in text and r"\\" in text:
            node.children = [nodes.Text(rf"\[{text}\]")]
            node["nowrap"] = True


def setup(app):
    """Connect all of it."""
    app.connect("config-inited", leave_out_thebe)
    app.connect("config-inited", leave_out_buttons)
    app.connect("doctree-read", keep_tags)
    app.connect("html-page-context", share_words)
    app.add_js_file(None, body=SEARCH)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

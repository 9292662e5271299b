"""The site's Sphinx extension: buttons and words that depend on the settings."""

import base64
import importlib
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture
def extension(monkeypatch):
    pytest.importorskip("docutils", reason="the site needs the extra [book]")
    monkeypatch.syspath_prepend(str(SITE))
    return importlib.import_module("book_site")


def launch(extension, url):
    places = {"binderhub_url": "https://b", "colab_url": "https://c"}
    options = {"repository_url": url, "launch_buttons": places}
    config = SimpleNamespace(html_theme_options=options)
    extension.leave_out_buttons(None, config)
    return options["launch_buttons"]


@pytest.mark.parametrize("url", ["", None])
def test_launch_buttons_need_a_repository(extension, url):
    assert launch(extension, url) == {}


def test_launch_buttons_appear_with_a_repository(extension):
    places = {"binderhub_url": "https://b", "colab_url": "https://c"}
    assert launch(extension, "https://github.com/a/b") == places


def test_colab_opens_what_is_on_github_only(extension):
    places = {"binderhub_url": "https://b"}
    assert launch(extension, "https://gitlab.example.edu/a/b") == places


@pytest.mark.parametrize("base", ["", "https://book.example/chapter/"])
def test_card_has_a_full_address_where_the_site_has_one(extension, base):
    app = SimpleNamespace(config=SimpleNamespace(html_baseurl=base, html_title="B"))
    context = {"title": 'A "b" & c', "pathto": lambda name, _: f"../{name}"}
    extension.share_words(app, "notebooks/x", "page.html", context, None)
    tags = context["metatags"]
    address = f"{base}_static/card.png" if base else "../_static/card.png"
    assert f'"og:image" content="{address}"' in tags
    assert 'content="A &quot;b&quot; &amp; c"' in tags
    assert ("og:url" in tags) == bool(base)


def test_trimmed_sheet_keeps_what_a_page_may_use(extension):
    sheet = (
        "/* a */ .used{a:1}.never{b:2}.used .never,p.used{c:3}@media (x){.never{d:4}"
        ".used:not(.never){e:5}}a:hover{f:'}'}@import 'g';"
    )
    assert extension.sheets.trimmed(sheet, {"used"}) == (
        ".used{a:1}p.used{c:3}@media (x){.used:not(.never){e:5}}"
        "a:hover{f:'}'}@import 'g';"
    )


def test_trimmed_sheet_has_no_icon_font(extension):
    sheet = "@font-face{font-family:'Font Awesome'}.fa-bars{--fa:x}.fat{a:1}"
    assert extension.sheets.trimmed(sheet, {"fa-bars", "fat"}) == ".fat{a:1}"


def test_words_of_a_site_hold_its_classes(extension, tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "a.html").write_text('<p class="nb-one">')
    (tmp_path / "_static/b.js").write_text('x.classList.add("nb-two")')
    assert {"nb-one", "nb-two"} <= extension.sheets.words_of(tmp_path)


def test_picture_becomes_a_file_of_the_same_pixels(extension, tmp_path):
    source = io.BytesIO()
    image = Image.linear_gradient("L").convert("RGBA")
    image.save(source, "PNG")
    data = base64.b64encode(source.getvalue()).decode()
    page = f'<img src="data:image/png;base64,{data}" alt="A ramp">'
    moved = extension.images.moved_out(page, 1, tmp_path / "_images")
    (path,) = (tmp_path / "_images").iterdir()
    assert f'src="../_images/{path.name}" width="256" height="256" loading' in moved
    with Image.open(path) as again:
        assert again.convert("RGBA").tobytes() == image.tobytes()


def test_explorer_holds_room_for_its_controls_and_buttons(extension):
    figure = (
        '<figure class="nb-explorer" data-explorer="a" data-settings="{}" '
        'data-only="lr depth" data-presets="{&quot;x &lt; y&quot;: {}}">'
        "<img><figcaption>A.</figcaption></figure>"
    )
    held = extension.places.hold(f"<p>{figure}</p>")
    assert held.count('<div class="nb-control"></div>') == 2
    assert "<span>x &lt; y</span>" in held
    assert "nb-few" in held  # no recording, no curves to pin
    assert held.index("nb-controls") < held.index("<img>") < held.index("nb-foot-place")


def test_list_of_long_words_holds_a_row_of_its_own(extension):
    figure = (
        '<figure class="nb-explorer" data-explorer="a" data-settings="{}" '
        'data-only="lr init"><img><figcaption>A.</figcaption></figure>'
    )
    screen = {"cuts": (), "panels": (), "long": ["init"]}
    held = extension.places.hold(figure, lambda _: screen)
    assert (
        '<div class="nb-control"></div><div class="nb-control nb-long"></div>' in held
    )


@pytest.mark.parametrize("steps", [1, 3])
@pytest.mark.parametrize("program", ["stream", "once", None])
def test_explorer_that_computes_holds_room_for_its_bar(extension, program, steps):
    figure = (
        '<figure class="nb-explorer" data-explorer="a" '
        f'data-settings="{{&quot;steps&quot;: {steps}}}" '
        'data-only="lr points"><img><figcaption>A.</figcaption></figure>'
    )
    screen = {"cuts": (), "panels": (), "grips": {"points": "Moves"}}
    if program:
        is_stream = program == "stream"
        screen |= {"program": program, "has_steps": lambda steps: is_stream * steps > 1}
    held = extension.places.hold(figure, lambda _: screen)
    assert held.count('<div class="nb-control"></div>') == 1  # points have no row
    assert (f'data-program="{program}"' in held) == (program is not None)
    has_bar = (program, steps) == ("stream", 3)
    assert ("nb-play" in held) == (" data-steps>" in held) == has_bar
    assert ("nb-grips nb-moves" in held) == ("nb-computes" in held) == bool(program)


def test_bar_is_for_the_run_of_the_page_itself(extension, tmp_path):
    """The kernel trains the writer of 9.18, a page has what it has learnt."""
    heads = {"recordings": {"controls": [], "screen": {}}, "programs": {"isStream": 0}}
    for folder, head in heads.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "verses.js").write_text(f"x = [{json.dumps(head)}, 0];")
    screen = extension.places.recorded_screens(tmp_path)("verses")
    assert screen["program"] == "once"
    assert not screen["has_steps"]()


def test_picture_of_an_explorer_is_folded_for_a_phone(extension):
    figure = (
        '<figure class="nb-explorer" data-explorer="a" data-settings="{}" '
        'data-only="" data-presets="{}"><img src="a.webp" alt="Two panels."></figure>'
    )

    def held_with(cuts):
        screen = {"cuts": cuts, "panels": [], "height": 400}
        return extension.places.hold(figure, lambda _: screen)

    held = held_with([0, 400, 900])
    assert held.count('src="a.webp"') == 3
    assert held.count('alt="Two panels."') == 2  # of the whole, of the first row
    left = "max(80%, min(100%, 340px)), max(280px, 1.0000 * var(--nb-tall))"
    right = "max(100%, min(100%, 425px)), max(350px, 1.2500 * var(--nb-tall))"
    assert f'style="width:min({left});--whole:2.2500;--left:0.0000"' in held
    assert f'style="width:min({right});--whole:1.8000;--left:0.8000"' in held
    assert "nb-panels" not in held_with([0, 400])
    assert held.count("nb-slim") == 0
    assert (
        held_with([0, 250, 500]).count('nb-slim"><div style="width:min(max(100%') == 1
    )


@pytest.mark.parametrize(
    ("cuts", "rows"),
    [
        ([0, 300, 600, 900], [(0, 300), (300, 600), (600, 900)]),
        ([0, 300, 500, 900], [(0, 500), (500, 900)]),
        ([0, 100, 200, 300, 600], [(0, 300), (300, 600)]),
        ([0, 250, 500, 749], [(0, 500), (500, 749)]),  # though 499 is less
        ([0, 200, 400], [(0, 400)]),
        ([], []),
    ],
)
def test_panels_are_folded_about_as_evenly_as_they_come(extension, cuts, rows):
    assert extension.places.folded(cuts, 510) == rows


def test_formulas_are_set_in_the_text_and_nowhere_else(extension):
    code = r"<pre><span>\(a\)</span></pre><code>\[b\]</code>"
    page = rf'{code}<p title="\(c\)">\(x &lt; y\) and \[z \tag{{1}}\]</p>'
    text = extension.formulas.typeset(page)
    assert text.startswith(rf'{code}<p title="\(c\)"><span class="katex"><')
    assert text.count('class="katex"') == 2
    assert text.count('class="katex-display"') == 1
    assert '<annotation encoding="application/x-tex">x &lt; y</annotation>' in text


def test_wrong_formula_stops_the_build(extension):
    with pytest.raises(Exception, match=r"ParseError.*\\frca"):
        extension.formulas.typeset(r"<p>\(\frca{1}{2}\)</p>")


def test_link_in_an_output_leads_to_the_page(extension, tmp_path):
    (tmp_path / "there.html").write_text("")
    page = tmp_path / "page.html"
    page.write_text('<a href="there.ipynb">a</a> <a href="nowhere.ipynb">b</a>')
    text = extension.finished(page, tmp_path)
    assert text == '<a href="there.html">a</a> <a href="nowhere.ipynb">b</a>'

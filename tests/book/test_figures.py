"""Figures: the same bytes each time, never without words."""

import matplotlib as mpl
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure

from nb_lib.book import figures
from nb_lib.draw import style
from nb_lib.draw.digits import PAPER_TO_INK, SIGNED

ALT = 'The loss falls from 2.3 to 0.1 within "two" epochs.'


@pytest.fixture(autouse=True)
def untouched_settings():
    with mpl.rc_context():
        yield


@pytest.fixture
def figure():
    figure = Figure(figsize=(3, 2))
    figure.subplots().plot([1, 3, 2])
    return figure


@pytest.fixture
def shown(monkeypatch):
    """Collect what ``show`` displays."""
    seen = []
    monkeypatch.setattr(figures, "display", lambda data, raw: seen.append(data))
    return seen


def test_show_writes_a_figure_with_alt_text_and_caption(figure, shown):
    figures.show(figure, alt=ALT, caption="Loss < 1")
    page = shown[0]["text/html"]
    assert '<figure class="nb-figure nb-drawing"' in page
    assert 'src="data:image/png;base64,iVBOR' in page
    assert 'alt="The loss falls from 2.3 to 0.1 within &quot;two&quot; epochs."' in page
    assert page.endswith(">Loss &lt; 1</figcaption></figure>")
    assert shown[0]["text/plain"] == f"Figure: {ALT}"


@pytest.mark.parametrize(
    ("cmap", "is_drawing"),
    [("gray", False), (PAPER_TO_INK, False), (style.BOUNDARY, True), (SIGNED, True)],
)
def test_digits_keep_their_paper_on_dark_pages(figure, shown, cmap, is_drawing):
    figure.axes[0].imshow([[0, 1], [2, 3]], cmap=cmap)
    figures.show(figure, alt=ALT)
    assert ("nb-drawing" in shown[0]["text/html"].split("</style>")[1]) == is_drawing


@pytest.mark.parametrize("alt", [None, "", "   ", "figure", "a\nplot", "loss" * 10])
def test_show_refuses_alt_text_that_says_nothing(figure, shown, alt):
    with pytest.raises(ValueError, match="message in a sentence"):
        figures.show(figure, alt=alt)
    assert shown == []


def test_show_refuses_what_is_no_figure(shown):
    with pytest.raises(TypeError, match="matplotlib Figure, got a list"):
        figures.show([1, 2], alt=ALT)


def test_png_is_the_same_each_time_and_tells_no_version(figure):
    first = figures.tight_png(figure)
    assert first == figures.tight_png(figure)
    assert b"Matplotlib" not in first


def test_png_is_of_moderate_size():
    figure = Figure(figsize=(9, 4))
    for ax in figure.subplots(1, 3):
        ax.plot(range(300))
    assert len(figures.tight_png(figure)) < 60_000


def test_setup_works_twice_and_outside_a_notebook():
    figures.setup()
    once = dict(mpl.rcParams)
    figures.setup()
    assert dict(mpl.rcParams) == once
    assert mpl.rcParams["figure.dpi"] == figures.DPI


def test_setup_draws_a_bare_figure_in_a_notebook(figure, monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr(figures, "get_ipython", lambda: shell)
    figures.setup()
    data, _ = shell.display_formatter.format(figure)
    assert data["image/png"] == figures.tight_png(figure)

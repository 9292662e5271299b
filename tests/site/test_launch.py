"""Launch buttons: with a repository's address on each page, without it on none."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest

pytestmark = pytest.mark.slow  # two books are built

ROOT = Path(__file__).parents[2]
PAGE = "notebooks/09_08_sixty_lines"
TOC = f"format: jb-book\nroot: {PAGE}\n"
GITHUB = {"url": "https://github.com/lecturer/course", "branch": "spring"}
HUB = "https://hub.example.edu"
LAUNCHED = re.compile(r'<a href="([^"]+)"[^>]*title="Launch on (\w+)"')
FOREIGN = re.compile(r"mybinder|colab\.research|hub\.example|git-pull")


def build(folder, *, repository, hub=""):
    """Build a book of one page with the settings of this one; return the page."""
    yaml = pytest.importorskip("yaml", reason="the site needs the extra [book]")
    pytest.importorskip("jupyter_book", reason="the site needs the extra [book]")
    settings = yaml.safe_load((ROOT / "_config.yml").read_text())
    settings["repository"] |= repository
    settings["launch_buttons"]["jupyterhub_url"] = hub
    (folder / "_config.yml").write_text(yaml.safe_dump(settings))
    (folder / "_toc.yml").write_text(TOC)
    (folder / "site").symlink_to(ROOT / "site")
    (folder / "_build/static").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_markdown_cell("# 9.8 Sixty lines of NumPy")]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    nbformat.write(notebook, folder / f"{PAGE}.ipynb")
    tool = Path(sys.executable).with_name("jupyter-book")
    command = [tool, "build", "-n", "-W", "--keep-going", folder]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return (folder / f"_build/html/{PAGE}.html").read_text()


def buttons(page):
    """Map the name of each place to launch at to the address of its button."""
    return {place: unescape(url) for url, place in LAUNCHED.findall(page)}


@pytest.fixture(scope="module")
def launched(tmp_path_factory):
    """Give the buttons of a book whose repository and JupyterHub are known."""
    return buttons(build(tmp_path_factory.mktemp("at"), repository=GITHUB, hub=HUB))


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("Binder", "https://mybinder.org/v2/gh/lecturer/course/spring"),
        ("Colab", "https://colab.research.google.com/github/lecturer/course/blob/spring"
         f"/{PAGE}.ipynb"),
        ("JupyterHub", f"{HUB}/hub/user-redirect/git-pull"),
    ],
)  # fmt: skip
def test_button_leads_to_the_repository(launched, place, address):
    assert launched[place].partition("?")[0] == address


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("Binder", {"urlpath": [f"lab/tree/{PAGE}.ipynb"]}),
        ("JupyterHub", {
            "repo": [GITHUB["url"]],
            "branch": ["spring"],
            "urlpath": [f"lab/tree/course/{PAGE}.ipynb"],
        }),
    ],
)  # fmt: skip
def test_button_opens_the_page_in_jupyterlab(launched, place, wanted):
    assert parse_qs(urlsplit(launched[place]).query) == wanted


@pytest.mark.browser
def test_book_without_a_repository_has_no_button(site):
    """So is this book, as long as its settings name no repository."""
    page = (site / f"{PAGE}.html").read_text()
    assert buttons(page) == {}
    assert FOREIGN.findall(page) == []


def test_repository_on_gitlab_has_binder_alone(tmp_path):
    gitlab = {"url": "https://gitlab.com/lecturer/course"}
    found = buttons(build(tmp_path, repository=gitlab))
    binder = "https://mybinder.org/v2/gl/lecturer%2Fcourse/main"
    assert found == {"Binder": f"{binder}?urlpath=lab/tree/{PAGE}.ipynb"}

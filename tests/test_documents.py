"""What README and CONTRIBUTING promise is there: files, commands, dependencies."""

import re
import tomllib
from pathlib import Path

import pytest
from browser import NAMES

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "CONTRIBUTING.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
REQUIREMENT = re.compile(r"[A-Za-z0-9_-]+")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def requirements():
    """Name every direct dependency of the package and of its extras."""
    project = tomllib.loads(text("pyproject.toml"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return {REQUIREMENT.match(wanted)[0] for each in lists for wanted in each}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page):
    links = LINK.findall(text(page))
    assert links or page != "README.md"
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_named_commands_exist(page):
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text(page), re.MULTILINE))
    assert named
    assert named <= set(TARGET.findall(text("Makefile")))


def test_every_make_target_is_told():
    told, targets = text("README.md"), TARGET.findall(text("Makefile"))
    assert [name for name in targets if f"make {name}" not in told] == []


def test_every_dependency_has_its_reason():
    table = text("CONTRIBUTING.md").split("## Dependencies")[1]
    assert sorted(name for name in requirements() if name not in table) == []


def test_every_dependency_is_pinned():
    pinned = re.findall(
        r"^([A-Za-z0-9_.-]+)==", text("requirements.lock"), re.MULTILINE
    )
    names = {name.lower().replace("_", "-") for name in pinned}
    assert sorted(name for name in requirements() if name not in names) == []


def test_environments_agree_on_python():
    wanted = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"]
    assert wanted == ">=3.11"
    assert "python=3.11" in text("environment.yml")
    assert "sys.version_info < (3, 11)" in text("Makefile")


def test_ci_looks_for_the_browsers_of_the_tests():
    assert f"for name in {' '.join(NAMES)};" in text(".ci/run")

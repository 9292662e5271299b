"""Units: what stays together, what goes alone, and who comes first."""

import units

NBVAL = "tests/notebooks/test_nbval.py::test_stored_outputs_are_what_the_cells_give"
PAGES = "tests/site/test_pages.py"
PLACES = ("folder", "server")
ROOTED = "tests/site/test_views.py::test_several_views_load_once"


def test_a_module_stays_together():
    names = ["tests/data/test_idx.py::test_a[x::y]", "tests/data/test_idx.py::test_b"]
    assert {units.unit(name) for name in names} == {"tests/data/test_idx.py"}


def test_notebooks_go_alone_and_each_visit_of_a_page():
    assert units.unit(f"{NBVAL}[claims]") == f"{NBVAL}[claims]"
    assert units.unit(f"{ROOTED}[small]") == ROOTED
    names = [f"{PAGES}::test_page_from_a_{place}[a/b.html]" for place in PLACES]
    axe = units.unit(f"{PAGES}::test_axe[a/b.html-dark]")
    assert [units.unit(name) for name in names] == [axe, axe.replace(*PLACES)]


def test_all_questions_about_one_page_or_explorer_share_its_visit():
    for module, case in [("reading", "09_02_xor"), ("player", "sixty_lines")]:
        tests = [f"tests/site/test_{module}.py::test_{n}[{case}]" for n in "ab"]
        assert len({units.unit(name) for name in tests}) == 1


def test_the_site_is_built_before_all_that_waits_for_it():
    names = [PAGES, f"{NBVAL}[claims]", "tests/site/test_build.py::test_a", "test_b.py"]
    assert sorted(names, key=units.rank) == [names[2], names[1], names[0], names[3]]

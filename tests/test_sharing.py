"""Units: what stays together, what goes alone, and who comes first."""

import units

NBVAL = "tests/notebooks/test_nbval.py::test_stored_outputs_are_what_the_cells_give"
PAGES = "tests/site/test_pages.py"
ROOTED = "tests/site/test_views.py::test_several_views_load_once"


def test_a_module_stays_together():
    names = ["tests/data/test_idx.py::test_a[x::y]", "tests/data/test_idx.py::test_b"]
    assert {units.unit(name) for name in names} == {"tests/data/test_idx.py"}


def test_notebooks_go_alone():
    assert units.unit(f"{NBVAL}[claims]") == f"{NBVAL}[claims]"
    assert units.unit(f"{ROOTED}[small]") == ROOTED


def test_claims_of_a_section_share_what_they_train():
    claim = "tests/book/test_claims.py::test_claim_keeps_its_verdict"
    two, three, other = (
        units.unit(f"{claim}[{id}]") for id in ("C5.2", "C5.3", "C15.3")
    )
    assert two == three != other


def test_all_questions_about_a_page_and_its_explorers_share_one_visit():
    names = [
        "test_reading.py::test_a[09_02_xor]",
        "test_player.py::test_b[09_02_xor-x]",
    ]
    assert {units.unit(f"tests/site/{name}") for name in names} == {
        "tests/site[09_02_xor]"
    }


def test_the_site_is_built_before_all_that_waits_for_it():
    names = [PAGES, f"{NBVAL}[claims]", "tests/site/test_build.py::test_a", "test_b.py"]
    assert sorted(names, key=units.rank) == [names[2], names[1], names[0], names[3]]


def test_an_explorer_is_laid_out_where_its_own_tests_are():
    names = ["test_every_explorer.py::test_a[xor]", "test_xor.py::test_b[1-x]"]
    assert {units.unit(f"tests/sections/{name}") for name in names} == {
        "tests/sections/test_xor.py"
    }


def test_what_takes_long_to_make_is_made_by_one_worker_for_several_modules():
    for folder, names in {"live": ["program", "program_ticks"],
                          "sections": ["verses", "attention"]}.items():  # fmt: skip
        nodes = [f"tests/{folder}/test_{name}.py::test_a" for name in names]
        assert len({*map(units.unit, nodes)}) == 1

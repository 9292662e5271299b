"""Every claim of the chapter keeps its verdict, and a changed one is noticed."""

import importlib.util
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import measured
import nbformat
import pytest
from loops import over

from nb_lib.book.claims import (
    Bound,
    Claim,
    Report,
    about,
    claims,
    find_out,
    sections,
)
from nb_lib.book.claims.claim import NEEDS, VERDICTS
from nb_lib.sections.s09_08_sixty_lines import claims as sixty_lines_claims

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "claims.py"
PAGE = ROOT / "notebooks" / "claims.ipynb"
ALL = claims()
NAMES = [claim.id for claim in ALL]


def find(id):
    return next(claim for claim in ALL if claim.id == id)


def simple(value=0.5, **changes):
    """Build a claim whose measurement is a number that we choose."""
    parts = {"core": (Bound("share", low=0.4),), **changes}
    return Claim(
        "C0.1", "Half of it.", lambda: {"share": value}, "{share:.0%}", **parts
    )


@pytest.fixture
def script():
    spec = importlib.util.spec_from_file_location("claims_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("claim", ALL, ids=NAMES)
def test_claim_keeps_its_verdict(claim, request, measurements):
    if "full MNIST" in claim.needs:
        request.getfixturevalue("full_mnist")
    finding = measured.once(claim, measurements)
    if finding.missing:
        pytest.skip(finding.measured)
    assert finding.verdict == claim.verdict, finding.measured
    assert finding.measured


@over("claim", ALL, ids=NAMES)
def test_claim_is_complete(claim):
    assert claim.verdict in VERDICTS
    assert claim.sentence.endswith(".")
    assert claim.core
    assert set(claim.needs) <= set(NEEDS)


@over("claim", ALL, ids=NAMES)
def test_limits_are_told_where_there_are_some(claim):
    assert bool(claim.limits) == (claim.verdict == "holds with limits")
    assert bool(claim.beyond) or not claim.limits


def test_ids_belong_to_their_sections():
    for section in sections():
        prefix = f"C{section.removeprefix('9.')}."
        ids = [claim.id for claim in claims(section)]
        assert ids == [f"{prefix}{number}" for number in range(1, len(ids) + 1)]
    assert len(set(NAMES)) == len(NAMES)


def test_unknown_section_names_those_with_claims():
    with pytest.raises(ValueError, match=r"No claims of '9.99': there are 9.*9.17"):
        claims("9.99")


def test_number_beyond_its_bound_changes_the_verdict():
    assert not find_out(simple(0.4)).changed
    assert find_out(simple(0.39)).verdict == "does not hold"
    assert find_out(simple(0.39)).changed
    assert find_out(simple(float("nan"))).verdict == "does not hold"


def test_failure_beyond_the_core_is_a_limit():
    claim = simple(beyond=(Bound("share", low=0.6),), verdict="holds with limits")
    assert find_out(claim).verdict == "holds with limits"
    assert not find_out(claim).changed
    assert claim.judge({"share": 0.7}) == "holds"
    assert claim.judge({"share": 0.3}) == "does not hold"


@pytest.mark.parametrize("verdict", ["holds with limits", "does not hold"])
def test_tampered_record_is_noticed(verdict):
    tampered = replace(find("C8.1"), verdict=verdict)
    report = Report([find_out(tampered)])
    assert [finding.claim.id for finding in report.changed] == ["C8.1"]
    assert f"holds (on record: {verdict})" in repr(report)
    assert report.summary.endswith("differ from the record: C8.1.")


def test_longer_listing_breaks_its_claim(monkeypatch):
    monkeypatch.setattr(sixty_lines_claims, "count_code_lines", lambda module: 61)
    finding = find_out(find("C8.1"))
    assert (finding.verdict, finding.changed) == ("does not hold", True)


def test_what_is_missing_is_told_and_not_judged(monkeypatch):
    monkeypatch.setitem(NEEDS, "full MNIST", lambda: False)
    finding = find_out(simple(0.1, needs=("full MNIST",)))
    assert finding.measured == "not measured: full MNIST missing"
    assert not finding.changed
    report = Report([finding])
    assert "○ not measured" in repr(report)
    assert "Claims: 1;" in report.summary
    assert "not measured: 1." in report.summary


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound("lines", high=60), "lines ≤ 60"),
        (Bound("gap", high=1e-12), "gap ≤ 1e-12"),
        (Bound("share", low=0.97), "share ≥ 0.97"),
        (Bound("parameters", 109386, 109386), "parameters = 109,386"),
        (about("ratio", 0.5, within=0.1), "ratio from 0.45 to 0.55"),
    ],
)
def test_criterion_is_written_as_it_is_tried(bound, words):
    assert str(bound) == words


def test_command_fails_where_a_verdict_has_changed(script, monkeypatch, capsys):
    monkeypatch.setattr(script, "claims", lambda section: [simple(0.5)])
    assert script.main(["--jobs", "1"]) == 0
    monkeypatch.setattr(script, "claims", lambda section: [simple(0.3)])
    assert script.main(["--jobs", "1"]) == 1
    assert "does not hold (on record: holds)" in capsys.readouterr().out


def test_command_refuses_an_unknown_section(script, capsys):
    with pytest.raises(SystemExit) as stopped:
        script.main(["9.99"])
    assert stopped.value.code == 2
    assert "No claims of '9.99'" in capsys.readouterr().err


def test_table_tells_sentence_numbers_and_verdict():
    report = Report([find_out(simple(limits="a < b", note="1 seed"))])
    page = re.sub(r"<[^>]*>", " ", report._repr_html_().split("</style>")[1])
    for words in ("C0.1", "Half of it.", "50%", "✓ holds", "a &lt; b", "1 seed"):
        assert words in page
    for words in ("C0.1", "Half of it.", "50%", "share ≥ 0.4", "a < b", "1 seed"):
        assert words in repr(report)


ROW = re.compile(
    r"<tr><th[^>]*>(C[\d.]+)</th><td[^>]*>(.*?)</td>.*?>\S ([^<]*)</strong>"
)


def stored_rows():
    """Read the claims page: id, sentence and verdict of each row."""
    outputs = [o for c in nbformat.read(PAGE, 4).cells for o in c.get("outputs", [])]
    pages = (output.get("data", {}).get("text/html", "") for output in outputs)
    return [row for page in pages for row in ROW.findall(page)]


def test_stored_page_tells_every_claim_with_the_verdict_on_record():
    wanted = [(claim.id, escape(claim.sentence), claim.verdict) for claim in ALL]
    assert stored_rows() == wanted


def test_shared_numbers_are_measured_once_and_judged_each_time(tmp_path):
    calls = []
    claim = replace(find("C8.1"), measure=lambda: calls.append(1) or {"lines": 60})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measured, "claims", lambda: [claim])
        assert measured.once(claim, tmp_path).verdict == "holds"
        strict = replace(claim, core=(Bound("lines", high=59),))
        assert measured.once(strict, tmp_path).verdict == "does not hold"
    assert len(calls) == 1
    assert measured.once(claim, tmp_path).values == {"lines": 60}
    assert len(calls) == 2

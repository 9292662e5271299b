"""No name of the runtime is without a case against Python or NumPy."""

import re
from pathlib import Path

import pytest

from nb_lib.live.runtime import HERE, PARTS
from nb_lib.live.runtime.kernels import BINARY, UNARY

TESTS = Path(__file__).parents[1]
PRIVATE = {"op"}  # what translated operators call
NO_RESULT = {  # those that raise, refuse, or only name a kind
    "py": {"complex", "exception", "id", "object", "setattr"},
    "np": {"linalg", "random", "empty", "empty_like"},
}


@pytest.fixture(scope="module")
def source():
    """Give the text of all tests of the runtime and of the translator."""
    folders = (TESTS / "runtime", TESTS / "translate")
    return "\n".join(p.read_text() for each in folders for p in each.glob("*.py"))


def is_met(space, name, source):
    """Say whether some test calls this name, or lists it among those it calls."""
    if space == "np" and (name in BINARY or name in UNARY):
        return True
    call = rf"(?<![.\w]){name}\(" if space == "py" else rf"\b{space}\.{name}\b"
    listed = rf'"{name}"' if space.startswith("np") else call
    return bool(re.search(f"{call}|{listed}", source))


def test_every_name_has_a_case(engine, source):
    for space, names in engine.call("names", "").items():
        left_out = PRIVATE if space in PRIVATE else NO_RESULT.get(space, set())
        wanted = set() if space in PRIVATE else set(names.split()) - left_out
        missing = {each for each in wanted if not is_met(space, each, source)}
        assert not missing, f"{space}: no case for {sorted(missing)}"
    assert not is_met("np", "no_such_name", source.replace("no_such_name", ""))


def test_no_two_parts_define_the_same_name():
    """The later of two functions would take the place of the earlier in silence."""
    texts = [(HERE / f"{part}.js").read_text() for part in PARTS]
    defined = r"(?m)^(?:function\*?|const|let|class) +(\w+)"
    names = re.findall(defined, "\n".join(texts))
    assert len(names) > 200
    assert [name for name in names if names.count(name) > 1] == []

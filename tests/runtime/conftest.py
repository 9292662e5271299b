"""One JavaScript engine for all tests of the runtime.

``pytest tests/runtime -m "" --hypothesis-profile=thorough`` tries some 50,000 calls and
says at the end how many.
"""

import pytest
from hypothesis import settings

pytest.importorskip("playwright", reason="the engine is Playwright's own")

settings.register_profile("thorough", settings.get_profile("steady"), max_examples=300)


ENGINES = []  # of this run


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    from javascript import Engine

    engine = Engine(tmp_path_factory.mktemp("engine"))
    ENGINES.append(engine)
    yield engine
    engine.close()


def pytest_terminal_summary(terminalreporter):
    """Say how many calls the page answered."""
    for engine in ENGINES:
        terminalreporter.write_line(f"the page was asked {engine.n_calls:,} times")

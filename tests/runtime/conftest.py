"""One JavaScript engine for all tests of the runtime.

``pytest tests/runtime -m "" --hypothesis-profile=thorough`` tries some 80,000 calls and
says at the end how many.
"""

import pytest
from hypothesis import settings

pytest.importorskip("playwright", reason="the engine is Playwright's own")

settings.register_profile("thorough", settings.get_profile("steady"), max_examples=300)


@pytest.fixture(scope="session")
def engine(request, tmp_path_factory):
    from javascript import Engine

    engine = Engine(tmp_path_factory.mktemp("engine"))
    yield engine
    engine.close()
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:  # there is none in a worker
        terminal.write_line(f"\nthe page was asked {engine.n_calls:,} times")

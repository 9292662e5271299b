"""One JavaScript engine for all tests of the runtime.

``pytest tests/runtime --hypothesis-profile=thorough`` tries some 30,000 calls.
"""

import pytest
from hypothesis import settings

pytest.importorskip("playwright", reason="the engine is Playwright's own")

settings.register_profile(
    "thorough", deadline=None, derandomize=True, database=None, max_examples=300
)


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    from javascript import Engine

    engine = Engine(tmp_path_factory.mktemp("engine"))
    yield engine
    engine.close()

"""Let the tests take the programs of ``scripts/clinic``."""

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "scripts" / "clinic"

spec = importlib.util.spec_from_file_location(
    "clinic", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
)
sys.modules["clinic"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["clinic"])

"""Fixtures that every test may ask for."""

import gc
import importlib
import os

from nb_lib.arithmetic import ARITHMETIC

os.environ.update(ARITHMETIC)

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import units
from hypothesis import settings

# no deadline, for a busy machine is no bug; no chance, so that a failure comes back
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile("quick", settings.get_profile("steady"), max_examples=20)
settings.load_profile("steady")

FILE = "train-images-idx3-ubyte"
BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data" / "mnist"


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Let no search for garbage look at what is there to the end: modules and tests."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    return result


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: units.rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out by our units, unless another way is asked for."""
    is_plain = config.getvalue("dist") == "load"
    return units.scheduler(config, log) if is_plain else None


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory):
    """Give a folder of this run that all of its workers share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def measurements(common_folder):
    """Give the folder for the numbers of the claims, each measured once."""
    folder = common_folder / "claims"
    folder.mkdir(exist_ok=True)
    return folder


@dataclass(frozen=True)
class Backend:
    """A twin package with the two conversions that the tests need."""

    name: str

    def module(self, topic):
        return importlib.import_module(f"nb_lib.{self.name}.{topic}")

    def array(self, values):
        values = np.asarray(values)
        if self.name == "numpy":
            return values
        import torch

        return torch.from_numpy(values)

    def numpy(self, values):
        return values.detach().numpy() if self.name == "torch" else values


@pytest.fixture(params=["numpy", "torch"])
def backend(request):
    if request.param == "torch":
        pytest.importorskip("torch", reason="the PyTorch twin needs PyTorch")
    return Backend(request.param)


@pytest.fixture
def rng():
    return np.random.default_rng(9)


@pytest.fixture
def full_mnist(monkeypatch):
    """Point NB_LIB_DATA at the full MNIST, or skip where there is none."""
    folder = Path(os.environ.get("NB_LIB_DATA") or BESIDE_THE_CHECKOUT)
    if not any((folder / name).is_file() for name in (FILE, f"{FILE}.gz")):
        pytest.skip(f"needs the full MNIST: set NB_LIB_DATA ({folder} has no {FILE})")
    monkeypatch.setenv("NB_LIB_DATA", str(folder.resolve()))
    return folder

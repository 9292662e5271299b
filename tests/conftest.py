"""Fixtures that every test may ask for."""

import importlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

# no deadline, for a busy machine is no bug; no chance, so that a failure comes back
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

FILE = "train-images-idx3-ubyte"
BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data" / "mnist"


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

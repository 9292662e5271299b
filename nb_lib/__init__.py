"""The library beside the book: one chapter, told in NumPy, in PyTorch and in pictures.

Import it, and its parts are there; each is loaded when it is first used.

    nb_lib.data       toy sets, MNIST and sets in its format, batches
    nb_lib.autograd   an engine that differentiates, and checks of any derivative
    nb_lib.numpy      models, losses, optimisers with every derivative by hand
    nb_lib.torch      the same names in PyTorch, where autograd differentiates
    nb_lib.runs       what several sections run: a watched training, a random net
    nb_lib.draw       one palette, and pictures on matplotlib's axes
    nb_lib.explore    the explorers: ``from nb_lib.explore import fold; fold.show()``
    nb_lib.book       what the notebooks lean on: setup, show, Listing, check
    nb_lib.sections   a room for each section: its explorer, exercises and claims
    nb_lib.live       the engine of the explorers

``nb_lib.numpy`` works without PyTorch. The notebooks are in ``notebooks/``.
"""

from importlib import import_module

_PARTS = ("data", "autograd", "numpy", "torch", "runs", "draw", "live", "book")
_PARTS += ("sections", "explore")


def __getattr__(name):
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"nb_lib has no part {name!r}: it has {', '.join(_PARTS)}")


def __dir__():
    return sorted([*globals(), *_PARTS])

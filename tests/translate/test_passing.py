"""The page writes over arrays that nobody holds, and over no others."""

import sys

import numpy as np

A = np.arange(96.0).reshape(8, 12) - 40  # large enough for its memory to be used again
B = np.arange(96.0).reshape(12, 8) / 8 - 9  # all sums are exact


class Keeper:
    """Holds on to what is added to it."""

    __array_ufunc__ = None  # so that NumPy asks it

    def __radd__(self, other):
        self.held = other
        return other

    def __add__(self, other):
        made = self.held * 2
        self.held = made
        return made


class Layer:
    """Holds what it gave last."""

    def forward(self, x):
        self.given = np.maximum(x, 0)
        return self.given

    def slope(self, x):
        return (x > 0).astype(x.dtype)


def doubled(x):
    return x * 2


def case_what_functions_return():
    layer, store = Layer(), {"a": A + 1}

    def shown(x):
        store["seen"] = x * 2
        return store["seen"]

    mine = doubled(A)
    sums = [f(mine) - layer.slope(A) * f(A) for f in (doubled, shown)]
    more = store.get("a") + 1, layer.forward(A) + layer.slope(A), shown(A) + 1
    return sums, more, mine, store["seen"], store["a"], layer.given, A


def case_steps_stand_for_themselves():
    steps, w = [], A.copy()
    for i in range(5):
        w -= 0.5 * (A + i)
        steps.append(np.maximum(w @ B + 1, np.zeros_like(w[:, :8])) * 2 - 1)
    return (*steps, w, A, B)


def case_an_object_keeps_what_it_is_given():
    keeper = Keeper()
    held = (A * 2) + keeper
    more = (held + 1) * (keeper + 1)
    return held, keeper.held + 1, keeper.held, more


def case_views_of_what_passes():
    turned = (A + 1).T
    rows = [(A * i)[i] for i in range(3)]
    sums = (A - 1).sum(axis=0) + (-A).max(axis=0)
    return turned * 2 + turned, rows, sums, (A + 1).reshape(96) - 1


def case_kinds_and_shapes_that_differ():
    single = A.astype(np.float32)
    mask = (A > 3) & (A < 8)
    wide = np.sqrt(-(A[:1] - 1)) * A
    return single * 2 + A, (A > 3) * 2.0 - 1, np.where(A > 3, A * 2, -A), mask, wide


def test_nothing_that_has_a_name_is_written_over(agree):
    agree(sys.modules[__name__])

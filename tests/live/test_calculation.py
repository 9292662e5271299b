"""What surrounds compute: one BLAS thread while it runs, and frames on demand."""

import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from live import dummies
from threadpoolctl import ThreadpoolController, threadpool_info, threadpool_limits

from nb_lib.live import Slider
from nb_lib.live.declare import calculation as module
from nb_lib.live.declare.calculation import calculation, frame_of, offers_of

PATIENCE = 30


def blas():
    """Return the number of threads of each BLAS that is loaded."""
    return {i["num_threads"] for i in threadpool_info() if i["user_api"] == "blas"}


@pytest.fixture
def two_threads():
    """Let BLAS have two threads, on a machine of one core too."""
    with threadpool_limits(limits=2, user_api="blas"):
        if blas() != {2}:
            pytest.skip(f"this BLAS does not take two threads: {threadpool_info()}")
        yield


def two_openmp():
    """Let OpenMP have two threads on the thread that calls this."""
    return ThreadpoolController().select(user_api="openmp").limit(limits=2)


class Guest:
    """Somebody who calculates on a thread of their own until told to leave."""

    def __init__(self, look):
        self.look, self.inside, self.leave = look, threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.stay)
        self.thread.start()
        assert self.inside.wait(PATIENCE)

    def stay(self):
        with two_openmp(), calculation():
            self.seen = self.look()
            self.inside.set()
            self.leave.wait(PATIENCE)

    def go(self):
        self.leave.set()
        self.thread.join(PATIENCE)


def test_calculation_has_one_blas_thread_and_gives_it_back(two_threads):
    with calculation():
        assert blas() == {1}
    assert blas() == {2}


def test_blas_is_given_back_after_an_exception(two_threads):
    with pytest.raises(ZeroDivisionError), calculation():
        _ = 1 / 0
    assert blas() == {2}


def test_the_last_to_go_gives_back(two_threads):
    first, second = Guest(blas), Guest(blas)
    assert first.seen == second.seen == {1}
    first.go()
    assert blas() == {1}
    second.go()
    assert blas() == {2}


def test_nested_calculations_give_back_at_the_end(two_threads):
    with calculation():
        with calculation():
            assert blas() == {1}
        assert blas() == {1}
    assert blas() == {2}


def test_openmp_is_limited_for_each_thread_that_calculates():
    """OpenMP, which PyTorch calls, counts its threads for each caller apart."""
    torch = pytest.importorskip("torch")

    def look():
        torch.ones(300, 300) @ torch.ones(300, 300)
        return torch.get_num_threads()

    with two_openmp():
        first, second = Guest(look), Guest(look)
        with calculation():
            inside = look()
            first.go()
            second.go()
        assert (first.seen, second.seen, inside) == (1, 1, 1)
        assert look() == 2


def test_one_who_leaves_first_keeps_no_limit():
    torch = pytest.importorskip("torch")
    with two_openmp():
        with calculation():
            guest = Guest(torch.get_num_threads)
        assert torch.get_num_threads() == 2
        guest.go()
        assert torch.get_num_threads() == 2


def test_overflow_inside_is_silent_and_outside_is_not():
    with calculation():
        assert np.isinf(np.exp(np.array([1e4])))  # a warning would be an error here
    with pytest.warns(RuntimeWarning, match="overflow"):
        np.exp(np.array([1e4]))


def offered(result):
    """Return what a compute with this result offers."""
    return offers_of(lambda: result, {}, "x")


def test_generator_offers_what_it_yields():
    assert list(offered(iter([3, 5]))) == [3, 5]


@pytest.mark.parametrize("result", [None, 7, (3, 5), [3, 5], np.ones(3), "frame"])
def test_result_that_is_no_generator_is_one_offer(result):
    (offer,) = offered(result)
    assert offer is result
    assert frame_of(offer) is result


def test_offer_is_built_when_it_is_called():
    (offer,) = offered(lambda: 7)
    assert frame_of(offer) == 7


def test_generator_without_an_offer_names_the_explorer():
    with pytest.raises(ValueError, match="explorer 'x': compute yielded no frame"):
        offered(iter(()))


def test_library_that_compute_loads_is_held_from_the_first_offer_on(monkeypatch):
    asked, pools = [], module._pools
    monkeypatch.setattr(module, "_pools", lambda has: asked.append(has) or pools(has))
    monkeypatch.delitem(sys.modules, "torch", raising=False)

    def compute(depth):
        monkeypatch.setitem(sys.modules, "torch", SimpleNamespace())
        yield from [asked[-1]] * depth

    explorer = dummies.explorer(
        controls={"depth": Slider("depth", low=1, high=9, start=5)}, compute=compute
    )
    explorer.run()
    assert asked == [False, True]

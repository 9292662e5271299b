"""One training that is watched: a frame is offered at every step, built when asked."""

from itertools import count

import numpy as np
import pytest

from nb_lib.numpy.train import Step
from nb_lib.runs.training import Training


def steps(losses):
    """Give steps with these losses; the norms are read at every second one."""
    for number, loss in zip(count(1), losses, strict=False):
        norms = (float(number),) if number % 2 == 0 else None
        yield Step(number, loss, norms, norms)


class Counted(Training):
    """A training whose frames count how often one was built."""

    built = 0

    def frame(self):
        self.built += 1
        return len(self.losses)


def test_a_frame_is_built_only_when_it_is_asked_for():
    run = Counted()
    offers = list(run.offers(steps([0.5] * 10), 10))
    assert (len(offers), run.built) == (10, 0)
    assert (offers[-1](), run.built) == (10, 1)


def test_offers_show_the_run_as_it_is_at_each_step():
    run = Counted()
    assert [offer() for offer in run.offers(steps([0.5] * 5), 5)] == [1, 2, 3, 4, 5]


def test_no_step_is_taken_beyond_the_last():
    run, endless = Counted(), steps(0.5 for _ in count())
    assert len(list(run.offers(endless, 7))) == 7
    assert next(endless).count == 8


@pytest.mark.parametrize("loss", [np.nan, np.inf, 10_001.0])
def test_a_run_that_has_diverged_is_over(loss):
    run = Counted()
    assert len(list(run.offers(steps([0.5, 0.5, loss, 0.5]), 10))) == 3
    assert run.diverged_at == 3


def test_norms_are_kept_with_the_step_at_which_they_were_read():
    run = Counted()
    list(run.offers(steps([0.5] * 5), 5))
    assert (run.watched, run.norms, run.deltas) == ([2, 4], [(2.0,), (4.0,)], (4.0,))

"""The bug clinic: each case shows its symptom, and its own repair mends it."""

from functools import cache

import numpy as np
import pytest

from nb_lib.sections.s09_19_pitfalls.clinic import net
from nb_lib.sections.s09_19_pitfalls.clinic.run import CASES, compute
from nb_lib.sections.s09_19_pitfalls.explorer import REPAIRS, clinic


@cache
def run(case, repair="none"):
    return compute(case=case, repair=repair)


def own(case):
    return run(case, CASES[case][1])


def cases(fault):
    return [case for case, (_, found, *_) in CASES.items() if found == fault]


def test_eight_cases_are_ill_and_two_are_healthy():
    assert len(cases("none")) == 2
    assert len(CASES) == 10
    known = {fault for _, fault in REPAIRS}
    assert {fault for _, fault, *_ in CASES.values()} == known


def test_where_validation_is_wrong_use_shows_it_and_the_repair_closes_the_gap():
    for fault in ("split", "mask", "forcing", "leakage"):
        (case,) = cases(fault)
        ill, well = run(case).right[-1], own(case).right[-1]
        assert ill[1] - ill[2] > 0.4, fault
        assert well[1] - well[2] < 0.16, fault


def test_where_training_is_wrong_the_repair_mends_it():
    for fault in ("silent", "stable", "rate"):
        for case in cases(fault):
            ill, well = run(case), own(case)
            assert well.diverged_at is None, fault
            assert well.right[-1, 0] > ill.right[-1, 0] + 0.05, fault


def test_the_symptoms_differ():
    assert run(3).dead[-1, 1] == 1.0
    assert run(7).losses[-1, 0] > 1e4
    assert np.isnan(run(10).losses[-1, 0])
    assert run(10).losses[-2, 0] < 10  # nothing announced it
    assert run(5).norms[-1, 0] > 4 * own(5).norms[-1, 0]


@pytest.mark.slow
def test_a_repair_of_another_fault_changes_nothing():
    for case in CASES:
        for _, repair in REPAIRS:
            if repair not in ("rate", CASES[case][1]):
                np.testing.assert_array_equal(
                    run(case, repair).losses, run(case).losses
                )


def test_the_gradient_is_that_of_the_loss():
    rng = np.random.default_rng(3)
    x, labels = rng.normal(size=(7, 5)), np.arange(7) % 3
    weights, biases = net.drawn(rng, 5, 3, np.float64)
    states, out = net.forward(x, weights, biases)
    dws, dbs = net.backward(
        net.cross_entropy(out, labels, True)[1], states, weights, False
    )
    for arrays, slopes in ((weights, dws), (biases, dbs)):
        for array, slope in zip(arrays, slopes, strict=True):
            at = np.unravel_index(np.argmax(np.abs(slope)), array.shape)
            values = []
            for move in (1e-6, -2e-6):
                array[at] += move
                out = net.forward(x, weights, biases)[1]
                values.append(net.cross_entropy(out, labels, True)[0])
            assert abs((values[0] - values[1]) / 2e-6 - slope[at]) < 1e-6


def test_the_sentence_names_no_fault():
    for case in CASES:
        told = clinic.describe(run(case))
        for word in ("leak", "split", "mask", "dead", "nan", "forc", "bug", "expl"):
            assert word not in told.lower()

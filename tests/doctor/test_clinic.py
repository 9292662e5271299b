"""The programs that the doctor is measured on, and how shares are counted."""

import pytest
from clinic import architectures, healthy_held_out, healthy_tuning
from clinic.faults import ALSO, FAULTS
from clinic.ward import programs
from scipy.stats import binomtest

from nb_lib.doctor import measured
from nb_lib.doctor.findings import SECTIONS


def test_the_halves_share_no_program():
    variants = [v for pair in FAULTS.values() for v in pair]
    assert len(set(variants)) == 2 * len(FAULTS)
    assert set(FAULTS) == set(ALSO) == set(SECTIONS) - {"single_batch"}
    assert not set(architectures.TUNING) & set(architectures.HELD_OUT)
    assert not set(healthy_tuning.HEALTHY) & set(healthy_held_out.HELD_OUT)


def test_there_are_enough_of_them():
    both = [programs("tuning"), programs("held out")]
    ill = [{name for kind, name, _ in half if kind == "fault"} for half in both]
    well = [name for half in both for kind, name, _ in half if kind == "healthy"]
    assert min(map(len, ill)) >= 20
    assert len(architectures.ARCHITECTURES) >= 6
    assert len(well) >= 20


@pytest.mark.parametrize(("k", "n"), [(0, 90), (4, 7), (300, 315), (5, 5)])
def test_the_interval_is_wilsons(k, n):
    known = binomtest(k, n).proportion_ci(method="wilson")
    assert measured.Share(k, n).interval() == pytest.approx(tuple(known))

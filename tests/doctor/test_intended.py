"""What is intended is not a fault."""

import pytest
import torch
from doctor.intended import INTENDED
from doctor.loops import named


@pytest.mark.slow
def test_what_is_intended_is_not_a_fault():
    for program in INTENDED:
        torch.manual_seed(2)
        doctors = program()
        for doctor in doctors:
            assert doctor.failure is None, (program.__name__, doctor.failure)
            assert doctor.evidence.step >= 12, program.__name__
            assert named(doctor) == set(), program.__name__

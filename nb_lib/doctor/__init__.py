"""A doctor for training runs: put it around any PyTorch loop and ask it afterwards.

    with diagnose(model, optimiser) as doctor:
        for x, y in batches:
            optimiser.zero_grad()
            loss = cross_entropy(model(x), y)
            loss.backward()
            optimiser.step()
    print(doctor.report())

Nothing else in the loop changes. PyTorch is all it needs.
"""

from nb_lib.doctor.clinic import Doctor, diagnose
from nb_lib.doctor.findings import Finding, Report

__all__ = ["Doctor", "Finding", "Report", "diagnose"]

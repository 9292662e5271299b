"""What the doctor says at its doors: to wrong arguments, and in its report."""

import copy
import pickle

import pytest
import torch
from doctor import loops
from torch.nn import functional as F

from nb_lib.doctor import Finding, diagnose
from nb_lib.doctor.findings import SECTIONS, Report


def test_wrong_arguments_are_named():
    model = loops.net()
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    doctor = diagnose(model, optimiser)
    cases = [
        (TypeError, "nn.Module.*list", lambda: diagnose([model], optimiser)),
        (TypeError, "torch.optim.*float", lambda: diagnose(model, 0.1)),
        (ValueError, r"one loss.*\(240,\)", lambda: doctor.watch(torch.ones(240))),
        (ValueError, r"one loss.*\(3,\)", lambda: doctor.test(torch.ones(3))),
        (ValueError, r"240, 12.*\(5,\)", lambda: doctor.batch(x, y[:5])),
        (ValueError, r"240, 12.*\(7,\)", lambda: doctor.test(0.1, x, y[:7])),
        (TypeError, "list and Tensor", lambda: doctor.batch(x.tolist(), y)),
        (ValueError, r"\(\)", lambda: doctor.batch(x[0], y[0])),
        (TypeError, "tensor.*float", lambda: doctor.single_batch(number, x, y)),
        (ValueError, "at least one", lambda: doctor.single_batch(1, x, y, steps=0)),
    ]
    for kind, message, call in cases:
        with pytest.raises(kind, match=message):
            call()
    with doctor, pytest.raises(RuntimeError, match="already"):
        doctor.__enter__()


def number(output, y):
    return 1.0


def test_a_report_is_short_and_links_the_sections():
    report = loops.train(loops.net(), loops.adam(loops.net())).report()
    assert [finding.fault for finding in report] == ["not_stepped"]
    text = str(report)
    assert text.startswith("1 finding in 80 steps.")
    assert "section 9.17" in text
    assert "0.weight, 0.bias, 2.weight and 3 more" in text
    assert len(text.splitlines()) == 2


def test_nothing_found_is_said():
    assert str(diagnose(loops.net(), loops.adam(loops.net())).report()) == (
        "Nothing found in 0 steps."
    )
    assert str(Report([], 3, ValueError("x"))).count("\n") == 1


def test_a_report_can_be_kept():
    report = Report([Finding("nan", ("a",), 7)], 9, is_heard=False)
    again = pickle.loads(pickle.dumps(report))
    assert (again, str(again)) == (report, str(report))
    assert not copy.copy(report).is_heard


def test_a_doctor_that_only_hears_losses_still_judges_their_numbers():
    model = loops.net()
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    with diagnose(model, optimiser) as doctor:
        for _ in range(6):
            loss = F.cross_entropy(model(x), y)
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            for p, gradient in zip(model.parameters(), gradients, strict=True):
                p.grad = gradient
            optimiser.step()
            doctor.watch(loss)
    assert len(doctor.evidence.losses) == 6
    assert not doctor.report()


def test_every_fault_has_a_section():
    finding = Finding("nan", ("a", "b", "c", "d"), 7, {"share": 0.25})
    assert str(finding).startswith("nan in a, b, c and 1 more, first seen at step 7")
    assert all(number.startswith("9.") for number in SECTIONS.values())


def test_a_loss_may_be_smoothed_and_a_sum_of_shares():
    def loss(logits, y):
        smooth = F.cross_entropy(logits, y, label_smoothing=0.1)
        return 0.7 * smooth + 0.3 * F.cross_entropy(logits, y)

    model = loops.net()
    doctor = loops.train(model, loops.adam(model), loss=loss, steps=5)
    assert doctor.evidence.readings[0].terms >= 2

"""A stranger's loop: what nobody thought of neither breaks a doctor nor fools it."""

import pytest
import torch
from doctor import loops
from doctor.test_harmless import hooks
from torch import nn
from torch.nn import functional as F

from nb_lib.doctor import diagnose

X, Y = loops.clouds()


class Spectral(nn.Module):
    """A net that weighs the frequencies of its input by complex numbers."""

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(7, dtype=torch.cfloat))
        self.head = nn.Linear(12, 3)

    def forward(self, x):
        return self.head(torch.fft.irfft(torch.fft.rfft(x) * self.w, n=12))


class OnSparse(nn.Module):
    """A linear layer for sparse inputs."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(12, 3)

    def forward(self, x):
        return torch.sparse.mm(x, self.layer.weight.T) + self.layer.bias


class OnComplex(nn.Linear):
    """A linear layer for the size of complex inputs."""

    def __init__(self):
        super().__init__(12, 3)

    def forward(self, x):
        return super().forward(x.abs())


class PartlyScripted(nn.Module):
    """A net of which a part was scripted."""

    def __init__(self):
        super().__init__()
        self.body, self.head = torch.jit.script(nn.Linear(12, 7)), nn.Linear(7, 3)

    def forward(self, x):
        return self.head(self.body(x).relu())


class Named(nn.Module):
    """A net whose input and output are dictionaries."""

    def __init__(self):
        super().__init__()
        self.inner = loops.net()

    def forward(self, given):
        return {"logits": self.inner(given["x"])}


def lazy():
    return nn.Sequential(nn.LazyLinear(24), nn.ReLU(), nn.LazyLinear(3))


def train(model, *, x=X, steps=12, call=None, optimiser=None):
    """Train on all of x under a doctor; return it."""
    optimiser = optimiser or torch.optim.SGD(model.parameters(), lr=0.05)
    with diagnose(model, optimiser) as doctor:
        for _ in range(steps):
            optimiser.zero_grad()
            F.cross_entropy((call or model)(x), Y).backward()
            optimiser.step()
    assert doctor.failure is None, doctor.failure
    return doctor


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")
@pytest.mark.parametrize("made", [lazy, Spectral, PartlyScripted])
def test_models_of_unusual_parameters_are_watched(made):
    assert len(train(made()).evidence.losses) == 12


def test_a_broken_complex_weight_is_found():
    model = Spectral()
    model.w.data[3] = torch.nan
    assert train(model).report()[0].where == ("w",)


@pytest.mark.parametrize(
    ("made", "x"),
    [(OnSparse, X.to_sparse()), (OnComplex, X.to(torch.cfloat))],
    ids=["sparse", "complex"],
)
def test_inputs_without_plain_rows_are_passed_over(made, x):
    assert len(train(made(), x=x).evidence.losses) == 12


@pytest.mark.slow
def test_a_compiled_model_is_watched():
    compiled = torch.compile(loops.net(), backend="aot_eager")
    assert len(train(compiled, steps=3).evidence.losses) == 3


def test_a_model_without_numbers_is_refused_and_left_alone():
    model = loops.net().to("meta")
    optimiser = loops.adam(model)
    with pytest.raises(TypeError, match="meta"), diagnose(model, optimiser):
        pass
    assert hooks(model, optimiser) == []


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")
def test_a_model_can_be_traced_while_it_is_watched():
    model = loops.net()
    optimiser = loops.adam(model)
    with diagnose(model, optimiser) as doctor:
        F.cross_entropy(model(X), Y).backward()
        optimiser.step()
        traced = torch.jit.trace(model, X[:3])
    assert doctor.failure is None
    assert torch.equal(traced(X), model(X))


def test_a_graph_that_is_gone_does_not_end_the_watching():
    """Parts are called twice a step; the first graph is freed before the second."""
    model = nn.ModuleDict({"body": nn.Linear(12, 7), "head": nn.Linear(7, 3)})

    def attacked(x):
        x = x.clone().requires_grad_()
        loss = F.cross_entropy(model["head"](model["body"](x).relu()), Y)
        worse = x.detach() + 0.1 * torch.autograd.grad(loss, x)[0].sign()
        return model["head"](model["body"](worse).relu())

    assert len(train(model, call=attacked).evidence.losses) == 12


def test_a_run_whose_losses_were_not_heard_is_not_called_healthy():
    model = nn.Linear(12, 3)
    unheard = lambda x: F.linear(x, model.weight, model.bias)  # noqa: E731
    told = str(train(model, call=unheard).report())
    assert told.startswith("Nothing found in 12 steps.")
    assert "doctor.watch(loss)" in told
    assert "watch" not in str(train(model).report())


def test_a_doctor_that_has_not_started_can_be_told_a_loss():
    doctor = diagnose(loops.net(), loops.adam(loops.net()))
    doctor.watch(1.5)
    assert not doctor.report()


def test_dictionaries_go_in_and_come_out():
    model = Named()
    optimiser = loops.adam(model)
    with diagnose(model, optimiser) as doctor:
        for _ in range(5):
            doctor.batch({"x": X}, Y)
            optimiser.zero_grad()
            F.cross_entropy(model({"x": X})["logits"], Y).backward()
            optimiser.step()
            doctor.test(0.5, model({"x": X}), Y)
        loss = lambda output, y: F.cross_entropy(output["logits"], y)  # noqa: E731
        assert not doctor.single_batch(loss, {"x": X[:9]}, Y[:9])
    assert doctor.failure is None
    assert len(doctor.evidence.tests) == 5


def test_single_batch_is_seen_by_no_doctor():
    model = loops.net()
    one, two = loops.adam(model[0]), loops.adam(model[2])
    with diagnose(model, one) as first, diagnose(model, two) as second:
        for _ in range(30):
            model.zero_grad()
            F.cross_entropy(model(X), Y).backward()
            one.step()
            two.step()
        before = second.evidence.backwards, len(second.evidence.losses)
        first.single_batch(F.cross_entropy, X, Y, steps=3)
        assert before == (second.evidence.backwards, len(second.evidence.losses))
        assert not first.is_paused
        assert not second.is_paused


def test_single_batch_does_not_hide_what_never_moves():
    model, optimiser = loops.net(), loops.adam(loops.net())
    with diagnose(model, optimiser) as doctor:
        for _ in range(30):
            model.zero_grad()
            F.cross_entropy(model(X), Y).backward()
            optimiser.step()
        doctor.single_batch(F.cross_entropy, X, Y, steps=3)
    assert loops.named(doctor) == {"not_stepped"}


@pytest.mark.parametrize("scale", [2.0**4, 2.0**16, 2.0**100])
def test_a_scaler_of_losses_is_no_bad_start(scale):
    """At 2^100 the first gradients overflow: those steps are not taken."""
    model, order = loops.net(), torch.Generator().manual_seed(3)
    optimiser, scaler = loops.adam(model), torch.amp.GradScaler("cpu", scale)
    with diagnose(model, optimiser) as doctor:
        for _ in range(150):
            rows = torch.randint(len(X), (32,), generator=order)
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.float16):
                loss = F.cross_entropy(model(X[rows]), Y[rows])
            scaler.scale(loss).backward()
            scaler.step(optimiser)
            scaler.update()
    assert doctor.failure is None
    assert loops.named(doctor) == set()
    assert doctor.evidence.losses[0] < 5

"""A doctor never changes the run it watches."""

import contextlib
import copy

import pytest
import torch
from doctor import loops
from torch import nn
from torch.nn import functional as F

from nb_lib.doctor import diagnose


def hooks(model, optimiser):
    """List all the hooks that hang on a model and its optimiser."""
    inside = [(m._forward_hooks, m._forward_pre_hooks) for m in model.modules()]
    outside = optimiser._optimizer_step_pre_hooks, optimiser._optimizer_step_post_hooks
    return [hook for pair in (*inside, outside) for kind in pair for hook in kind]


def run(is_watched, optimiser_of):
    """Train with dropout, a batch norm and an LSTM; return what is left."""
    torch.manual_seed(3)
    model = nn.ModuleDict(
        {"rnn": nn.LSTM(4, 7, batch_first=True), "norm": nn.BatchNorm1d(7)}
    )
    model["head"] = nn.Sequential(nn.Dropout(0.3), nn.ReLU(), nn.Linear(7, 3))
    model.forward = lambda x: model["head"](model["norm"](model["rnn"](x)[0][:, -1]))
    optimiser, (x, y) = optimiser_of(model), loops.clouds()
    x = x.reshape(-1, 3, 4)
    watch = diagnose(model, optimiser) if is_watched else contextlib.nullcontext()
    with watch as doctor:
        for _ in range(30):
            rows = torch.randint(len(x), (16,))

            def closure(rows=rows):
                optimiser.zero_grad()
                loss = F.cross_entropy(model(x[rows]), y[rows])
                loss.backward()
                return loss

            optimiser.step(closure)
        with torch.no_grad():
            model(x)
        if is_watched:
            doctor.single_batch(F.cross_entropy, x[:8], y[:8], steps=5)
            doctor.report()
    if is_watched:
        assert doctor.failure is None
    return model, optimiser, torch.get_rng_state()


@pytest.mark.parametrize(
    "optimiser_of",
    [
        lambda m: torch.optim.SGD(m.parameters(), lr=0.1, momentum=0.9),
        lambda m: torch.optim.AdamW(m.parameters(), lr=1e-2),
        lambda m: torch.optim.LBFGS(m.parameters(), max_iter=3),
    ],
    ids=["SGD", "AdamW", "LBFGS"],
)
def test_a_run_is_the_same_with_and_without_a_doctor(optimiser_of):
    plain, _, plain_rng = run(False, optimiser_of)
    model, optimiser, rng = run(True, optimiser_of)
    for name, value in plain.state_dict().items():
        assert torch.equal(value, model.state_dict()[name]), name
    assert torch.equal(plain_rng, rng)
    assert hooks(model, optimiser) == []


def test_no_hook_is_left_even_if_the_loop_fails():
    backward = torch.autograd.backward
    model = loops.net(dropout=0.2)
    optimiser = loops.adam(model)
    with pytest.raises(RuntimeError, match="shapes"), diagnose(model, optimiser):
        model(loops.clouds()[0][:, 1:])
    assert hooks(model, optimiser) == []
    assert torch.autograd.backward is backward


def test_a_doctor_that_fails_ends_its_watching_and_not_the_run():
    model = loops.net()
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    with diagnose(model, optimiser) as doctor:
        doctor.evidence.losses = None
        for _ in range(3):
            F.cross_entropy(model(x), y).backward()
            optimiser.step()
    assert "AttributeError" in str(doctor.report()) + repr(doctor.failure)


def test_single_batch_gives_everything_back():
    model = loops.net(dropout=0.5).eval()
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    F.cross_entropy(model(x), y).backward()
    optimiser.step()
    weights = copy.deepcopy(model.state_dict())
    state, rng = copy.deepcopy(optimiser.state_dict()), torch.get_rng_state()
    gradient = model[0].weight.grad.clone()
    found = diagnose(model, optimiser).single_batch(F.cross_entropy, x[:9], y[:9])
    assert not found
    assert all(torch.equal(v, weights[k]) for k, v in model.state_dict().items())
    assert torch.equal(model[0].weight.grad, gradient)
    assert torch.equal(torch.get_rng_state(), rng)
    assert not model.training
    for p, kept in state["state"].items():
        now = optimiser.state_dict()["state"][p]
        assert all(torch.equal(now[name], value) for name, value in kept.items())


def test_single_batch_finds_a_net_that_cannot_learn():
    model = loops.net()
    for p in model.parameters():
        p.requires_grad_(p.ndim == 1)  # only the biases may move
    x, y = loops.clouds(rows=9)
    found = diagnose(model, loops.adam(model)).single_batch(F.cross_entropy, x, y)
    assert [finding.fault for finding in found] == ["single_batch"]


def test_a_model_can_be_copied_and_saved_while_it_is_watched(tmp_path):
    model = loops.net(dropout=0.2)
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    with diagnose(model, optimiser) as doctor:
        F.cross_entropy(model(x), y).backward()
        optimiser.step()
        twin = copy.deepcopy(model)
        torch.save(model, tmp_path / "model.pt")
        twin(255 * x)
        passes = doctor.evidence.passes[0].count
        assert (passes, doctor.failure, doctor.now) == (1, None, None)
    again = torch.load(tmp_path / "model.pt", weights_only=False)
    for other in (twin, again):
        assert torch.equal(other.eval()(x), model.eval()(x))


def test_parts_of_a_model_may_be_called_without_the_whole():
    model = nn.ModuleDict({"body": nn.Linear(12, 30), "head": nn.Linear(30, 3)})
    optimiser, (x, y) = loops.adam(model), loops.clouds()
    nn.init.constant_(model["body"].bias, -99.0)
    with diagnose(model, optimiser) as doctor:
        for _ in range(20):
            optimiser.zero_grad()
            F.cross_entropy(model["head"](model["body"](x).relu()), y).backward()
            optimiser.step()
    assert "dead_units" in loops.named(doctor)

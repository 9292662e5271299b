"""Saved runs: killed anywhere, a run ends at the weights of one that was left alone."""

import json
import multiprocessing
import os
import signal
import zipfile
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nb_lib.data import minibatches, moons
from nb_lib.numpy import layers, losses, models, norms, optimisers, schedules, train
from nb_lib.runs.saving import load_run, save_run

torch = pytest.importorskip("torch")
twins = pytest.importorskip("nb_lib.torch")

SIZES, STEPS, EVERY, KILLS = (2, 6, 2), 40, 4, 20
SHARE = partial(schedules.cosine, steps=STEPS, warm_up=5)
X, LABELS = moons(50, noise=0.2, rng=np.random.default_rng(9))
FORK = multiprocessing.get_context("fork")


def numpy_run(rng):
    """Put a run together in NumPy: its parts, and a function that takes one step."""
    model = models.MLP(SIZES, rng=rng)
    optimiser = optimisers.AdamW(model.params, lr=0.05)
    data = minibatches(X, LABELS, 8, rng=np.random.default_rng(7))
    schedule = schedules.Schedule(optimiser, SHARE)

    def step():
        x, labels = next(data)
        x = x + rng.normal(scale=0.01, size=x.shape)  # a generator in the middle of it
        list(train.descend(model, losses.cross_entropy, [(x, labels)], optimiser))
        schedule.step()

    parts = {"model": model, "optimiser": optimiser, "data": data}
    return parts | {"schedule": schedule, "rng": rng}, step


def torch_run(rng):
    """Put the same run together in PyTorch."""
    from nb_lib.torch import losses as torch_losses
    from nb_lib.torch import models as torch_models
    from nb_lib.torch import schedules as torch_schedules

    model = torch_models.MLP(SIZES, rng=rng)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.05)
    data = minibatches(X, LABELS, 8, rng=np.random.default_rng(7))
    schedule = torch_schedules.Schedule(optimiser, SHARE)
    noise = torch.Generator().manual_seed(5)

    def step():
        x, labels = map(torch.from_numpy, next(data))
        x = x + 0.01 * torch.randn(x.shape, generator=noise, dtype=x.dtype)
        optimiser.zero_grad()
        torch_losses.cross_entropy(model(x), labels).backward()
        optimiser.step()
        schedule.step()

    parts = {"model": model, "optimiser": optimiser, "data": data}
    return parts | {"schedule": schedule, "noise": noise}, step


class Normed:
    """A net with batch normalisation, put together by hand as a reader would."""

    def __init__(self, rng):
        self.layers = [
            layers.Linear(2, 6, rng=rng),
            norms.BatchNorm(6),
            layers.Activation("relu"),
            layers.Linear(6, 2, rng=rng),
        ]
        self.params = self.collect("params")

    def collect(self, kind):
        held = [getattr(layer, kind) for layer in self.layers]
        return {f"{n}.{k}": a for n, each in enumerate(held) for k, a in each.items()}

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dy):
        self.deltas = [dy]
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        self.grads = self.collect("grads")


def normed_numpy_run():
    """Train it; the third function gives the logits in evaluation mode."""
    model = Normed(np.random.default_rng(3))
    optimiser = optimisers.Adam(model.params, lr=0.05)
    data = minibatches(X, LABELS, 8, rng=np.random.default_rng(7))

    def evaluate():
        model.layers[1].training = False
        return model.forward(X)

    def step():
        model.layers[1].training = True
        list(train.descend(model, losses.cross_entropy, [next(data)], optimiser))

    return {"model": model, "optimiser": optimiser, "data": data}, step, evaluate


def normed_torch_run():
    """Train the same net in PyTorch."""
    from nb_lib.torch import layers as torch_layers
    from nb_lib.torch import losses as torch_losses
    from nb_lib.torch import norms as torch_norms

    rng = np.random.default_rng(3)
    first, last = (torch_layers.Linear(*pair, rng=rng) for pair in ((2, 6), (6, 2)))
    model = torch.nn.Sequential(
        first, torch_norms.BatchNorm(6), torch_layers.Activation("relu"), last
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.05)
    data = minibatches(X, LABELS, 8, rng=np.random.default_rng(7))

    def evaluate():
        return model.eval()(torch.from_numpy(X)).detach().numpy()

    def step():
        model.train()
        x, labels = map(torch.from_numpy, next(data))
        optimiser.zero_grad()
        torch_losses.cross_entropy(model(x), labels).backward()
        optimiser.step()

    return {"model": model, "optimiser": optimiser, "data": data}, step, evaluate


RUNS = {"numpy": numpy_run, "torch": torch_run}
each_twin = pytest.mark.parametrize("twin", RUNS)


def weights(model):
    """List the weights of a model of either twin as arrays."""
    held = model.params.values()
    return [w if isinstance(w, np.ndarray) else w.detach().numpy() for w in held]


def go_on(make, path, *, kill_at=None, kill_in=None):
    """Run to the end, from the file if there is one; die at a step or in a save."""
    torch.set_num_threads(1)
    parts, step = make(np.random.default_rng(9))
    done = load_run(path, **parts)["done"] if path.exists() else 0
    for count in range(done + 1, STEPS + 1):
        step()
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if count % EVERY == 0:
            if kill_in is not None and count >= kill_in:
                die_while_writing()
            save_run(path, done=count, **parts)
    return parts["model"]


def die_while_writing():
    """Let the next write of a file stop in the middle, with the process."""
    write = zipfile.ZipFile.close

    def half(self):
        self.fp.flush()
        if self.mode == "w":
            os.kill(os.getpid(), signal.SIGKILL)
        write(self)

    zipfile.ZipFile.close = half


def killed(make, path, **where):
    """Run in a process of its own that dies there; return the signal it died of."""
    process = FORK.Process(target=go_on, args=(make, path), kwargs=where)
    process.start()
    process.join()
    return -process.exitcode


@pytest.mark.parametrize("kills", [2, pytest.param(KILLS, marks=pytest.mark.slow)])
@each_twin
def test_a_run_that_was_killed_ends_at_the_same_weights(tmp_path, twin, kills, rng):
    """Kill it at random steps and in the middle of saves, each time from the start.

    All 80: ``pytest tests/runs/test_saving.py -k "killed and 20"``.
    """
    make = RUNS[twin]
    undisturbed = weights(go_on(make, tmp_path / "whole.npz"))
    for number in range(2 * kills):
        path = tmp_path / f"{number}.npz"
        step = int(rng.integers(1, STEPS))
        where = {"kill_at": step} if number < kills else {"kill_in": step}
        assert killed(make, path, **where) == signal.SIGKILL
        for ours, want in zip(weights(go_on(make, path)), undisturbed, strict=True):
            np.testing.assert_array_equal(ours, want)


def test_a_kill_in_the_first_save_leaves_no_file_of_that_name(tmp_path):
    path = tmp_path / "run.npz"
    assert killed(numpy_run, path, kill_in=1) == signal.SIGKILL
    assert not path.exists()


@each_twin
def test_states_come_back_to_the_bit(tmp_path, twin):
    make, path = RUNS[twin], tmp_path / "run.npz"
    parts, step = make(np.random.default_rng(9))
    for _ in range(5):
        step()
    save_run(path, **parts, best=0.1 + 0.2, name="näher", sizes=SIZES, log=[1, None])
    others, other_step = make(np.random.default_rng(1))
    rest = load_run(path, **others)
    assert rest == {
        "best": 0.1 + 0.2,
        "name": "näher",
        "sizes": SIZES,
        "log": [1, None],
    }
    for _ in range(9):  # over the end of an epoch
        step()
        other_step()
    for ours, want in zip(
        weights(others["model"]), weights(parts["model"]), strict=True
    ):
        np.testing.assert_array_equal(ours, want)


@pytest.mark.parametrize("make", [normed_numpy_run, normed_torch_run])
def test_running_numbers_come_back_to_the_bit(tmp_path, make):
    """Stopped in the middle, a run with BatchNorm evaluates as the undisturbed one."""
    (parts, step, evaluate), (others, other_step, resumed) = make(), make()
    for _ in range(STEPS // 2):
        step()
    save_run(tmp_path / "run.npz", **parts)
    load_run(tmp_path / "run.npz", **others)
    np.testing.assert_array_equal(resumed(), evaluate())
    for _ in range(STEPS // 2):
        step()
        other_step()
    np.testing.assert_array_equal(resumed(), evaluate())


def test_a_norm_alone_is_a_part_too(tmp_path, rng):
    norm, other = norms.BatchNorm(5), norms.BatchNorm(5)
    norm.forward(rng.normal(size=(3, 5)))
    norm.params["gamma"][:] = rng.normal(size=5)
    save_run(tmp_path / "run.npz", norm=norm)
    load_run(tmp_path / "run.npz", norm=other)
    for name, array in norm.state_dict().items():
        np.testing.assert_array_equal(other.state_dict()[name], array)
    assert list(other.state_dict()) == ["gamma", "beta", "running_mean", "running_var"]
    with pytest.raises(ValueError, match=r"LayerNorm wants a state with beta \(5,\)"):
        load_run(tmp_path / "run.npz", norm=norms.LayerNorm(5))


def test_a_file_without_running_numbers_is_refused(tmp_path):
    model = Normed(np.random.default_rng(3))
    save_run(tmp_path / "run.npz", model=model.params)  # as the parameters alone
    with pytest.raises(ValueError, match=r"wanted layers\.1\.running_\w+ of shape"):
        load_run(tmp_path / "run.npz", model=model)


def saved(folder):
    path = folder / "run.npz"
    save_run(path, **numpy_run(np.random.default_rng(9))[0], done=3)
    return path


def refusal(path, parts):
    """Return the sentence with which a file is refused, or nothing."""
    try:
        load_run(path, **parts)
    except ValueError as error:
        return str(error)
    return ""


def test_every_damage_is_refused_by_name(tmp_path, rng):
    """Cut the file short anywhere, or change any byte that a reader looks at."""
    path = saved(tmp_path)
    whole = path.read_bytes()
    cuts, places = rng.integers(2, len(whole), size=(2, 300))
    flips = (whole[:p] + bytes([whole[p] ^ 0x41]) + whole[p + 1 :] for p in places)
    said = []
    for content in [*(whole[:cut] for cut in cuts), *flips]:
        path.write_bytes(content)
        parts, _ = numpy_run(np.random.default_rng(1))
        before = [w.copy() for w in weights(parts["model"])]
        said.append(refusal(path, parts))
        if said[-1]:
            for w, old in zip(weights(parts["model"]), before, strict=True):
                np.testing.assert_array_equal(w, old)
    assert all(said[:300])
    assert sum(map(bool, said[300:])) > 250  # the others hit a date
    assert all(s.startswith("run.npz") and "\n" not in s for s in said if s)


def foreign(kind, path):
    """Write a file of that name that is no saved run."""
    if kind == "text":
        path.write_text("weights")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "npz":
        np.savez(path, x=np.zeros(3))
    elif kind == "pickle":
        np.savez(path, header=np.array([{"a": 1}], dtype=object))
    else:
        np.savez(path, header=np.array(json.dumps({"format": "another"})))


@pytest.mark.parametrize("kind", ["text", "empty", "npz", "pickle", "other format"])
def test_a_foreign_file_is_refused_by_name(tmp_path, kind):
    path = tmp_path / "mine.npz"
    foreign(kind, path)
    with pytest.raises(ValueError, match=r"^mine\.npz is (no saved run|damaged)"):
        load_run(path)


def narrower(rng):
    parts, _ = numpy_run(rng)
    return {"model": models.MLP((2, 5, 2), rng=rng), "optimiser": parts["optimiser"]}


def other_optimiser(rng):
    parts, _ = numpy_run(rng)
    sgd = optimisers.SGD(parts["model"].params, lr=0.1)
    return {"model": parts["model"], "optimiser": sgd}


REFUSED = {
    "other optimiser": (other_optimiser, ValueError, "optimiser: SGD wants a state"),
    "narrower": (narrower, ValueError, r"run\.npz, model: wanted .* of shape"),
    "no such part": (lambda rng: {"clock": {}}, ValueError, "but no clock"),
    "a number": (lambda rng: {"done": 3}, TypeError, "leave it out"),
    "another generator": (
        lambda rng: {"rng": np.random.Generator(np.random.MT19937(1))},
        ValueError,
        "the state of a MT19937 generator",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused_before_anything_changes(tmp_path, case):
    make, kind, words = REFUSED[case]
    parts, same = (make(np.random.default_rng(1)) for _ in range(2))
    with pytest.raises(kind, match=words):
        load_run(saved(tmp_path), **parts)
    if "model" in parts:
        pair = zip(weights(parts["model"]), weights(same["model"]), strict=True)
        assert all(np.array_equal(a, b) for a, b in pair)


def test_what_has_no_state_is_named(tmp_path):
    with pytest.raises(TypeError, match=r"got set in run\.tags"):
        save_run(tmp_path / "run.npz", tags={1, 2})
    assert not list(Path(tmp_path).iterdir())


def test_a_stream_goes_on_in_the_middle_of_an_epoch():
    one, two = (minibatches(X, LABELS, 7, rng=np.random.default_rng(s)) for s in (1, 2))
    list(islice(one, 3))
    two.load_state_dict(one.state_dict())
    for a, b in zip(islice(one, 20), islice(two, 20), strict=True):
        np.testing.assert_array_equal(a[0], b[0])


def test_an_optimiser_refuses_the_state_of_another(rng):
    params = {"w": np.zeros(3)}
    adam, sgd = optimisers.Adam(params, lr=0.1), optimisers.SGD(params, lr=0.1)
    with pytest.raises(
        ValueError, match="SGD wants a state with lr, momentum.* got lr"
    ):
        sgd.load_state_dict(adam.state_dict())
    other = optimisers.Adam({"w": np.zeros(4)}, lr=0.1)
    with pytest.raises(ValueError, match=r"Adam wants a gradient of shape \(4,\)"):
        other.load_state_dict(adam.state_dict())

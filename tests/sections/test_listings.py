"""The complete programs of 9.17: their length, their accuracy, their weights."""

import inspect
import runpy
import sys

import numpy as np
import pytest

from nb_lib.book.lines import count_code_lines
from nb_lib.data import idx, mnist_subset
from nb_lib.sections.s09_17_pytorch.launch import as_idx, digits_folder, torchrun
from nb_lib.sections.s09_17_pytorch.programs import mnist_numpy

torch = pytest.importorskip("torch", reason="half of the programs are PyTorch's")
from nb_lib.sections.s09_17_pytorch.programs import mnist_torch, mnist_torchrun  # noqa: E402

DIFFERENCE = 0.02  # of the two accuracies: 1,000 test images, two ways to begin


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return digits_folder(tmp_path_factory.mktemp("digits"), subset=True)


def test_torch_listing_has_roughly_a_third_of_the_lines():
    by_hand, framework = (
        count_code_lines(inspect.getsource(listing))
        for listing in (mnist_numpy, mnist_torch)
    )
    assert 0.3 < framework / by_hand < 0.4


@pytest.mark.parametrize("part", ["train", "t10k"])
def test_both_listings_read_the_same_digits(digits, part):
    x, labels = mnist_subset()[part == "t10k"]
    for got_x, got_labels in (
        mnist_numpy.load(digits, part),
        mnist_torch.load(digits, part).tensors,
    ):
        np.testing.assert_allclose(np.asarray(got_x), x, rtol=1e-6)
        np.testing.assert_array_equal(np.asarray(got_labels), labels)


@pytest.mark.slow
def test_both_listings_reach_the_same_accuracy(digits):
    torch.manual_seed(9)
    by_hand = mnist_numpy.main(digits, rng=np.random.default_rng(9), epochs=4)
    framework = mnist_torch.main(digits, epochs=4)
    assert by_hand > 0.91
    assert framework == pytest.approx(by_hand, abs=DIFFERENCE)


@pytest.mark.slow
@pytest.mark.full_mnist
def test_both_listings_name_96_percent_of_mnist_right(full_mnist):
    torch.manual_seed(9)
    by_hand = mnist_numpy.main(full_mnist, rng=np.random.default_rng(9))
    framework = mnist_torch.main(full_mnist)
    assert by_hand > 0.96
    assert framework == pytest.approx(by_hand, abs=DIFFERENCE)


def plain_loop(folder, epochs):
    """Train as ``mnist_torchrun`` does, in this process and without its tools."""
    torch.manual_seed(9)
    nn, train = torch.nn, mnist_torch.load(folder, "train")
    model = nn.Sequential(
        nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    for epoch in range(epochs):
        order = torch.randperm(
            len(train), generator=torch.Generator().manual_seed(9 + epoch)
        )
        for rows in order.split(64):
            x, labels = train[rows]
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(x), labels).backward()
            optimiser.step()
    return model.state_dict()


@pytest.mark.slow
def test_two_processes_train_the_weights_of_one(digits, tmp_path):
    saved = tmp_path / "weights.pt"
    printed = torchrun(mnist_torchrun.__file__, digits, saved, processes=2)
    assert all(f"process {rank}: " in printed for rank in (0, 1))
    want, got = plain_loop(digits, 2), torch.load(saved, weights_only=True)
    assert want.keys() == got.keys()
    for name, weights in want.items():
        torch.testing.assert_close(got[name], weights, rtol=0, atol=1e-6)


@pytest.mark.slow
def test_torchrun_keeps_lines_whole_and_tells_why_a_process_failed(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # text and line end would part
    script = tmp_path / "broken.py"
    script.write_text(
        "import sys; raise ValueError(f'parts {sys.stdout.write_through}')"
    )
    with pytest.raises(RuntimeError, match="ValueError: parts False"):
        torchrun(script, processes=1)


def test_idx_files_begin_with_the_header_of_mnist():
    wanted = idx.FILES[3]
    assert as_idx(np.zeros(wanted.shape, int))[: len(wanted.header)] == wanted.header


@pytest.mark.parametrize("listing", [mnist_numpy, mnist_torch])
def test_listings_run_as_programs(digits, listing, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["program", str(digits)])
    runpy.run_path(listing.__file__, run_name="__main__")
    assert "classified correctly" in capsys.readouterr().out

"""Which axis: what moves is the pool, and what a layer ignores moves nothing."""

import numpy as np
import pytest

from nb_lib.explore import norms
from nb_lib.numpy.norms import LayerNorm
from nb_lib.sections.s09_13_normalisation import places, timing
from nb_lib.sections.s09_13_normalisation.trials import trained


def moved(**settings):
    """Give the set of cells (example, feature) that the reader's change moves."""
    frame = norms.run(**settings)
    return {tuple(map(int, cell)) for cell in np.argwhere(frame.moved == 1)}


def test_one_changed_number_moves_its_pool_and_nothing_else():
    column, row = {(n, 0) for n in range(6)}, {(0, n) for n in range(6)}
    wanted = {
        "batch": column,
        "layer": row,
        "rms": row,
        "group": {(0, n) for n in range(3)},
    }
    for norm, cells in wanted.items():
        assert moved(norm=norm, nudge=4) == cells
        left, low, width, height = norms.run(norm=norm).pool
        box = {(low + i, left + j) for i in range(height) for j in range(width)}
        assert box == cells
    assert moved(mode="evaluation", nudge=4) == {(0, 0)}


def test_a_scale_of_the_row_moves_batch_norm_alone():
    assert len(moved(norm="batch", factor=3.0)) == 36
    for norm in ("layer", "group", "rms"):
        assert not moved(norm=norm, factor=3.0)


def test_an_offset_is_ignored_by_what_subtracts_a_mean():
    for norm in ("batch", "layer", "group", "rms"):
        pair = [norms.run(norm=norm, offset=offset).y for offset in (0, 10)]
        is_same = np.allclose(*pair, rtol=0, atol=1e-9)
        assert is_same == (norm != "rms")


def test_features_or_examples_come_out_at_mean_0_and_size_1():
    batch, layer = (norms.run(norm=norm) for norm in ("batch", "layer"))
    for mean, size in (batch.of_features, layer.of_rows):
        np.testing.assert_allclose(mean, 0, atol=1e-12)
        np.testing.assert_allclose(size, 1, atol=1e-4)


def test_evaluation_begins_with_x_itself_and_settles():
    nothing = norms.run(mode="evaluation", seen=0)
    np.testing.assert_allclose(nothing.y, nothing.x, rtol=1e-4)
    far = [
        np.abs(norms.run(mode="evaluation", seen=seen).of_features[0]).max()
        for seen in (0, 20, 100)
    ]
    assert far[0] > far[1] > far[2]
    assert np.all(norms.run(batch=1).y[0] == 0)  # beta


def test_looking_at_a_run_does_not_teach_its_running_numbers():
    x, labels = places.shaded_digits()
    run = places.Run("batch", "plain", 2, 32, "relu", "he_normal")
    *_, look = run.train(0.1)
    before = [norm.running_mean.copy() for norm in run.model.norms]
    frame = look()
    for norm, mean in zip(run.model.norms, before, strict=True):
        np.testing.assert_array_equal(norm.running_mean, mean)
    assert run.model.training
    run.model.training = False
    found = run.model.forward(x[places.KEPT :]).argmax(axis=1)
    assert frame.share == np.mean(found == labels[places.KEPT :])


@pytest.mark.slow
def test_the_norm_belongs_on_the_branch():
    shares = {p: trained("rms", p, 20, seed=7)[1] for p in ("plain", "pre", "post")}
    assert shares["plain"] < shares["post"] < shares["pre"] - 0.2


@pytest.mark.slow
def test_rms_norm_takes_one_mean_and_pytorch_records_layer_norm_as_one():
    torch = pytest.importorskip("torch")
    from nb_lib.numpy.norms import RMSNorm

    assert timing.reductions(RMSNorm) == 1
    assert timing.reductions(timing.TextbookLayerNorm) == 2
    x = torch.ones(2, 8, requires_grad=True)
    assert len(timing.recorded(torch.nn.LayerNorm(8)(x))) == 1
    assert len(timing.recorded(torch.nn.RMSNorm(8)(x))) > 1


@pytest.mark.slow
def test_compiled_rms_norm_is_one_operation_with_the_same_numbers(
    monkeypatch, tmp_path
):
    torch = pytest.importorskip("torch")
    # what was compiled before, for vectors of another length, would be taken for ours
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    x = torch.linspace(-2, 3, 84).reshape(7, 12).requires_grad_()
    layer, slopes = torch.nn.RMSNorm(12), []
    try:
        fused = timing.compiled(layer, x)
    except timing.NotCompiled as reason:
        pytest.skip(str(reason))
    assert len(timing.recorded(fused(x))) == 1 < len(timing.recorded(layer(x)))
    for kind in (layer, fused):
        x.grad = None
        (kind(x) ** 3).sum().backward()
        slopes.append(x.grad)
    torch.testing.assert_close(*slopes)


@pytest.mark.slow
def test_without_a_compiler_a_sentence_says_so(monkeypatch, tmp_path):
    torch = pytest.importorskip("torch")
    inductor = pytest.importorskip("torch._inductor.config")
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))  # nothing made before
    monkeypatch.setattr(inductor.cpp, "cxx", (None, str(tmp_path / "no g++")))
    with pytest.raises(timing.NotCompiled, match="does not work here .Inductor"):
        timing.compiled(torch.nn.RMSNorm(5), torch.ones(3, 5, requires_grad=True))


@pytest.mark.slow
def test_what_hurts_post_norm_is_what_its_branches_add():
    """Smaller branches rescue it; smaller ends or a smaller rate do not."""
    changes = ({"branches": 0.25}, {}, {"ends": 0.25}, {"lr": 0.025})
    shares = [trained("rms", "post", 20, seed=2, **how)[1] for how in changes]
    assert shares[0] > 0.65
    assert max(shares[1:]) < 0.55


def test_an_outlier_approaches_the_root_of_five():
    x = np.arange(6.0)[None]
    x[0, 0] = 1e6
    wanted = np.array([5, -1, -1, -1, -1, -1]) / np.sqrt(5)
    np.testing.assert_allclose(LayerNorm(6).forward(x)[0], wanted, atol=1e-4)


def test_a_frame_looks_at_few_small_batches():
    """A frame that passes 1,000 single digits takes seconds: the view would stand."""
    run = places.Run("batch", "plain", 2, 1, "relu", "he_normal")
    *_, look = run.train(0.1)
    passes, forward = [], run.model.forward
    run.model.forward = lambda x: passes.append(len(x)) or forward(x)
    look()
    assert len(passes) <= places.LOOKS + 1


def test_in_batches_and_in_evaluation_are_one_without_a_batch_norm():
    run = places.Run("layer", "pre", 2, 32, "relu", "he_normal")
    *_, look = run.train(0.1)
    assert look().batch_share == look().share

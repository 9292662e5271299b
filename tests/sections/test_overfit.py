"""The overfit lab: it learns by heart, its tools are sound, its judge is fair."""

import numpy as np
import pytest
from shown import shown

from nb_lib.numpy.losses import cross_entropy, d_cross_entropy
from nb_lib.numpy.models import MLP
from nb_lib.sections.s09_12_regularisation import descent, lab, measured
from nb_lib.sections.s09_12_regularisation.dropped import train_mode, with_dropout
from nb_lib.sections.s09_12_regularisation.explorer import overfit
from nb_lib.sections.s09_12_regularisation.targets import (
    reliability,
    soft,
    soft_cross_entropy,
)


@pytest.fixture(scope="module")
def start():
    return overfit.run()


# ------------------------------------------------------------------------ what trains
def test_the_net_learns_its_wrong_labels_by_heart(start):
    assert start.is_wrong.sum() == 8
    assert start.right[0] == 1.0
    assert start.right[1] < 0.8
    assert start.sure > start.right[1] + 0.1


@pytest.mark.slow
def test_decay_forgets_the_wrong_labels_and_judges_better():
    for seed in range(3):
        plain, decayed = (overfit.run(seed=seed, decay=d) for d in (0.0, 0.01))
        assert decayed.right[0] < plain.right[0]
        assert decayed.right[1] > plain.right[1] + 0.03
        assert decayed.norms[-1] < plain.norms[-1] / 2


@pytest.mark.slow
def test_dropout_forgets_what_a_decay_of_the_same_norm_keeps():
    """What the text says of the two: it is not the size of the weights that differs."""
    for seed in (0, 1, 3):
        silent, decayed = (
            overfit.run(seed=seed, dropout=0.5),
            overfit.run(seed=seed, decay=0.0005),
        )
        assert decayed.norms[-1] < 1.05 * silent.norms[-1]
        assert decayed.right[0] == 1
        assert silent.right[0] <= 0.9


@pytest.mark.slow
def test_stopping_goes_back_to_the_best_step():
    frame = overfit.run(patience=3, seed=1)
    assert frame.looks[-1] == frame.stopped_at + 3 * lab.LOOK
    ended = [f for f in overfit.frames(seed=1) if f.looks[-1] == frame.stopped_at][0]
    assert frame.right == ended.right
    assert frame.norm == ended.norm == ended.norms[-1]


def test_sentence_counts_the_steps_between_two_looks_too():
    frame = [f for f in overfit.frames(examples=20, width=2)][14]
    assert lab.describe(frame).startswith("After 15 steps the net")


def test_every_step_offers_a_frame():
    assert sum(1 for _ in overfit.frames(examples=20, width=2)) == lab.STEPS


@pytest.mark.slow
def test_divergence_is_said_with_its_step():
    frame = overfit.run(lr=3.0, depth=4)
    assert frame.diverged_at == 4
    words = [t.get_text() for t in shown(overfit, frame).axes[0].texts]
    assert words == ["diverged at step 4"]
    assert lab.describe(frame).startswith("Diverged at step 4: ")


def test_rings_are_around_the_wrong_labels(start):
    rings = shown(overfit, start).axes[0].lines[2]
    np.testing.assert_array_equal(rings.get_xdata(), start.x[start.is_wrong, 0])


def test_new_labels_are_right_and_training_labels_are_swapped():
    drawn = lab.points(40, 0.25, np.random.default_rng(3))
    clean = lab.points(40, 0.0, np.random.default_rng(3))
    np.testing.assert_array_equal(drawn[1] != clean[1], drawn[2])
    assert drawn[2].sum() == 10
    assert not clean[2].any()


@pytest.mark.slow
def test_twenty_seeds_tell_what_five_cannot():
    """The folded box of the text: dropout gains, early stopping and mixup lose."""
    plain = measured.scores(20)[:, 0]
    for low, high, recipe in (
        (0, 0.01, {"dropout": 0.3}),
        (-0.01, 0, {"patience": 3}),
        (-0.03, 0, {"alpha": 0.2}),
    ):
        mean, half = measured.gain(measured.scores(20, **recipe)[:, 0], plain)
        assert low < mean - half < mean + half < high, recipe


# ------------------------------------------------------------------------- its parts
def test_dropout_in_a_net_has_the_gradient_of_its_own_loss(rng):
    net = with_dropout(MLP((3, 5, 4, 2), rng=rng), 0.4, rng=np.random.default_rng(1))
    x, t, h = rng.normal(size=(7, 3)), rng.integers(0, 2, 7), 1e-6
    net.backward(d_cross_entropy(net.forward(x), t))
    grad, w = net.grads["0.w"][1, 2], net.params["0.w"]
    masks = [a.dropout.mask for a in net.activations]
    train_mode(net, False)
    for a, mask in zip(net.activations, masks, strict=True):
        a.dropout.forward = lambda z, m=mask: z * m
    values = []
    for step in (h, -h):
        w[1, 2] += step
        values.append(cross_entropy(net.forward(x), t))
        w[1, 2] -= step
    assert grad == pytest.approx((values[0] - values[1]) / (2 * h), abs=1e-8)


def test_soft_targets_are_those_of_label_smoothing(rng):
    z, t = rng.normal(size=(7, 5)), rng.integers(0, 5, 7)
    loss, dz = soft_cross_entropy(z, soft(t, 5, 0.3).astype(float))
    assert loss == pytest.approx(cross_entropy(z, t, label_smoothing=0.3), rel=1e-6)
    wanted = d_cross_entropy(z, t, label_smoothing=0.3)
    np.testing.assert_allclose(dz, wanted, atol=1e-7)


def test_reliability_counts_every_answer_once():
    probs = np.array([[0.9, 0.1], [0.45, 0.55], [0.2, 0.8], [0.0, 1.0]])
    sure, right, count = reliability(
        probs, np.array([0, 0, 1, 0]), np.linspace(0.5, 1, 3)
    )
    np.testing.assert_array_equal(count, [1, 3])
    np.testing.assert_allclose(sure, [0.55, 0.9])
    np.testing.assert_allclose(right, [0, 2 / 3])


def test_least_squares_is_the_same_from_both_sides(rng):
    for width in (5, 11):
        h, t = rng.normal(size=(7, width)), rng.normal(size=7)
        a = descent.least_squares(h, t, 0.3)
        np.testing.assert_allclose(h.T @ (h @ a - t) + 0.3 * a, 0, atol=1e-12)
        near = descent.least_squares(h, t, 1e-9)
        np.testing.assert_allclose(near, descent.least_squares(h, t), atol=1e-6)


# ------------------------------------------------------------------ what was measured
def test_piles_never_share_an_image():
    kinds = [{row.tobytes() for row in x} for x, _ in measured.piles(1)]
    assert [len(kind) for kind in kinds] == [500, 500, 2000]
    assert not kinds[0] & kinds[1] | (kinds[0] | kinds[1]) & kinds[2]


def test_judging_leaves_a_net_that_judges():
    net, x = measured.trained(0, dropout=0.3, epochs=1), measured.piles(0)[0][0][:3]
    answer = net.forward(x)
    measured.judged(net, *measured.piles(0)[1])
    np.testing.assert_array_equal(net.forward(x), answer)


def test_longer_weights_fit_as_well_and_judge_worse():
    rows = descent.detours(0, (0.0, 5.0, 24.0))
    np.testing.assert_allclose(rows[0], descent.errors(0, (2000,))[0], atol=1e-12)
    np.testing.assert_allclose(rows[:, 0], 0, atol=1e-20)
    np.testing.assert_allclose(rows[:, 2] ** 2, rows[0, 2] ** 2 + [0, 25, 576])
    assert rows[0, 1] < rows[1, 1] / 5 < rows[2, 1] / 50


@pytest.mark.slow
def test_augmentation_is_worth_more_than_nothing():
    plain, bent = (
        measured.scores(3, **measured.RECIPES[name])
        for name in ("nothing", "augmentation")
    )
    assert (bent[:, 1] < plain[:, 1]).all()


def test_interval_is_students():
    from scipy.stats import t, ttest_1samp

    values = [0.3, 0.1, 0.7, 0.2, 0.4]
    mean, half = measured.gain(values, np.zeros(5))
    low, high = ttest_1samp(values, 0).confidence_interval()
    np.testing.assert_allclose([mean - half, mean + half], [low, high], rtol=1e-3)
    for n, point in measured.STUDENT.items():
        assert point == pytest.approx(t.ppf(0.975, n - 1), abs=1e-3)

"""The perceptron: the twin, hand-worked cases, and the convergence theorem itself."""

import inspect
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nb_lib.data import separable

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def learnt(backend, x, targets, w_star, *, by_adversary=False):
    """Let the rule run to its end; return all mistakes and the bound."""
    module = backend.module("perceptron")
    case = [backend.array(value) for value in (x, targets, w_star)]
    choose = module.adversary(*case) if by_adversary else None
    return list(module.learn(*case[:2], choose=choose)), module.mistake_bound(*case)


def assert_theorem(mistakes, x, bound, gamma, w_star):
    """Want the mistakes within the bound, and both inequalities after each."""
    r, slack = np.linalg.norm(x, axis=1).max(), 1 + 1e-9
    assert 1 <= len(mistakes) <= bound * slack
    for m in mistakes:
        w = np.asarray(m.w)
        assert w @ w_star * slack >= m.count * gamma
        assert w @ w <= m.count * r**2 * slack


# ------------------------------------------------------------------- C1.1, C1.2, C1.3
@pytest.mark.slow
@pytest.mark.parametrize("by_adversary", [False, True])
def test_mistakes_stay_within_the_bound_on_a_thousand_sets(backend, by_adversary):
    rng = np.random.default_rng(101 + by_adversary)
    for _ in range(500):
        n, features = rng.integers(2, 40), rng.integers(2, 7)
        gamma = float(rng.choice([0.05, 0.1, 0.2, 0.35, 0.5]))
        x, targets, w_star = separable(n, margin=gamma, rng=rng, features=features)
        mistakes, bound = learnt(backend, x, targets, w_star, by_adversary=by_adversary)
        assert_theorem(mistakes, x, bound, gamma, w_star)
        assert np.all(targets * (x @ np.asarray(mistakes[-1].w)) > 0)


@given(
    seed=st.integers(0, 2**32),
    n=st.integers(2, 30),
    features=st.integers(2, 5),
    gamma=st.floats(0.1, 0.9),  # 0.05 is tried on a thousand sets
    scale=st.floats(1e-3, 1e3),
    sort=st.booleans(),
)
def test_theorem_holds_at_any_scale_and_order(seed, n, features, gamma, scale, sort):
    from nb_lib.numpy.perceptron import learn, mistake_bound

    rng = np.random.default_rng(seed)
    x, targets, w_star = separable(n, margin=gamma, rng=rng, features=features)
    rows = np.argsort(targets) if sort else rng.permutation(n)
    x, targets = scale * x[rows], targets[rows]
    mistakes = list(learn(x, targets))
    bound = mistake_bound(x, targets, w_star)
    assert bound == pytest.approx(gamma**-2)
    assert_theorem(mistakes, x, bound, scale * gamma, w_star)


@pytest.mark.parametrize("n", [1, 2, 7, 25, 100])
@pytest.mark.parametrize("by_adversary", [False, True])
def test_basis_vectors_cost_exactly_the_bound(backend, n, by_adversary):
    one_each = np.ones(n)
    mistakes, bound = learnt(
        backend, np.eye(n), one_each, one_each, by_adversary=by_adversary
    )
    assert len(mistakes) == n
    assert bound == pytest.approx(n)
    counts = np.arange(1, n + 1)
    w = np.stack([np.asarray(m.w) for m in mistakes])  # (n, n)
    np.testing.assert_allclose(w.sum(axis=1) / np.sqrt(n), counts / np.sqrt(n))
    np.testing.assert_array_equal(np.sum(w**2, axis=1), counts)


@pytest.mark.parametrize("margin", [0.05, 0.2, 0.5])
def test_scaling_by_ten_changes_neither_mistakes_nor_bound(backend, rng, margin):
    x, targets, w_star = separable(50, margin=margin, rng=rng)
    small, bound = learnt(backend, x, targets, w_star)
    large, bound_large = learnt(backend, 10 * x, targets, w_star)
    assert [m.row for m in large] == [m.row for m in small]
    assert bound_large == pytest.approx(bound)
    np.testing.assert_allclose(large[-1].w, 10 * np.asarray(small[-1].w))


def test_a_bias_of_fixed_size_breaks_the_scaling(backend, rng):
    """With a column of ones that is not scaled the claim holds no longer."""
    x, targets, w_star = separable(50, margin=0.1, rng=rng)
    ones = backend.module("perceptron").with_ones
    w_star = np.append(w_star, 0)
    counts = [
        len(learnt(backend, np.asarray(ones(backend.array(s * x))), targets, w_star)[0])
        for s in (1, 10)
    ]
    assert counts[0] != counts[1]


# ------------------------------------------------------------------------ the pieces
@pytest.mark.parametrize(
    ("w", "b", "table"),
    [
        ([1.0, 1.0], -1.5, [0, 0, 0, 1]),
        ([1.0, 1.0], -0.5, [0, 1, 1, 1]),
        ([-1.0, 0.0], 0.5, [1, 1, 0, 0]),
    ],
    ids=["and", "or", "not"],
)
def test_threshold_units_by_hand(backend, w, b, table):
    threshold = backend.module("perceptron").threshold
    got = threshold(backend.array(CORNERS), backend.array(w), b)
    np.testing.assert_array_equal(backend.numpy(got), table)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dtype_stays(backend, dtype):
    module = backend.module("perceptron")
    x = backend.array(CORNERS.astype(dtype))
    w, targets = x[3], backend.array(np.array([1, -1, -1, 1], dtype))
    assert backend.numpy(module.threshold(x, w, -1.5)).dtype == dtype
    assert backend.numpy(module.with_ones(x)).dtype == dtype
    assert backend.numpy(next(module.learn(x, targets)).w).dtype == dtype


def test_threshold_fires_on_the_line(backend):
    threshold = backend.module("perceptron").threshold
    x, w = backend.array([[2.0, 1.0]]), backend.array([1.0, -2.0])
    assert backend.numpy(threshold(x, w, 0.0)).item() == 1


def test_first_mistakes_worked_by_hand(backend):
    """x1 = (2, 0) t = 1; x2 = (1, 3) t = -1; x3 = (0, 1) t = -1."""
    x = [[2.0, 0.0], [1.0, 3.0], [0.0, 1.0]]
    case = x, [1.0, -1.0, -1.0], [1.0, -1.0]
    mistakes, _ = learnt(backend, *map(np.array, case))
    assert [m.row for m in mistakes] == [0, 1]
    np.testing.assert_array_equal(mistakes[0].w, [2, 0])
    np.testing.assert_array_equal(mistakes[1].w, [1, -3])


def test_a_start_is_where_it_starts(backend):
    """From (0, 1): row 0 scores 0, a mistake; then (2, 1), and row 1 is right."""
    x, targets = [[2.0, 0.0], [1.0, -3.0]], [1.0, -1.0]
    *case, start = (backend.array(value) for value in (x, targets, [0.0, 1.0]))
    made = list(backend.module("perceptron").learn(*case, start=start))
    assert [m.row for m in made] == [0]
    np.testing.assert_array_equal(made[0].w, [2, 1])
    np.testing.assert_array_equal(start, [0, 1])


def test_rows_are_visited_round_and_round(backend):
    in_turn = backend.module("perceptron").in_turn
    wrong = backend.array([1, 4, 6])
    assert [in_turn(wrong, last, None) for last in (-1, 1, 3, 4, 6, 9)] == (
        [1, 4, 4, 6, 1, 1]
    )


def test_radius_and_margin_by_hand(backend):
    module = backend.module("perceptron")
    x, targets = backend.array([[3.0, 4.0], [0.0, -1.0]]), backend.array([1.0, -1.0])
    w_star = backend.array([0.0, 2.0])
    assert module.radius(x) == 5
    assert module.margin(x, targets, w_star) == 1
    assert module.mistake_bound(x, targets, w_star) == 25


def test_adversary_spoils_more_than_turn_taking(backend, rng):
    case = separable(60, margin=0.05, rng=rng)
    kind, unkind = (learnt(backend, *case, by_adversary=b)[0] for b in (False, True))
    assert len(unkind) > 2 * len(kind)


def test_adversary_leaves_the_least_cosine(backend):
    x = backend.array([[1.0, 0.1], [1.0, 2.0], [-1.0, 1.0]])
    targets, w_star = backend.array([1.0, 1.0, 1.0]), backend.array([0.0, 1.0])
    choose = backend.module("perceptron").adversary(x, targets, w_star)
    wrong = backend.array([0, 1, 2])
    assert choose(wrong, -1, backend.array([0.0, 0.0])) == 0
    assert choose(wrong[1:], -1, backend.array([0.0, 0.0])) == 2


def test_xor_never_ends(backend):
    module = backend.module("perceptron")
    x = module.with_ones(backend.array(CORNERS))
    targets = backend.array([-1.0, 1.0, 1.0, -1.0])
    steps = module.learn(x, targets)
    assert len(list(islice(steps, 2000))) == 2000


@pytest.mark.parametrize("by_adversary", [False, True])
def test_twins_make_the_same_mistakes(rng, by_adversary):
    torch = pytest.importorskip("torch")
    from nb_lib.numpy import perceptron as ours
    from nb_lib.torch import perceptron as theirs

    runs = []
    arrays = separable(40, margin=0.08, rng=rng, features=3)
    for twin, case in ((ours, arrays), (theirs, tuple(map(torch.from_numpy, arrays)))):
        choose = twin.adversary(*case) if by_adversary else None
        runs.append(list(twin.learn(*case[:2], choose=choose)))
    for mine, twin in zip(*runs, strict=True):
        assert mine.row == twin.row
        np.testing.assert_allclose(mine.w, twin.w.numpy(), rtol=0, atol=1e-12)


def test_the_rule_is_told_nothing_but_the_examples(backend):
    """The w* of the proof is the watcher's: the rule takes no other argument."""
    learn = backend.module("perceptron").learn
    assert list(inspect.signature(learn).parameters) == [
        "x",
        "targets",
        "choose",
        "start",
    ]


# -------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("x", "targets", "words"),
    [
        ([[1.0, 2.0]], [0.0], "targets -1 or 1, got"),
        ([[1.0, 2.0]], [1.0, 1.0], r"targets of shape \(1,\), got \(2,\)"),
        ([1.0, 2.0], [1.0, 1.0], r"x of shape \(N, D\), N > 0, got \(2,\)"),
    ],
)
def test_what_is_no_labelled_set_is_refused(backend, x, targets, words):
    module = backend.module("perceptron")
    case = [backend.array(value) for value in (x, targets, [1.0, 0.0])]
    for ask in (lambda *c: next(module.learn(*c[:2])), module.margin):
        with pytest.raises(ValueError, match=f"wants {words}"):
            ask(*case)


def test_w_star_that_errs_bounds_nothing(backend):
    module = backend.module("perceptron")
    x, targets = backend.array([[1.0, 0.0]]), backend.array([-1.0])
    with pytest.raises(ValueError, match="gets every row right, got one with margin"):
        module.mistake_bound(x, targets, backend.array([1.0, 0.0]))


def test_a_radius_wants_a_row(backend):
    with pytest.raises(ValueError, match="radius wants one row or more"):
        backend.module("perceptron").radius(backend.array(np.zeros((0, 2))))


def test_a_direction_of_length_zero_bounds_nothing(backend):
    x, targets = np.eye(2), np.ones(2)
    bound = backend.module("perceptron").mistake_bound
    with (
        pytest.raises(ValueError, match="every row right, got one with margin nan"),
        np.errstate(invalid="ignore"),
    ):
        bound(*map(backend.array, (x, targets, np.zeros(2))))

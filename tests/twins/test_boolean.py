"""Boolean functions: every proof holds, linear programming agrees, fakes are seen."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from nb_lib.numpy import boolean as ours

XOR, XNOR = 6, 9
REACHED = {1: 4, 2: 14, 3: 104}


def proofs(backend, n):
    """Decide all tables of n inputs."""
    module = backend.module("boolean")
    tables = module.cube(2**n)
    return tables, [module.decide(table) for table in tables]


def feasible(table):
    """Ask linear programming for t (x·w + b) >= 1 at every corner."""
    n = int(np.log2(len(table)))
    x = np.concatenate([ours.cube(n), np.ones((2**n, 1))], axis=1)
    signed = (2 * table - 1)[:, None] * x
    answer = linprog(np.zeros(n + 1), -signed, -np.ones(2**n), bounds=(None, None))
    return {0: True, 2: False}[answer.status]


# ------------------------------------------------------------------------ C2.1, C2.2
@pytest.mark.parametrize("n", REACHED)
def test_every_table_is_decided_and_every_proof_holds(backend, n):
    module = backend.module("boolean")
    tables, found = proofs(backend, n)
    assert len(tables) == len(found) == 2**2**n
    assert all(map(module.proves, found, tables))
    assert sum(proof.w is not None for proof in found) == REACHED[n]


def test_xor_and_xnor_are_the_two(backend):
    _, found = proofs(backend, 2)
    assert [k for k, proof in enumerate(found) if proof.w is None] == [XOR, XNOR]
    assert (ours.NAMES[XOR], ours.NAMES[XNOR]) == ("XOR", "XNOR")
    assert found[XOR].multipliers == found[XNOR].multipliers == (1, 1, 1, 1)


@pytest.mark.parametrize("n", [2, 3])
def test_linear_programming_agrees(n):
    for table in ours.cube(2**n):
        assert feasible(table) == (ours.decide(table).w is not None)


def test_a_witness_and_a_certificate_exclude_each_other():
    """No weights get all signs right that the multipliers of the table sum to 0."""
    rng = np.random.default_rng(92)
    for table in ours.cube(8):
        proof = ours.decide(table)
        if proof.w is None:
            w, b = rng.normal(size=3), rng.normal()
            scores = (2 * table - 1) * (ours.cube(3) @ w + b)
            assert np.array(proof.multipliers) @ scores == pytest.approx(0, abs=1e-12)
            assert scores.min() < 0


def test_twins_find_the_same_proofs():
    torch = pytest.importorskip("torch")
    from nb_lib.torch import boolean as theirs

    for table in ours.cube(8)[::5]:
        assert theirs.decide(torch.from_numpy(table)) == ours.decide(table)


# ------------------------------------------------------------------------- the pieces
def test_corners_count_upwards(backend):
    module = backend.module("boolean")
    corners = backend.numpy(module.cube(3))
    np.testing.assert_array_equal(corners @ [4, 2, 1], np.arange(8))
    assert corners.dtype == "float64"
    assert backend.numpy(module.cube(1)).shape == (2, 1)
    tables = module.cube(16)[[0, 1, 2**15, 2**16 - 1]]
    assert [module.number(t) for t in tables] == [0, 1, 2**15, 2**16 - 1]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("AND", lambda p, q: p and q),
        ("x1 and not x2", lambda p, q: p and not q),
        ("x1", lambda p, q: p),
        ("x2 and not x1", lambda p, q: q and not p),
        ("x2", lambda p, q: q),
        ("XOR", lambda p, q: p != q),
        ("OR", lambda p, q: p or q),
        ("x2 implies x1", lambda p, q: p or not q),
        ("TRUE", lambda p, q: True),
    ],
)
def test_names_belong_to_their_tables(backend, name, function):
    """The second half of the names are the opposites of the first, read backwards."""
    module = backend.module("boolean")
    outputs = [float(function(bool(p), bool(q))) for p in (0, 1) for q in (0, 1)]
    assert module.NAMES[module.number(backend.array(outputs))] == name


def test_opposites_stand_opposite():
    pairs = {"AND": "NAND", "OR": "NOR", "XOR": "XNOR", "x1": "NOT x1", "x2": "NOT x2"}
    pairs |= {"FALSE": "TRUE", "x1 and not x2": "x1 implies x2"}
    for name, opposite in pairs.items():
        assert ours.NAMES.index(name) + ours.NAMES.index(opposite) == 15


def test_products_by_hand(backend):
    got = backend.module("boolean").products(backend.array([[2.0, 3.0, 5.0]]))
    np.testing.assert_array_equal(backend.numpy(got), [[2, 3, 5, 6, 10, 15, 30]])


@pytest.mark.parametrize(("n", "count"), [(1, 0), (2, 1), (3, 12)])
def test_rectangles_have_crossing_diagonals(backend, n, count):
    """The square; six faces and six rectangles through the middle of the cube."""
    found = backend.numpy(backend.module("boolean").rectangles(n))
    corners = ours.cube(n)
    assert found.shape == (count, 4)
    assert len({frozenset(four) for four in found.tolist()}) == count
    a, b, c, d = corners[found.T]
    np.testing.assert_array_equal(a + b, c + d)


@pytest.mark.parametrize("n", [2, 3])
def test_whatever_no_unit_computes_hides_an_xor(backend, n):
    tables, found = proofs(backend, n)
    hidden = backend.module("boolean").hides_xor(tables).tolist()
    assert hidden == [proof.w is None for proof in found]


def test_parity_needs_the_longest_product(backend):
    """Without it multipliers of 1 on all corners leave nothing; with it, 1 or -1."""
    module = backend.module("boolean")
    for n in (2, 3, 5):
        x = module.cube(n)
        signs = 2 * (x.sum(1) % 2) - 1
        left = backend.numpy(signs @ module.products(x))
        assert np.all(left[:-1] == 0)
        assert abs(left[-1]) == 1


def test_a_return_is_told_and_only_a_return(backend):
    perceptron, module = backend.module("perceptron"), backend.module("boolean")
    x = perceptron.with_ones(module.cube(2))
    told = {}
    for name, targets in (("AND", [-1.0, -1, -1, 1]), ("XOR", [-1.0, 1, 1, -1])):
        mistakes = perceptron.learn(x, backend.array(targets))
        pairs = zip(module.with_returns(mistakes), range(30), strict=False)
        told[name] = [(mistake, earlier) for (mistake, earlier), _ in pairs]
    assert {earlier for _, earlier in told["AND"]} == {None}
    assert len(told["XOR"]) == 30
    made = [mistake for mistake, _ in told["XOR"]]
    for mistake, earlier in told["XOR"]:
        if earlier is not None:
            double = made[earlier - 1]
            assert (double.row, *double.w) == (mistake.row, *mistake.w)
    assert sum(earlier is None for _, earlier in told["XOR"]) < 12


# -------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    "change",
    [
        {"multipliers": (1, 1, 1, 2)},
        {"multipliers": (0, 0, 0, 0)},
        {"multipliers": (-1, -1, -1, -1)},
        {"multipliers": None, "w": (1, 1), "b": 0},
    ],
)
def test_a_fake_proof_is_seen(backend, change):
    module = backend.module("boolean")
    xor = backend.array([0.0, 1, 1, 0])
    fake = replace(module.decide(xor), **change)
    assert not module.proves(fake, xor)


def test_the_proof_of_one_table_is_none_of_another(backend):
    module = backend.module("boolean")
    xor, nand = backend.array([0.0, 1, 1, 0]), backend.array([1.0, 1, 1, 0])
    assert not module.proves(module.decide(xor), nand)
    assert not module.proves(module.decide(nand), xor)


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ([0.0, 1, 1], r"wants outputs of shape \(2\*\*n,\), n > 0, got \(3,\)"),
        ([1.0], r"got \(1,\)"),
        ([[0.0, 1], [1, 0]], r"got \(2, 2\)"),
        ([0.0, 1, 1, -1], "wants outputs 0 or 1, got"),
    ],
)
def test_what_is_no_table_is_refused(backend, outputs, words):
    module = backend.module("boolean")
    for ask in (module.decide, module.number):
        with pytest.raises(ValueError, match=f"{ask.__name__} wants .*{words[6:]}"):
            ask(backend.array(outputs))

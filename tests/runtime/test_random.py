"""The page draws what NumPy draws, bit for bit."""

import numpy as np
import pytest

SEEDS = (0, 1, 9, 2**31, 2**32 - 1, 2**32, 2**40 + 7, 2**53 - 1, [18, 0], [2**33, 1])
CALLS = [
    ["normal", 0, 1, 500],
    ["integers", 0, 10, 33],
    ["uniform", -2, 3, 7],
    ["permutation", 57],
    ["integers", -5, 2**31, 9],
    ["choice", 12, 5],
    ["normal", 1.5, 0.25, 3],
    ["choice", 100, 30, False],
    ["random", 4],
    ["integers", 0, 1, 3],
    ["standard_normal", [2, 3]],
    ["choice", 7, 7, False],
    ["integers", 0, 2**32 - 1, 5],
    ["normal", 0, 1, 20],
    ["choice", 3, 9, True, np.array([0.2, 0.5, 0.3])],
]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_draw_is_numpy_s(engine, seed):
    rng = np.random.default_rng(seed)
    wanted = [getattr(rng, name)(*args) for name, *args in CALLS]
    for call, got, want in zip(
        CALLS, engine.call("draws", "", seed, CALLS), wanted, strict=True
    ):
        assert got.shape == want.shape, call
        assert np.array_equal(got, want), call


def test_spawned_generators_are_numpy_s(engine):
    rng = np.random.default_rng(3)
    children = [*rng.spawn(2), *rng.spawn(1)]
    grandchild = children[1].spawn(3)[2]
    got = engine.call("spawned", "", 3)
    wanted = [each.normal(size=4) for each in (*children, grandchild)]
    assert np.array_equal(got, wanted)


@pytest.mark.slow
def test_two_million_normals_are_numpy_s(engine):
    for seed in range(8):
        call = ["standard_normal", 250_000]
        (got,) = engine.call("draws", "", seed, [call])
        want = np.random.default_rng(seed).standard_normal(250_000)
        assert np.array_equal(got, want)


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (["integers", 5, 5, 1], "ValueError"),
        (["integers", 0, 2**33, 1], "ValueError"),
        (["integers", 0.5, 2, 1], "TypeError"),
        (["normal", 0, -1, 2], "ValueError"),
        (["choice", 0, 2], "ValueError"),
        (["choice", 3, 4, False], "ValueError"),
        (["choice", 3, 1, True, np.array([0.5, 0.5])], "ValueError"),
        (["choice", 2, 1, True, np.array([0.5, 0.6])], "ValueError"),
    ],
)
def test_what_it_cannot_draw_is_refused(engine, call, kind):
    from javascript import Refused

    with pytest.raises(Refused) as refusal:
        engine.call("draws", "", 1, [call])
    assert refusal.value.kind == kind

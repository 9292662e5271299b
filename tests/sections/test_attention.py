"""Where a query looks: the numbers of a pencil, the mask, and another order."""

import numpy as np
import pytest

from nb_lib.sections.s09_18_beyond.attention.explorer import attention, attention_of

VANITY = len("vanity of vanities")


def weights(**settings):
    frame = attention.run(**settings)
    n = len(frame.text)
    assert np.isnan(frame.weights[n:]).all()
    return frame, frame.weights[:n, :n]


def test_shares_are_those_of_a_pencil():
    """'n' occurs twice among 18: e^(16/6) each, against e^0 for the others."""
    frame, shares = weights(query=3)
    equal = np.exp(16 / 6) / (2 * np.exp(16 / 6) + VANITY - 2)
    assert shares[2, 2] == pytest.approx(equal, rel=1e-12)
    assert shares[2, 12] == shares[2, 2]
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-12)
    assert frame.scores[2] == 16
    assert frame.divided[2] == pytest.approx(16 / 6)


def test_the_divisor_makes_it_a_choice_or_a_mean():
    tops = {d: weights(divisor=d, query=6)[1][5].max() for d in ("1", "root", "d")}
    assert tops["1"] > 0.999 > tops["root"] > tops["d"]
    assert tops["d"] < 2 / VANITY


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"query": 3},
            "'n' (place 3) and 'n' (place 13) the greatest shares, 0.32 each",
        ),
        ({"query": 5}, "'t' (place 5) and 't' (place 15) the greatest shares, 0."),
        ({"query": 3, "causal": True}, "gives 'n' (place 3) the greatest share, 0."),
        (
            {"query": 4},
            "(place 4), 'i' (place 14) and 'i' (place 16) the greatest shares",
        ),
    ],
)
def test_keys_with_equal_shares_are_all_named(settings, said):
    assert said in attention.describe(attention.run(**settings))


def test_a_mask_hides_what_comes_later():
    for head in ("same letter", "learnt 1", "learnt 2"):
        frame, shares = weights(head=head, causal=True, query=7)
        assert not np.triu(shares, 1).any()
        assert np.isnan(frame.divided[7:]).all()
        assert np.isfinite(frame.divided[:7]).all()
        assert np.isfinite(frame.scores[:VANITY]).all()  # the product is there
        np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-6)


def test_letters_take_their_shares_along_unless_the_head_knows_places():
    def between(head, shuffled):
        """Map pairs of letters that occur once to the share of one with the other."""
        frame, shares = weights(head=head, shuffled=shuffled)
        once = [c for c in frame.text if frame.text.count(c) == 1]
        at = {c: frame.text.index(c) for c in once}
        return np.array([[shares[at[a], at[b]] for b in sorted(once)]
                         for a in sorted(once)])  # fmt: skip

    same = between("same letter", True) - between("same letter", False)
    learnt = between("learnt 1", True) - between("learnt 1", False)
    assert np.abs(same).max() < 1e-12
    assert np.abs(learnt).max() > 0.1


def test_a_reader_may_bring_a_text():
    own = attention_of("To be", "or not")
    assert own.run(text="To be", query=2).text == "To be"
    assert own.run(query=18).query == 4  # the last there is
    for text in ("x", "much too long for this"):
        with pytest.raises(ValueError, match="texts of 2 to 18 characters"):
            attention_of(text)
    with pytest.raises(ValueError, match="got '3'"):
        attention_of("room 3").run()

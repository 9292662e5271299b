"""A memory with gates: what is shown is the product of what the gates let through."""

import numpy as np

from nb_lib.sections.s09_18_beyond.gates.explorer import gates


def test_the_gradient_of_the_cell_is_the_product_of_its_forget_gates():
    for settings in ({}, {"bias": 6}, {"bias": 4, "second": True}, {"bias": -2}):
        frame = gates.run(**settings)
        f = frame.gates[1]
        product = [np.prod(f[t:]) for t in range(1, len(f))]
        np.testing.assert_allclose(frame.of_lstm[:-1], product, rtol=1e-12)


def test_an_rnn_passes_on_at_most_a_power_of_w():
    """And just that where nothing bends: with tiny values tanh' is 1."""
    for w in (0.5, 0.9, 1.0):
        frame = gates.run(w=w)
        assert (frame.of_rnn <= frame.power * (1 + 1e-12)).all()
    faint = gates.run(w=0.5, steps=60, noise=0)
    late = slice(30, None)  # by then the message is below 1e-9
    np.testing.assert_allclose(faint.of_rnn[late], faint.power[late], rtol=1e-6)
    assert faint.of_rnn[0] < 0.9 * faint.power[0]


def test_an_open_gate_keeps_the_message_and_a_second_one_takes_its_place():
    kept = gates.run(bias=8, steps=60)
    assert abs(kept.cell[-1] - kept.cell[0]) < 0.05
    replaced = gates.run(bias=8, steps=60, second=True)
    assert abs(replaced.cell[-1] - replaced.taken) < 0.05
    assert np.sign(replaced.cell[-1]) == -np.sign(replaced.cell[0])
    assert replaced.of_lstm[0] < 1e-4 < 0.9 < replaced.of_lstm[-2]
    lost = gates.run(bias=0, steps=60)
    assert abs(lost.cell[-1]) < 0.05


def test_no_w_mends_the_rnn():
    """Below 1 the gradient fades by w; above, the state saturates."""
    for steps, noise in ((30, 0), (30, 0.3), (30, 1), (60, 0.3)):
        settings = [
            {"w": w, "steps": steps, "noise": noise} for w in gates.controls["w"].stops
        ]
        assert max(gates.run(**s).of_rnn[0] for s in settings) < 0.05
    assert gates.run(bias=6, steps=60).of_lstm[0] > 0.5


def test_the_sentence_tells_of_factors_and_writes_one_as_1():
    said = gates.describe(gates.run(bias=6))
    assert "is multiplied by 0.0019 in the RNN and by 0.93 in the LSTM" in said
    open_all_the_way = gates.describe(gates.run(bias=8, steps=5))
    assert "and by 1 in the LSTM" in open_all_the_way
    assert "shrinks" not in open_all_the_way


def test_a_cell_that_forgot_ends_at_zero_without_a_minus():
    frame = gates.run(bias=1, steps=60, noise=0, second=True)
    assert -0.005 < frame.cell[-1] < 0
    assert gates.describe(frame).endswith("ends at 0.00.")


def test_flags_move_the_gates_where_they_are_set():
    frame = gates.run(second=True)
    i, f, o = frame.gates
    stored = np.flatnonzero(i > 0.9)
    assert stored.tolist() == [0, 15] == np.flatnonzero(f < 0.01).tolist()
    assert np.flatnonzero(o > 0.9).tolist() == [29]

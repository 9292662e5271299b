"""Claims of 9.18 about recurrent nets and attention."""

from nb_lib.book.claims.claim import Bound, Claim, about
from nb_lib.sections.s09_18_beyond.order_measures import memories, products

ORDER = (
    Claim(
        "C18.2",
        "Var(q·k) = d before scaling, 1 after.",
        products,
        "over d: {before, 4:.3f}, {before, 64:.3f} and {before, 1024:.3f} before the "
        "division, for d = 4, 64 and 1,024; {behind, 4:.3f}, {behind, 64:.3f} and "
        "{behind, 1024:.3f} behind it",
        core=tuple(
            about(f"{when}, {d}", 1, within=0.06)
            for when in ("before", "behind")
            for d in (4, 64, 1024)
        ),
        note="10,000 pairs of independent standard normal vectors",
    ),
    Claim(
        "C18.3",
        "An RNN's gradient goes like wᵀ, an LSTM's like the product of forget gates.",
        memories,
        "a straight RNN: {w to the t:.6f} times the power; an LSTM without recurrent "
        "weights: {gates alone:.0e} from the product; with them the whole gradient is "
        "{beside, 0:.0f} times the product at a forget bias of 0 and {beside, 4:.1f} "
        "times at 4; the first of 20 letters is told by {rnn:.0%} (RNN), "
        "{lstm, 0:.0%} and {lstm, 4:.0%} (LSTM, bias 0 and 4)",
        core=(
            Bound("w to the t", 1 - 1e-6, 1 + 1e-6),
            Bound("gates alone", high=1e-12),
            Bound("lstm, 0", high=0.4),
            Bound("lstm, 4", low=0.9),
        ),
        beyond=(Bound("beside, 0", high=2),),
        verdict="holds with limits",
        limits="the power is an upper bound once tanh bends, and the product of the "
        "gates is one road of several: with recurrent weights others add to it, and "
        "more so where the gates are half shut",
        note="20 steps; untrained nets of 10 units for the gradients; what is "
        "remembered is the median of three nets of each kind",
    ),
)

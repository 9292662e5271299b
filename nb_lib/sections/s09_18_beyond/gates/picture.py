"""How the two memories look: what they hold, their gates, and what comes back."""

from nb_lib.draw import style
from nb_lib.draw.training import inside
from nb_lib.sections.s09_18_beyond.gates.story import LONGEST

LOW, HIGH = 1e-6, 10.0  # of the gradients


def picture(figure):
    """Lay out states, gates and gradients over the same steps."""
    panels = figure.subplots(1, 3)
    shows = [states(panels[0]), gates(panels[1]), gradients(panels[2])]

    def show(frame):
        for update in shows:
            update(frame)
        for ax in panels:
            ax.set_xlim(0, len(frame.t) + 1)

    return show


def states(ax):
    """Lay out the values that come in, the RNN's state and the LSTM's cell."""
    (values,) = ax.plot([], [], "o", ms=3.5, color=style.MUTED, label="value")
    (state,) = ax.plot([], [], color=style.ORANGE, ls="--", label="$s$ of the RNN")
    (cell,) = ax.plot([], [], color=style.BLUE, lw=2.2, label="$c$ of the LSTM")
    ax.set(xlim=(0, LONGEST + 1), ylim=(-1.1, 1.7), xlabel="step $t$")
    ax.set_title("What they hold")
    ax.legend(loc="upper right", ncols=2, borderaxespad=0.1, columnspacing=0.8)

    def update(frame):
        values.set_data(frame.t, frame.value)
        state.set_data(frame.t, frame.state)
        cell.set_data(frame.t, frame.cell)

    return update


def gates(ax):
    """Lay out the three gates of the LSTM."""
    looks = (
        ("input $i$", style.GREEN, "-."),
        ("forget $f$", style.BLUE, "-"),
        ("output $o$", style.PURPLE, ":"),
    )
    lines = [ax.plot([], [], color=c, ls=d, label=n)[0] for n, c, d in looks]
    ax.set(xlim=(0, LONGEST + 1), ylim=(-0.05, 1.35), xlabel="step $t$")
    ax.set_yticks((0, 0.5, 1))
    ax.set_title("Gates (1 is open)")
    ax.legend(loc="upper right", ncols=3, borderaxespad=0.1, columnspacing=0.8,
              handlelength=1.6)  # fmt: skip

    def update(frame):
        for line, gate in zip(lines, frame.gates, strict=True):
            line.set_data(frame.t, gate)

    return update


def gradients(ax):
    """Lay out how much of a change at step t arrives at the last step."""
    (power,) = ax.plot([], [], color=style.MUTED, ls=":", label="$|w|^{T-t}$")
    (rnn,) = ax.plot([], [], color=style.ORANGE, ls="--", label="RNN")
    (lstm,) = ax.plot([], [], color=style.BLUE, lw=2.2, label="LSTM")
    ax.set(xlim=(0, LONGEST + 1), xlabel="step $t$", title="Gradient back to step $t$")
    style.log_axis(ax, "y", low=LOW, high=HIGH)
    ax.legend(loc="lower right", borderaxespad=0.2)

    def update(frame):
        power.set_data(frame.t, inside(frame.power, LOW, HIGH))
        rnn.set_data(frame.t, inside(frame.of_rnn, LOW, HIGH))
        lstm.set_data(frame.t, inside(frame.of_lstm, LOW, HIGH))

    return update

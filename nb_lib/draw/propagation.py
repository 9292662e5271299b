"""Variances layer by layer, measured over theory, and the training that follows."""

import numpy as np

from nb_lib import words
from nb_lib.draw import style
from nb_lib.draw.training import inside, norms_now

DECADES = (2, 6, 12, 40, 80, 150, 240)  # how far from 1 an axis may reach


def variances(ax, *, title, ylabel="variance", labels=("theory", "measured")):
    """Lay out variances against the layer's number; return ``update``.

    ``update(measured, theory)`` takes two arrays (layers,), first layer first; what
    is not measured yet is nan. Zeros lie on the lower edge. The axis spans one of a
    few ranges around 1, so that it seldom jumps.
    """
    (line,) = ax.plot([], [], "-", color=style.ORANGE, lw=2, label=labels[0])
    (marks,) = ax.plot([], [], "o", color=style.BLUE, label=labels[1])
    ax.set(xlabel="layer", ylabel=ylabel, title=title)
    style.log_axis(ax, "y", low=1e-240, high=1e2)  # room for the longest labels
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.legend(loc="upper left", ncols=2)
    zero = ax.text(0.03, 0.03, "", transform=ax.transAxes, va="bottom")

    def update(measured, theory):
        layers = np.arange(1, len(theory) + 1)
        ends = span(np.concatenate([measured, theory]))
        for artist, values in ((line, theory), (marks, measured)):
            artist.set_data(layers, inside(values, *ends))
        marks.set_markersize(4 if len(layers) <= 40 else 2.5)
        zero.set_text("on this edge: 0" if np.any(measured == 0) else "")
        ax.set_xlim(0.5, len(layers) + 0.5)
        ax.set_ylim(*ends)

    return update


def span(values):
    """Choose the ends of a log axis around 1 that hold all values but 0 and nan."""
    values = values[values > 0].clip(1e-240, 1e240)
    return 10.0 ** -_reach(1 / values), 10.0 ** _reach(values)


def _reach(values):
    """Give the first of ``DECADES`` that lies a decade beyond the greatest value."""
    wanted = np.log10(np.append(values, 1).max()) + 1
    return next((d for d in DECADES if d >= wanted), DECADES[-1])


def loss_from_guessing(ax, *, steps, classes, high=4.0):
    """Lay out a loss in nats that starts at guessing, ln(classes); return ``update``.

    ``update(losses, diverged_at)`` takes the losses so far and a step or None.
    """
    guess, look = np.log(classes), {"ha": "right", "va": "bottom"}
    ax.axhline(guess, color=style.MUTED, lw=1, ls=":")
    ax.text(steps, guess + 0.1, "guessing", color=style.MUTED, **look)
    (line,) = ax.plot([], [], color=style.BLUE, lw=1.3)
    verdict = ax.text(steps, 0.1, "", color=style.RED, **look)
    ax.set(xlim=(0, steps), ylim=(0, high), xlabel="step", ylabel="loss (nats)")
    ax.set_title("Training on small digits")

    def update(losses, diverged_at):
        line.set_data(np.arange(1, len(losses) + 1), inside(losses, 0, high))
        is_lost = diverged_at is not None
        verdict.set_text(words.diverged(diverged_at) if is_lost else "")

    return update


def norms_since_start(ax, *, low, high):
    """Lay out the norms of the weight gradients by layer, then and now.

    ``update(first, now)`` takes those of step 1 and the latest, each (layers,).
    """
    labels = ("at step 1", "now")
    show = norms_now(ax, low=low, high=high, labels=labels, title="‖dL/dw‖ by layer")
    ax.legend(loc="upper left", ncols=2)

    def update(first, now):
        show(first, now)
        for line in ax.lines:
            line.set_markersize(4.5 if len(now) <= 40 else 2)

    return update


def norms_by_layer(ax, *, title, theory=False):
    """Lay out norms against the layer's number: at step 1, now, and a theory of them.

    Returns ``update(ends, first, now, expected=())``: the ends of the log axis, and
    arrays (layers,), first layer first. What lies beyond the axis is on its edge.
    """
    (line,) = ax.plot([], [], "-", color=style.GREEN, lw=2.2)
    (then,) = ax.plot([], [], "o", color=style.BLUE, label="step 1")
    (today,) = ax.plot([], [], "--", color=style.ORANGE, lw=1.5, label="now")
    handles = [line, then, today] if theory else [then, today]
    line.set_label("theory")
    ax.set(xlabel="layer", ylabel="norm", title=title)
    style.log_axis(ax, "y", low=1e-240, high=1e2)  # room for the longest labels
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.legend(handles=handles, loc="upper left", ncols=len(handles), fontsize=8.5,
              columnspacing=1.0, handlelength=1.3, handletextpad=0.5)  # fmt: skip

    def update(ends, first, now, expected=()):
        layers = np.arange(1, len(first) + 1)
        then.set_data(layers, inside(first, *ends))
        then.set_markersize(4 if len(layers) <= 40 else 2.5)
        today.set_data(layers, inside(now, *ends))
        line.set_data(layers[: len(expected)], inside(expected, *ends))
        ax.set_xlim(0.5, len(layers) + 0.5)
        ax.set_ylim(*ends)

    return update

"""Ticks in the page stand where matplotlib's stand, and say what they say."""

import json

import numpy as np
import pytest

pytest.importorskip("playwright", reason="the engine is Playwright's own")

from live.pages import run
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nb_lib.draw import style

CASES = 1500  # of each kind of axis
ASK = """
for (const [kind, view, given] of CASES) {
  let answer;
  try {
    const ticks = kind === "log" ? logTicks(view, given) : maxNTicks(view, given);
    answer = [ticks, kind === "log" ? powersOfTen(ticks) : plainLabels(ticks, view)];
  } catch (error) { answer = error.message; }
  process.stdout.write(JSON.stringify(answer) + "\\n");
}
"""
KINDS = (  # of MaxNLocator
    {"nbins": 9, "steps": [1, 2, 2.5, 5, 10], "min_n_ticks": 2},  # AutoLocator
    {"nbins": 4, "steps": [1, 2, 2.5, 5, 10], "integer": True},
    {"nbins": 5, "steps": [1, 2, 5, 10], "prune": "both"},
    {"nbins": 7},
)


def linear_cases(rng):
    """Return limits of all sizes, each with the number of a locator."""
    for n in range(CASES):
        scale = 10.0 ** rng.uniform(-4, 5)
        low, high = np.sort(rng.normal(size=2)) * scale
        if n % 3 == 0:
            low, high = np.round([low, high], 1)
        if n % 5 == 0:
            low = 0.0
        if low != high:
            yield (float(low), float(high)), n % len(KINDS)


def asked(axis, view, locator):
    """Return a case for the page, and what matplotlib says of it."""
    axis.axes.set_xlim(*view)
    axis.set_major_locator(locator)
    ticks = axis.get_majorticklocs()
    labels = axis.get_major_formatter().format_ticks(ticks)
    given = {
        "bins": locator._nbins,
        "steps": locator._extended_steps.tolist(),
        "isInteger": locator._integer,
        "least": locator._min_n_ticks,
        "prune": locator._prune,
    }
    formatter = axis.get_major_formatter()
    is_plain = not formatter.get_offset()
    return ("several", view, given), (ticks, labels if is_plain else None)


def asked_of_log(axis, view):
    """Return the same of a log axis."""
    axis.axes.set_xlim(*view)
    ticks = axis.get_majorticklocs()
    labels = axis.get_major_formatter().format_ticks(ticks)
    return ("log", view, {"most": 6}), (ticks, labels)


def agrees(view, answer, ticks, labels):
    """Say whether the page's ticks are matplotlib's; far from 0 it may refuse."""
    if isinstance(answer, str):
        is_far = abs(sum(view)) > 199 * (view[1] - view[0])
        return "the page writes no ticks" in answer and (labels is None or is_far)
    if labels is None or len(answer[0]) != len(ticks):
        return False
    near = 1e-9 * (np.ptp(ticks) + 1e-300)
    return np.allclose(answer[0], ticks, rtol=0, atol=near) and answer[1] == labels


def test_ticks_of_random_limits(tmp_path):
    rng = np.random.default_rng(3)
    plain, log = Figure().subplots(1, 2)
    style.log_axis(log, "x", low=1, high=10)
    locators = [MaxNLocator(**kind) for kind in KINDS]
    pairs = [asked(plain.xaxis, view, locators[n]) for view, n in linear_cases(rng)]
    for n in range(CASES):
        ends = np.sort(rng.uniform(-150, 150, 2) if n % 2 else rng.uniform(-9, 9, 2))
        view = tuple(float(end) for end in 10.0**ends)
        pairs.append(asked_of_log(log.xaxis, view))
    script = f"const CASES = {json.dumps([case for case, _ in pairs])};{ASK}"
    answers = run(script, tmp_path)
    wrong = [
        (case, answer, wanted)
        for (case, wanted), answer in zip(pairs, answers, strict=True)
        if not agrees(case[1], answer, *wanted)
    ]
    written = sum(labels is not None for _, (_, labels) in pairs)
    assert not wrong, (len(wrong), wrong[:3])
    assert written > CASES + CASES // 2  # most are written, not refused

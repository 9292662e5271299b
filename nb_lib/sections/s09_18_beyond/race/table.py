"""The explorer's calculation: it looks up what ``measure`` has found."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nb_lib import words
from nb_lib.sections.s09_18_beyond.race.runs import AMOUNTS, MODELS, SHIFTS, TASKS

_HELD = json.loads(Path(__file__).with_name("results.json").read_text("utf-8"))
RESULTS = {  # (models, amounts, seeds, shifts)
    task: np.array([_HELD[task][model] for model in MODELS]) for task in TASKS
}
QUESTIONS = {
    "pair": "does b come right behind a?",
    "first": "which comes first, a or b?",
    "more": "are there more a than b?",
}


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at; the arrays are in the order of MODELS."""

    task: str
    amount: int
    shift: int
    middle: np.ndarray  # (models, amounts), medians over the seeds at this shift
    least: np.ndarray
    most: np.ndarray
    moved: np.ndarray  # (models, shifts), medians at this amount


def compute(task, amount, shift):
    """Take the median, the least and the most of five seeds."""
    found, n, s = RESULTS[task], AMOUNTS.index(amount), SHIFTS.index(shift)
    here = np.sort(found[:, :, :, s], axis=2)
    return Frame(
        task=task,
        amount=amount,
        shift=shift,
        middle=here[:, :, 2],
        least=here[:, :, 0],
        most=here[:, :, 4],
        moved=np.sort(found[:, n], axis=1)[:, 2],
    )


def describe(frame):
    """Say the numbers that matter in one sentence."""
    column = AMOUNTS.index(frame.amount)
    parts = [
        f"{model} {share:.0%}"
        for model, share in zip(MODELS, frame.middle[:, column], strict=True)
    ]
    where = (
        f"{words.counted(frame.shift, 'place')} further right"
        if frame.shift
        else "as in training"
    )
    return (
        f"Question: {QUESTIONS[frame.task]} After {frame.amount} examples, words "
        f"{where}, the medians of five seeds are {', '.join(parts)}."
    )

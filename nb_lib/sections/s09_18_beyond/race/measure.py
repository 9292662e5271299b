"""Run all trainings of the race and keep their results, about two minutes:

    python -m nb_lib.sections.s09_18_beyond.race.measure

``results.json`` maps a task and a model to shares (amounts, seeds, shifts); the tests
train some of them again.
"""

import json
from pathlib import Path

from nb_lib.sections.s09_18_beyond.race.runs import AMOUNTS, MODELS, TASKS, shares

SEEDS = range(5)
FILE = Path(__file__).with_name("results.json")


def results():
    """Train everything; return the shares by task and model."""
    return {
        task: {
            model: [
                [shares(task, model, amount, seed=seed) for seed in SEEDS]
                for amount in AMOUNTS
            ]
            for model in MODELS
        }
        for task in TASKS
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(results()) + "\n", "utf-8")

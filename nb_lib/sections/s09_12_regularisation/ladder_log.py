"""The log of the ladder: one line a finished run, checked whenever it is read."""

import json
from pathlib import Path

from nb_lib.data.atomic import write_whole

STORED = Path(__file__).with_name("ladder_log.json")
TEST = 10_000  # test images
FIELDS = {  # of an entry, with the types that each may have
    "name": str,
    "seed": int,
    "recipe": dict,
    "held": list,  # shares of the held-out images read right, after each epoch
    "epoch": int,  # the one that counts, from 1
    "wrong": (list, type(None)),  # rows of the test images misread; None for a trial
    "cpu_seconds": float,
    "wall_seconds": float,
}


def read_log(path=STORED):
    """Return the entries by (name, seed); none where there is no file.

    A file that is damaged, or whose entries cannot be true, is a ValueError that names
    it and the entry.
    """
    path = Path(path)
    if not path.exists():
        return {}
    try:
        entries = json.loads(path.read_bytes())
    except ValueError as error:
        raise ValueError(
            f"{path.name} is damaged ({error}): restore it, or remove it and run "
            "make ladder"
        ) from error
    if not isinstance(entries, list):
        raise ValueError(f"{path.name} wants a list of runs, got {entries!r:.40}")
    for number, entry in enumerate(entries, start=1):
        problem = _problem(entry)
        if problem:
            raise ValueError(f"{path.name}, run {number}: {problem}")
    return {(entry["name"], entry["seed"]): entry for entry in entries}


def write_log(entries, path=STORED):
    """Write the entries, each on a line of its own."""
    lines = ",\n".join(json.dumps(entry) for entry in entries.values())
    write_whole(path, f"[\n{lines}\n]\n")


def _problem(entry):
    """Say why an entry cannot be true, or None."""
    if not isinstance(entry, dict) or entry.keys() != FIELDS.keys():
        return f"wanted {', '.join(FIELDS)}"
    for name, kind in FIELDS.items():
        if not isinstance(entry[name], kind):
            return f"{name} is {entry[name]!r:.40}"
    epochs, wrong = entry["recipe"].get("epochs"), entry["wrong"]
    if len(entry["held"]) != epochs or not 1 <= entry["epoch"] <= epochs:
        return f"epoch {entry['epoch']} and {len(entry['held'])} readings of {epochs}"
    if not all(share is None or _is_share(share) for share in entry["held"]):
        return "a share of held-out images is not between 0 and 1"
    if wrong is not None and not _are_rows(wrong):
        return "the misread test images are not rows in order"
    return None


def _is_share(value):
    return isinstance(value, (int, float)) and 0 <= value <= 1


def _are_rows(found):
    is_whole = all(isinstance(row, int) for row in found)
    return is_whole and found == sorted({row for row in found if 0 <= row < TEST})

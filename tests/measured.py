"""Each claim is measured once in a run of the tests, by whoever comes to it first.

The tests of the claims and the kernel that runs the claims page lay the numbers into
one folder and take them from there.
"""

import functools
import pickle

from filelock import FileLock

import nb_lib.book.claims
from nb_lib.book.claims import Finding, claim, claims

find_out = nb_lib.book.claims.find_out
STARTUP = """
import sys
from pathlib import Path
sys.path.append({tests!r})
import measured
measured.share(Path({folder!r}))
"""


def once(found, folder):
    """Find out about a claim, with the numbers of the folder if they are there."""
    if all(found.measure is not known.measure for known in claims()):
        return find_out(found)  # one that is made up
    path = folder / f"{found.id}.pickle"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            finding = find_out(found)
            if finding.missing:
                return finding
            path.write_bytes(pickle.dumps(dict(finding.values)))
    return Finding(found, pickle.loads(path.read_bytes()))


def share(folder):
    """From now on, let this process measure only what nobody has measured."""
    shared = functools.wraps(find_out)(lambda found: once(found, folder))
    claim.find_out = nb_lib.book.claims.find_out = shared

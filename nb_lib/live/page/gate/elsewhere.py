"""Python once more as on an older processor: there a BLAS adds in another order.

What no draw decides, another order of sums may: a mean of zero that is left to
rounding, for one, which Adam enlarges.
"""

import os
import pickle
import subprocess
import sys

import cloudpickle

OLDER = {"OPENBLAS_CORETYPE": "Nehalem"}  # sums by twos; of another BLAS no word
JOB = """import pickle, sys
job, *given = pickle.load(sys.stdin.buffer)
pickle.dump(job(*given), sys.stdout.buffer)
"""


def elsewhere(job, *given):
    """Return what ``job`` returns in a process whose OpenBLAS thinks itself older."""
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", JOB], input=cloudpickle.dumps((job, *given)),
        stdout=subprocess.PIPE, check=True, env=os.environ | paths | OLDER,
    )  # fmt: skip
    return pickle.loads(done.stdout)

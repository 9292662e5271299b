"""What the complete programs of the book need around them: files and processes."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from nb_lib.data import load_mnist, mnist_subset
from nb_lib.data.idx import FILES

LONGEST = 300  # seconds; a run that hangs must not hang the book


def digits_folder(folder, *, subset=False):
    """Write what ``load_mnist`` serves into the folder as four idx .gz; return it.

    ``subset=True`` writes the shipped 4,000 and 1,000 images in any case.
    """
    folder = Path(folder)
    parts = mnist_subset() if subset else load_mnist()
    arrays = (array for x, labels in parts for array in (as_images(x), labels))
    for file, array in zip(FILES, arrays, strict=True):
        packed = gzip.compress(as_idx(array), compresslevel=0)
        (folder / f"{file.name}.gz").write_bytes(packed)
    return folder


def as_images(x):
    """Turn rows of floats in [0, 1] (N, 784) back into bytes (N, 28, 28)."""
    return np.rint(255 * x).astype(np.uint8).reshape(-1, 28, 28)


def as_idx(array):
    """Write an array of small whole numbers as an idx file of bytes."""
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def torchrun(script, *arguments, processes=2):
    """Run a script under torchrun on a free port; return what it printed.

    Each process keeps to one thread and writes whole lines: by itself torchrun would
    let a line and its end go out apart. Errors: RuntimeError with the first lines of
    stderr where a process fails or the run takes more than LONGEST seconds.
    """
    launcher = ["-m", "torch.distributed.run", "--standalone"]
    words = [*launcher, f"--nproc-per-node={processes}", "--no-python"]
    words += [sys.executable, script, *arguments]
    running = subprocess.Popen(
        [sys.executable, *map(str, words)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        printed, complaints = running.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        running.terminate()  # torchrun then stops the processes that it started
        printed, complaints = running.communicate()
    if running.returncode:
        first = "\n".join(complaints.splitlines()[:30])  # torchrun itself comes after
        raise RuntimeError(f"{Path(script).name} failed under torchrun:\n{first}")
    return printed

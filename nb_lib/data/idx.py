"""The idx files of MNIST: what each must hold, and how to read it.

An idx file of bytes begins with 0, 0, 8 and the number of dimensions; one big-endian
32-bit size for each dimension follows; then come the bytes, last dimension fastest.
Source: LeCun, Cortes & Burges (1998), "The MNIST database of handwritten digits".
"""

import gzip
import hashlib
import io
import math
import stat
import zlib
from dataclasses import dataclass

import numpy as np

UINT8 = 8  # the idx code of the type
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class IdxFile:
    """A file by name, with the shape and the sha256 that its content must have."""

    name: str
    shape: tuple
    sha256: str  # of the unpacked file: gzip bytes differ between mirrors

    @property
    def header(self):
        sizes = np.array(self.shape, ">u4").tobytes()
        return bytes([0, 0, UINT8, len(self.shape)]) + sizes

    @property
    def size(self):
        return len(self.header) + math.prod(self.shape)


FILES = (
    IdxFile(
        "train-images-idx3-ubyte",
        (60000, 28, 28),
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    IdxFile(
        "train-labels-idx1-ubyte",
        (60000,),
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    IdxFile(
        "t10k-images-idx3-ubyte",
        (10000, 28, 28),
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    IdxFile(
        "t10k-labels-idx1-ubyte",
        (10000,),
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)


def find(folder, wanted):
    """Return the path of the file in the folder, packed or not, or None."""
    for path in (folder / wanted.name, folder / f"{wanted.name}.gz"):
        if is_there(path, stat.S_ISREG):
            return path
    return None


def is_there(path, is_kind):
    """Say whether the path leads to a file of the kind; PermissionError if in doubt."""
    try:
        return is_kind(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def explain(error, path):
    """Give an error of the operating system in a few words."""
    return f"{error.filename or path}: {error.strerror or error}"


def read(path, wanted):
    """Return the uint8 array of the file at ``path``, packed or not.

    Errors: ValueError that says what is wrong with the content: it does not unpack,
    has another size, begins with another header or has another digest.
    """
    content = _sized(path.read_bytes(), wanted.size)
    header = content[: len(wanted.header)]
    if header != wanted.header:
        raise ValueError(f"its header is {header.hex()}, not {wanted.header.hex()}")
    digest = hashlib.sha256(content).hexdigest()
    if digest != wanted.sha256:
        raise ValueError(f"its sha256 is {digest}, not {wanted.sha256}")
    return np.frombuffer(content, np.uint8, offset=len(header)).reshape(wanted.shape)


def read_any(path, dimensions):
    """Return the uint8 array of any file of bytes in this format, packed or not.

    Errors: ValueError that says what is wrong: it does not unpack, begins otherwise,
    holds other numbers than bytes, has other dimensions, is empty or has another size.
    """
    packed, length = path.read_bytes(), 4 + 4 * dimensions
    header = _unpack(packed, length)[:length]
    if len(header) < length or header[:2] != b"\0\0":
        raise ValueError(f"it begins with {header.hex() or 'nothing'}: no idx file")
    if header[2] != UINT8:
        raise ValueError(f"its numbers are of type {header[2]}, not bytes, {UINT8}")
    if header[3] != dimensions:
        raise ValueError(f"it has {header[3]} dimensions, not {dimensions}")
    shape = np.frombuffer(header, ">u4", offset=4).tolist()  # in ints nothing overflows
    if 0 in shape:
        raise ValueError(f"it is empty, of shape {tuple(shape)}")
    content = _sized(packed, length + math.prod(shape))
    return np.frombuffer(content, np.uint8, offset=length).reshape(shape)


def _sized(packed, size):
    """Unpack, and refuse another size."""
    content = _unpack(packed, size)
    if len(content) != size:
        found = "more than" if len(content) > size else f"{len(content):,} of"
        raise ValueError(f"it holds {found} the {size:,} bytes wanted")
    return content


def _unpack(packed, size):
    """Undo gzip, if there is any; stop one byte after the size that is wanted."""
    if not packed.startswith(GZIP):
        return packed
    most = min(size + 1, 1100 * len(packed))  # gzip shrinks nothing to a 1,100th
    try:
        return gzip.open(io.BytesIO(packed)).read(most)
    except EOFError as error:
        raise ValueError("its gzip stream ends too early") from error
    except (zlib.error, gzip.BadGzipFile) as error:
        raise ValueError("its gzip stream is damaged") from error

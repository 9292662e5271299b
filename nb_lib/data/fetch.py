"""Fetch the full MNIST from its public mirrors: checked, and whole or not at all."""

from concurrent.futures import Future
from threading import Thread

import pooch
import requests
from tqdm import tqdm

from nb_lib.data import idx
from nb_lib.data.atomic import appear_whole

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
ANSWER_SECONDS = 3  # for all mirrors together: without a network we fail within five
STALL_SECONDS = 10  # without a byte, once a mirror sends
BAR = {
    "bar_format": "{l_bar}{bar}| {n_fmt}/{total_fmt}B",
    "unit_scale": True,
    "ncols": 88,
}
WAY_OUT = (
    "set NB_LIB_DATA to a folder that holds the four MNIST files, "
    "or use the shipped subset, mnist_subset()"
)


def fetch_mnist(folder):
    """Fetch each of the four files that the folder does not hold intact.

    The mirrors are tried in order. A damaged file is replaced; an interrupted or
    refused download leaves nothing behind. Errors: ConnectionError where no mirror
    answers, ValueError where what came was wrong, OSError where the disk is full.
    """
    for wanted in idx.FILES:
        try:
            is_intact = _is_intact(folder, wanted)
        except OSError as error:
            raise type(error)(
                f"the cache may not be read or mended ({idx.explain(error, folder)}): "
                f"change its rights, or {WAY_OUT}"
            ) from error
        if not is_intact:
            _fetch(folder / f"{wanted.name}.gz", wanted)


def _is_intact(folder, wanted):
    """Say whether the folder holds the file; remove a damaged one."""
    path = idx.find(folder, wanted)
    if path is None:
        return False
    try:
        idx.read(path, wanted)
    except ValueError:
        path.unlink()
        return False
    return True


def _fetch(path, wanted):
    """Copy the file from the first mirror that sends it intact."""
    answers = {mirror: _ask(mirror + path.name) for mirror in MIRRORS}
    errors = {}
    for mirror, answer in answers.items():
        try:
            answer.result(timeout=ANSWER_SECONDS / len(answers))
            return _copy(mirror + path.name, path, wanted)
        except (requests.RequestException, TimeoutError, ValueError) as error:
            errors[mirror] = error
        except OSError as error:
            raise OSError(
                f"{path} could not be written ({error.strerror}): "
                f"make room or mend the folder, or {WAY_OUT}"
            ) from error
    raise _failure(path.name, errors)


def _ask(url):
    """Ask in the background whether the mirror answers; return the future answer.

    A thread, for a name server can hold up its caller longer than any timeout.
    """
    answer = Future()

    def ask():
        try:
            head = pooch.HTTPDownloader(timeout=ANSWER_SECONDS)
            answer.set_result(head(url, None, None, check_only=True))
        except Exception as error:
            answer.set_exception(error)

    Thread(target=ask, daemon=True).start()
    return answer


def _copy(url, path, wanted):
    """Download, check, and only then give the file its name."""
    with appear_whole(path) as temporary:
        _download(url, temporary, wanted)
        idx.read(temporary, wanted)


def _download(url, path, wanted):
    """Write what the url sends to the path, with a progress bar on stderr."""
    timeout = ANSWER_SECONDS, STALL_SECONDS
    # pooch wants a bar with a total, and puts the mirror's figure in its place
    with tqdm(desc=f"{wanted.name}.gz", total=wanted.size, **BAR) as bar:
        get = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=timeout)
        try:
            get(url, str(path), None)
        except requests.HTTPError as error:
            error.response.close()  # pooch leaves it open
            raise


def _failure(name, errors):
    """Say in one sentence what was tried and what to do."""
    tried = "; ".join(f"{mirror} {_reason(error)}" for mirror, error in errors.items())
    came_damaged = any(type(error) is ValueError for error in errors.values())
    kind = ValueError if came_damaged else ConnectionError
    return kind(
        f"{name} could not be fetched ({tried}): check the network, or {WAY_OUT}"
    )


def _reason(error):
    """Say in a few words why a mirror was of no use."""
    if isinstance(error, requests.HTTPError):
        return f"gave status {error.response.status_code}"
    if isinstance(error, (requests.Timeout, TimeoutError)):
        return "did not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "has no trusted certificate"
    if isinstance(error, requests.RequestException):
        return "could not be reached"
    return f"sent a damaged file, {error}"

"""Fetch the full MNIST into the cache: ``python -m nb_lib.data``, or ``make data``."""

import signal
import sys

from nb_lib.data.mnist import mnist_folder, read_all


def main():
    """Return the exit code: 0 with the folder on stdout, 1 with the error on stderr."""
    try:
        folder = mnist_folder(download=True)
        read_all(folder)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the unfinished file is removed.", file=sys.stderr)
        return 130
    print(f"The full MNIST, 70,000 images, is in {folder}.")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidy up as for Ctrl-C
    sys.exit(main())

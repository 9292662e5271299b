"""Read a display list back, as paint.js does."""

import numpy as np

UNITS = 16


class _Reader:
    def __init__(self, data):
        self.words, self.at = np.frombuffer(data, "<i2"), 0

    def take(self, n=1):
        taken = self.words[self.at : self.at + n]
        assert len(taken) == n, "the display list ends within an operation"
        self.at += n
        return taken if n != 1 else int(taken[0])

    def px(self, n=1):
        return self.take(n) / UNITS

    def rgba(self):
        one, two = int(self.take()) & 0xFFFF, int(self.take()) & 0xFFFF
        return (one >> 8, one & 255, two >> 8, two & 255)

    def paths(self):
        """Return a list of (points (n, 2), is_closed)."""
        paths = []
        for _ in range(self.take()):
            size = self.take()
            paths.append((self.px(2 * abs(size)).reshape(-1, 2), size < 0))
        return paths

    def octets(self, n):
        return self.take((n + 1) // 2).tobytes()[:n] if n else b""


def _line(read):
    colour, width, n = read.rgba(), read.px(), read.take()
    dashes = [read.px() for _ in range(n)]
    return {"colour": colour, "width": width, "dashes": dashes, "paths": read.paths()}


def _fill(read):
    return {"face": read.rgba(), "edge": read.rgba(), "width": read.px(),
            "paths": read.paths()}  # fmt: skip


def _markers(read):
    looks, n = _fill(read), read.take()
    return {**looks, "at": read.px(2 * n).reshape(-1, 2)}


def _image(read):
    box = [read.px() for _ in range(4)]
    columns, rows, smooth, colours = (read.take() for _ in range(4))
    table = np.frombuffer(read.octets(4 * colours), np.uint8).reshape(-1, 4)
    depth = 1 if colours else 4
    data = np.frombuffer(read.octets(columns * rows * depth), np.uint8)
    pixels = table[data] if colours else data.reshape(-1, 4)
    return {"box": box, "smooth": bool(smooth), "colours": colours,
            "pixels": pixels.reshape(rows, columns, 4)}  # fmt: skip


def _text(read):
    said = {"colour": read.rgba()}
    said |= {name: read.px() for name in ("x", "y", "size", "angle")}
    said |= {"align": read.take(), "bold": bool(read.take()), "width": read.px()}
    n = read.take()
    units = read.words[read.at : read.at + n]
    read.at += n
    return {**said, "text": units.tobytes().decode("utf-16-le")}


def _clip(read):
    return {"box": [read.px() for _ in range(4)]}


_READ = {1: ("line", _line), 2: ("fill", _fill), 3: ("markers", _markers),
         4: ("image", _image), 5: ("text", _text), 6: ("clip", _clip),
         7: ("split", lambda read: {})}  # fmt: skip


def operations(data):
    """Return every operation as a dict with its name under "op"."""
    read, found = _Reader(data), []
    while read.at < len(read.words):
        name, parse = _READ[read.take()]
        found.append({"op": name, **parse(read)})
    return found


def named(data, name):
    """Return the operations of one name."""
    return [said for said in operations(data) if said["op"] == name]

"""Questions about graphs, asked once at the public door; both twins ask them here."""

import numbers

from nb_lib.numpy._checks import check_array, check_between
from nb_lib.numpy._settings import check_count


def check_edges(edges, vertices):
    """Want pairs of vertices (E, 2), each a whole number below ``vertices``."""
    check_count("adjacency", "vertices", vertices)
    check_array("adjacency", "edges", edges)
    if edges.ndim != 2 or edges.shape[1] != 2:
        got = tuple(edges.shape)
        raise ValueError(f"adjacency wants edges of shape (E, 2), got {got}")
    if "int" not in str(edges.dtype):
        raise TypeError(f"adjacency wants edges of integers, got {edges.dtype}")
    if len(edges):
        check_between("adjacency", "edges", edges, 0, int(vertices) - 1)


def check_adjacency(name, a):
    """Want a (V, V), symmetric, with no entry below 0."""
    check_array(name, "an adjacency", a)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError(
            f"{name} wants an adjacency of shape (V, V), got {tuple(a.shape)}"
        )
    if not bool((a == a.T).all()) or not bool((a >= 0).all()):
        raise ValueError(f"{name} wants a symmetric adjacency, entries of 0 or more")


def check_vertices(name, x, a):
    """Want features x (V, D) for the vertices of a (V, V)."""
    check_array(name, "x", x)
    check_array(name, "an adjacency", a)
    if x.ndim != 2 or tuple(a.shape) != (len(x), len(x)):
        raise ValueError(
            f"{name} wants x of shape (V, D) and a of shape (V, V), "
            f"got {tuple(x.shape)} and {tuple(a.shape)}"
        )


def check_layer(name, x, a, w, b):
    """Want w (D, H) and b (H,) beside x (V, D) and a (V, V)."""
    check_vertices(name, x, a)
    fits = w.ndim == 2 and len(w) == x.shape[1] and tuple(b.shape) == (w.shape[1],)
    if not fits:
        raise ValueError(
            f"{name} wants w of shape ({x.shape[1]}, H) and b of shape (H,), "
            f"got {tuple(w.shape)} and {tuple(b.shape)}"
        )


def check_steps(name, steps):
    """Want a whole number of 0 or more."""
    if not isinstance(steps, numbers.Integral) or steps < 0:
        raise ValueError(f"{name} wants steps as 0 or a positive integer, got {steps}")
    return int(steps)

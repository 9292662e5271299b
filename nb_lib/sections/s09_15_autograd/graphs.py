"""The five expressions of 9.15 as graphs: what is computed from what, and where drawn.

A node is named by the letter of its number. Inputs come first, and each operation after
all that it uses, so the order of the list is one in which a computer could work.
"""

from dataclasses import dataclass
from math import exp, log, tanh


@dataclass(frozen=True)
class Node:
    """One number of an expression: an input with its value, or an operation."""

    name: str
    place: tuple[float, float]  # of its box, in the units of the picture
    value: float | None = None  # of an input
    operation: str | None = None
    inputs: tuple[str, ...] = ()

    @property
    def formula(self):
        """Write what is computed, as a line of the tape."""
        if self.operation is None:
            return self.name
        if self.operation in INFIX:
            return f"{self.name} = {self.inputs[0]} {self.operation} {self.inputs[1]}"
        return f"{self.name} = {self.operation} {self.inputs[0]}"


INFIX = ("·", "+")


def add(a, b):
    """Return a + b, and its slopes along a and b."""
    return a + b, (1.0, 1.0)


def multiply(a, b):
    """Return a · b, and its slopes along a and b: each is the other factor."""
    return a * b, (b, a)


def exponential(a):
    """Return exp a, which is its own slope."""
    y = exp(a)
    return y, (y,)


def logarithm(a):
    """Return ln a and its slope."""
    return log(a), (1 / a,)


def tangent(a):
    """Return tanh a and its slope."""
    y = tanh(a)
    return y, (1 - y * y,)


OPERATIONS = {
    "+": add,
    "·": multiply,
    "exp": exponential,
    "ln": logarithm,
    "tanh": tangent,
}

EXPRESSIONS = {
    "x·x + x": (
        Node("x", (0.0, 0.6), value=3.0),
        Node("a", (2.1, 1.6), operation="·", inputs=("x", "x")),
        Node("y", (4.2, 0.6), operation="+", inputs=("a", "x")),
    ),
    "(a·b + c)·a": (
        Node("a", (0.0, 2.0), value=2.0),
        Node("b", (0.0, 1.0), value=-3.0),
        Node("c", (0.0, 0.0), value=10.0),
        Node("p", (1.4, 1.1), operation="·", inputs=("a", "b")),
        Node("s", (2.8, 0.5), operation="+", inputs=("p", "c")),
        Node("y", (4.2, 1.4), operation="·", inputs=("s", "a")),
    ),
    "a neuron": (
        Node("w", (0.0, 2.0), value=0.5),
        Node("x", (0.0, 1.0), value=2.0),
        Node("b", (0.0, 0.0), value=-0.5),
        Node("p", (1.4, 1.5), operation="·", inputs=("w", "x")),
        Node("z", (2.8, 1.0), operation="+", inputs=("p", "b")),
        Node("y", (4.2, 1.0), operation="tanh", inputs=("z",)),
    ),
    "ln(exp a + exp b)": (
        Node("a", (0.0, 1.7), value=1.0),
        Node("b", (0.0, 0.3), value=0.0),
        Node("p", (1.4, 1.7), operation="exp", inputs=("a",)),
        Node("q", (1.4, 0.3), operation="exp", inputs=("b",)),
        Node("s", (2.8, 1.0), operation="+", inputs=("p", "q")),
        Node("y", (4.2, 1.0), operation="ln", inputs=("s",)),
    ),
    "a loop": (
        Node("w", (2.1, 1.9), value=2.0),
        Node("g", (0.0, 0.4), value=1.0),
        Node("a", (1.4, 0.4), operation="·", inputs=("w", "g")),
        Node("b", (2.8, 0.4), operation="·", inputs=("w", "a")),
        Node("y", (4.2, 0.4), operation="·", inputs=("w", "b")),
    ),
}
MOST_NODES, MOST_EDGES = 6, 6

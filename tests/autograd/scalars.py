"""An engine on single numbers, a rival for the benchmark: one object a number.

Source: Andrej Karpathy's micrograd, whose walk over the graph this one follows.
"""

import math


class Value:
    """A number that remembers how it was computed."""

    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.inputs, self.slopes = inputs, slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), (1 - y * y,))

    def softplus(self):
        """log(1 + exp x), with which a net of one logit pays for its errors."""
        y = max(self.data, 0.0) + math.log1p(math.exp(-abs(self.data)))
        return Value(y, (self,), (1 / (1 + math.exp(-self.data)),))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack += [(x, False) for x in node.inputs]
        self.grad = 1.0
        for node in reversed(order):
            for x, slope in zip(node.inputs, node.slopes, strict=True):
                x.grad += slope * node.grad

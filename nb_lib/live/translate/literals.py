"""Live values as expressions: numbers, containers, arrays, instances of our classes."""

import ast
import fractions
import inspect
import json
import math
import sys
import types

import numpy as np

from nb_lib.live.translate.names import is_own
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.source import Code, targets_of

BIGGEST = 4000  # elements of an array that stands in the program


class Literals:
    """The part of a Program that writes values down."""

    def _literal(self, thing, name):
        """Return an expression for a container, an array or an instance of ours."""
        if isinstance(thing, np.ndarray):
            if thing.size > BIGGEST:
                return self._from_assignment(thing, name)
            items = self.value(thing.tolist(), name)
            return f"np.array({items}, {json.dumps(thing.dtype.name)})"
        if isinstance(thing, (tuple, list)):
            items = ", ".join(self.value(each, name) for each in thing)
            return f"op.tuple([{items}])" if isinstance(thing, tuple) else f"[{items}]"
        if isinstance(thing, (dict, types.MappingProxyType)):
            items = (f"[{self.value(k)}, {self.value(v)}]" for k, v in thing.items())
            return f"op.dict([{', '.join(items)}])"
        if isinstance(thing, (set, frozenset)):
            return f"op.set([{', '.join(self.value(each) for each in thing)}])"
        if isinstance(thing, range):
            return f"py.range({thing.start}, {thing.stop}, {thing.step})"
        if isinstance(thing, fractions.Fraction):
            return f"fractions.Fraction({thing.numerator}, {thing.denominator})"
        if is_own(type(thing).__module__):
            return self._instance(thing)
        raise Refused(f"{name}: the page knows no {type(thing).__qualname__}")

    def _from_assignment(self, thing, name):
        """Return what a module assigns to a name, instead of the many numbers."""
        from nb_lib.live.translate.expressions import Expressions

        for module in [*sys.modules.values()]:
            if vars(module).get(name) is not thing or not is_own(module.__name__):
                continue
            tree = ast.parse(inspect.getsource(module))
            for node in tree.body:
                if isinstance(node, ast.Assign) and name in targets_of(node.targets[0]):
                    code = Code(tree, module.__name__, 1, vars(module))
                    return Expressions(self, code).expression(node.value)
        raise Refused(f"{name}: an array of {thing.size} is too big for a page")

    def _instance(self, thing):
        state = vars(thing)
        items = ", ".join(f"{k}: {self.value(v, k)}" for k, v in state.items())
        return f"op.instance({self._class(type(thing))}, {{{items}}})"


def number(value):
    """Write a number as JavaScript reads it."""
    if isinstance(value, (int, np.integer)):
        if abs(int(value)) > 2**53:
            raise Refused(f"the page cannot hold the whole number {value}")
        return f"({int(value)})" if value < 0 else str(int(value))
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    return f"({value!r})" if math.copysign(1, value) < 0 else repr(value)

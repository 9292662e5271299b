"""Live values as expressions: numbers, containers, arrays, instances of our classes."""

import ast
import contextlib
import fractions
import inspect
import json
import math
import sys
import types

import numpy as np

from nb_lib.live.translate.names import is_own
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.source import Code

SHORT = 200  # elements of an array, up to which its numbers are written down at once
BIGGEST = 4000  # elements of an array that stands in the program at all


class Literals:
    """The part of a Program that writes values down."""

    def _literal(self, thing, name):
        """Return an expression for a container, an array or an instance of ours."""
        if isinstance(thing, np.ndarray):
            return self._array(thing, name)
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

    def _array(self, thing, name):
        """Return an expression for an array: its numbers, or how a module makes it."""
        if thing.dtype == object:  # axes, side by side
            return self.value(thing.tolist(), name)
        if thing.dtype.kind == "c":
            raise Refused(f"{name}: the page knows no complex numbers")
        if thing.size > SHORT and (found := self._from_assignment(thing, name)):
            return found
        if thing.size > BIGGEST:
            raise Refused(f"{name}: an array of {thing.size} is too big for a page")
        return f"np.array({_rows(thing.tolist())}, {json.dumps(thing.dtype.name)})"

    def _from_assignment(self, thing, name):
        """Return what a module assigns to a name, if the page knows how to make it."""
        from nb_lib.live.translate.expressions import Expressions

        for module in [*sys.modules.values()]:
            if vars(module).get(name) is not thing or not is_own(module.__name__):
                continue
            tree = ast.parse(inspect.getsource(module))
            for node in tree.body:
                if isinstance(node, ast.Assign) and _names(node) == [name]:
                    code = Code(tree, module.__name__, 1, vars(module))
                    with contextlib.suppress(Refused):
                        return Expressions(self, code).expression(node.value)
        return None

    def _instance(self, thing):
        state = vars(thing)
        items = ", ".join(f"{k}: {self.value(v, k)}" for k, v in state.items())
        return f"op.instance({self._class(type(thing))}, {{{items}}})"


def _names(assignment):
    """Return what each target of an assignment is called; no name is None."""
    return [getattr(target, "id", None) for target in assignment.targets]


def _rows(items):
    """Write numbers, or lists of such, in place."""
    if isinstance(items, list):
        return f"[{', '.join(map(_rows, items))}]"
    return json.dumps(items) if isinstance(items, (bool, str)) else number(items)


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

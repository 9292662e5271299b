"""Expressions of Python as expressions of JavaScript."""

import ast
import builtins
import json
import types

from nb_lib.live.translate.calls import Calls
from nb_lib.live.translate.comprehensions import Comprehensions
from nb_lib.live.translate.names import FOREIGN, identifier, is_own
from nb_lib.live.translate.operators import Operators
from nb_lib.live.translate.passing import Passing
from nb_lib.live.translate.refusal import refused


class Expressions(Operators, Passing, Calls, Comprehensions):
    """Translates the expressions of one function; statements.py has the rest."""

    def __init__(self, program, code, owner=None, scopes=()):
        self.program, self.code, self.owner = program, code, owner
        self.scopes = list(scopes)  # sets of names that are bound in JavaScript
        self.modules = {}  # names that an import within the function binds to a module
        self.n_helpers = 0

    def helper(self):
        """Return a fresh name for a value that is needed twice."""
        self.n_helpers += 1
        return f"$h{self.n_helpers}"

    def expression(self, node):
        """Translate any expression, or raise Refused."""
        translate = getattr(self, f"on_{type(node).__name__}", None)
        if translate is None:
            raise refused(self.code, node, f"{type(node).__name__}")
        return translate(node)

    def test(self, node):
        """Translate what is only asked whether it is true."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self.test(node.operand)}"
        if isinstance(node, ast.BoolOp):
            word = " && " if isinstance(node.op, ast.And) else " || "
            return f"({word.join(map(self.test, node.values))})"
        return f"op.truth({self.expression(node)})"

    # names

    def is_local(self, name):
        return any(name in scope for scope in self.scopes)

    def on_Name(self, node):
        name = node.id
        if self.is_local(name):
            return identifier(name)
        if name in self.code.names:
            return self.program.value(self.code.names[name], name)
        if hasattr(builtins, name):
            thing = getattr(builtins, name)
            return (
                self.program.value(thing) if isinstance(thing, type) else f"py.{name}"
            )
        raise refused(self.code, node, f"name {name}")

    def module_of(self, node):
        """Return the live module that a dotted name means, or None."""
        if isinstance(node, ast.Name):
            if node.id in self.modules:
                return self.modules[node.id]
            found = None if self.is_local(node.id) else self.code.names.get(node.id)
        elif isinstance(node, ast.Attribute):
            found = getattr(self.module_of(node.value), node.attr, None)
        else:
            found = None
        return found if isinstance(found, types.ModuleType) else None

    def on_Attribute(self, node):
        module = self.module_of(node.value)
        if module is None:
            self.program.attributes.add(node.attr)
            return f"op.attr({self.expression(node.value)}, {json.dumps(node.attr)})"
        root, *inner = module.__name__.split(".")
        if is_own(root):
            return self.program.value(getattr(module, node.attr), node.attr)
        if root != "numpy" and module.__name__ not in FOREIGN:
            raise refused(self.code, node, f"module {module.__name__}")
        space = (
            ".".join(["np", *inner]) if root == "numpy" else FOREIGN[module.__name__]
        )
        return f"op.known({space}, {json.dumps(node.attr)})"

    # plain values and containers

    def on_Constant(self, node):
        if node.value is Ellipsis:
            return "op.dots"
        return self.program.value(node.value)

    def items(self, nodes, translate=None):
        """Translate a list of expressions, some of them starred."""
        translate = translate or self.expression
        return ", ".join(
            f"...op.iter({self.expression(each.value)})"
            if isinstance(each, ast.Starred)
            else translate(each)
            for each in nodes
        )

    def on_Tuple(self, node):
        return f"op.tuple([{self.items(node.elts)}])"

    def on_List(self, node):
        return f"[{self.items(node.elts)}]"

    def on_Set(self, node):
        return f"op.set([{self.items(node.elts)}])"

    def on_Dict(self, node):
        pairs = (
            f"...op.items({self.expression(value)})"
            if key is None
            else f"[{self.expression(key)}, {self.expression(value)}]"
            for key, value in zip(node.keys, node.values, strict=True)
        )
        return f"op.dict([{', '.join(pairs)}])"

    def on_JoinedStr(self, node):
        parts = ['""', *map(self.on_formatted, node.values)]  # so that + joins words
        return f"({' + '.join(parts)})"

    def on_FormattedValue(self, node):
        return self.on_formatted(node)

    def on_formatted(self, node):
        """Translate a piece of an f-string."""
        if isinstance(node, ast.Constant):
            return json.dumps(node.value)
        spec = self.expression(node.format_spec) if node.format_spec else '""'
        is_repr = ", true" if node.conversion == ord("r") else ""
        return f"op.format({self.expression(node.value)}, {spec}{is_repr})"

    # subscripts

    def on_Subscript(self, node):
        return f"op.get({self.expression(node.value)}, {self.key(node.slice)})"

    def key(self, node):
        """Translate what stands in square brackets."""
        if isinstance(node, ast.Slice):
            parts = (node.lower, node.upper, node.step)
            words = (self.expression(each) if each else "null" for each in parts)
            return f"op.slice({', '.join(words)})"
        if isinstance(node, ast.Tuple):
            keys = (
                f"...op.iter({self.expression(each.value)})"
                if isinstance(each, ast.Starred)
                else self.key(each)
                for each in node.elts
            )
            return f"op.tuple([{', '.join(keys)}])"
        return self.expression(node)

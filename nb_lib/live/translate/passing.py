"""Values without a name, as ``x @ w`` in ``x @ w + b``: their memory is used again.

What a function returns has no name either, if every ``return`` of it makes an array.
"""

import ast

import numpy as np

from nb_lib.live.translate.operators import COMPARE

MAKERS = {"where", "zeros_like", "ones_like"}  # and every ufunc
TAKERS = {"sum", "mean", "max", "min", "any", "all", "astype"}  # they keep nothing


class Passing:
    """The part of Expressions that says what nobody will ask for again."""

    def operand(self, node):
        """Translate an operand; if it is new and has no name, say so."""
        text = self.expression(node)
        if self.is_new(node) or self.is_method(node):
            return f"op.passing({text})"
        called = getattr(node, "func", None)
        if isinstance(called, ast.Name) and self.is_known(called.id):
            return f"op.returned({self.expression(called)}, {text})"
        return text

    def is_known(self, name):
        """Say whether a name is a local one, or one of the module's."""
        return self.is_local(name) or name in self.code.names

    def is_new(self, node):
        """Say whether an expression makes an array that nobody else holds."""
        if isinstance(node, ast.Compare):
            return len(node.ops) == 1 and type(node.ops[0]) in COMPARE
        if isinstance(node, ast.UnaryOp):
            return isinstance(node.op, ast.USub)
        if self.is_method(node):
            return node.func.attr == "astype"
        return isinstance(node, ast.BinOp) or (
            isinstance(node, ast.Call) and self.computes(node.func, MAKERS)
        )

    def is_method(self, node):
        """Say whether an expression calls a method of some object."""
        called = getattr(node, "func", None)
        return (
            isinstance(called, ast.Attribute) and self.module_of(called.value) is None
        )

    def returns_new(self, node):
        """Say whether all that a function returns is new."""
        if isinstance(node, ast.Lambda):
            return self.is_new(node.body)
        found, todo = [], list(node.body)
        while todo:
            each = todo.pop()
            if isinstance(each, ast.Return):
                found.append(each.value is not None and self.is_new(each.value))
            elif not isinstance(each, (ast.FunctionDef, ast.Lambda)):
                todo += ast.iter_child_nodes(each)
        return bool(found) and all(found)

    def computes(self, called, names):
        """Say whether a function is a ufunc of NumPy's, or one of these."""
        if not isinstance(called, ast.Attribute):
            return False
        if self.module_of(called.value) is not np:
            return False
        return called.attr in names or isinstance(getattr(np, called.attr, 0), np.ufunc)

    def takes(self, called):
        """Say whether a function or a method keeps nothing of what it is given."""
        if not isinstance(called, ast.Attribute):
            return False
        if self.module_of(called.value) is None:
            return called.attr in TAKERS
        return self.computes(called, TAKERS | {"where"})

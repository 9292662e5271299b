"""Values without a name, as ``x @ w`` in ``x @ w + b``: their memory is used again."""

import ast

import numpy as np

from nb_lib.live.translate.operators import COMPARE

MAKERS = {"where", "zeros_like", "ones_like"}  # and every ufunc
TAKERS = {"sum", "mean", "max", "min", "any", "all"}  # nothing of theirs is kept


class Passing:
    """The part of Expressions that says what nobody will ask for again."""

    def operand(self, node):
        """Translate an operand; if it is new and has no name, say so."""
        text = self.expression(node)
        return f"op.passing({text})" if self.is_new(node) else text

    def is_new(self, node):
        """Say whether an expression makes an array that nobody else holds."""
        if isinstance(node, ast.Compare):
            return len(node.ops) == 1 and type(node.ops[0]) in COMPARE
        if isinstance(node, ast.UnaryOp):
            return isinstance(node.op, ast.USub)
        return isinstance(node, ast.BinOp) or (
            isinstance(node, ast.Call) and self.computes(node.func, MAKERS)
        )

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

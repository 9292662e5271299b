"""Operators, comparisons and choices."""

import ast

from nb_lib.live.translate.names import identifier
from nb_lib.live.translate.refusal import refused

BINARY = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "remainder",
    ast.Pow: "power",
    ast.MatMult: "matmul",
    ast.BitAnd: "logical_and",
    ast.BitOr: "logical_or",
    ast.BitXor: "logical_xor",
}
COMPARE = {
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
}
UNARY = {ast.USub: "negative", ast.UAdd: "positive", ast.Invert: "logical_not"}


class Operators:
    """The part of Expressions that combines values."""

    def on_BinOp(self, node):
        word = self.binary(node)
        return f"op.{word}({self.operand(node.left)}, {self.operand(node.right)})"

    def binary(self, node):
        """Return the runtime's word for the operator of a node."""
        word = BINARY.get(type(node.op))
        if word is None:
            raise refused(self.code, node, f"operator {type(node.op).__name__}")
        return word

    def on_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            return f"!{self.test(node.operand)}"
        word = UNARY[type(node.op)]
        is_kept = isinstance(node.op, ast.UAdd)  # +x is x itself
        operand = self.expression if is_kept else self.operand
        return f"op.{word}({operand(node.operand)})"

    def on_BoolOp(self, node):
        word = "and" if isinstance(node.op, ast.And) else "or"
        *firsts, last = map(self.expression, node.values)
        for value in reversed(firsts):
            last = f"op.{word}({value}, () => {last})"
        return last

    def on_Compare(self, node):
        nodes = (node.left, *node.comparators)
        if self.is_new(node):
            return self.compared(node, node.ops[0], *map(self.operand, nodes))
        first, *others = values = [self.expression(each) for each in nodes]
        if len(node.ops) == 1:
            return self.compared(node, node.ops[0], *values)
        held, *names = [self.helper() for _ in values]  # each is looked at once
        tests, left = [], held
        for each, name, value in zip(node.ops, names, others, strict=True):
            test = self.compared(node, each, left, f"({name} = {value})")
            tests.append(f"op.truth({test})")
            left = name
        return f"(({', '.join([held, *names])}) => {' && '.join(tests)})({first})"

    def compared(self, node, operator, left, right):
        """Translate one comparison."""
        if type(operator) in COMPARE:
            return f"op.{COMPARE[type(operator)]}({left}, {right})"
        mark = "!" if isinstance(operator, (ast.IsNot, ast.NotIn)) else ""
        if isinstance(operator, (ast.Is, ast.IsNot)):
            return f"{mark}op.is({left}, {right})"
        return f"{mark}op.contains({right}, {left})"

    def on_IfExp(self, node):
        yes, no = self.expression(node.body), self.expression(node.orelse)
        return f"({self.test(node.test)} ? {yes} : {no})"

    def on_NamedExpr(self, node):
        return f"({identifier(node.target.id)} = {self.expression(node.value)})"

"""Statements of Python as statements of JavaScript."""

import ast
import json

from nb_lib.live.translate.expressions import Expressions
from nb_lib.live.translate.names import identifier
from nb_lib.live.translate.refusal import refused
from nb_lib.live.translate.source import without_docstring


class Statements(Expressions):
    """Translates the statements of one function; functions.py has the rest."""

    def statement(self, node):
        """Translate any statement, or raise Refused."""
        translate = getattr(self, f"do_{type(node).__name__}", None)
        if translate is None:
            raise refused(self.code, node, f"{type(node).__name__} statement")
        return translate(node)

    def block(self, body):
        lines = "\n".join(map(self.statement, without_docstring(body)))
        return f"{{\n{lines}\n}}"

    def do_Expr(self, node):
        return f"{self.expression(node.value)};"

    def do_Pass(self, node):
        return ""

    def do_Break(self, node):
        return "break;"

    def do_Continue(self, node):
        return "continue;"

    def do_Return(self, node):
        return f"return {self.expression(node.value) if node.value else 'null'};"

    def do_Raise(self, node):
        if node.exc is None:
            raise refused(self.code, node, "raise without an exception")
        made = "" if isinstance(node.exc, ast.Call) else "()"  # a class will do
        return f"throw {self.expression(node.exc)}{made};"

    def do_If(self, node):
        otherwise = f" else {self.block(node.orelse)}" if node.orelse else ""
        return f"if ({self.test(node.test)}) {self.block(node.body)}{otherwise}"

    def do_While(self, node):
        if node.orelse:
            raise refused(self.code, node, "else behind while")
        return f"while ({self.test(node.test)}) {self.block(node.body)}"

    def do_For(self, node):
        if node.orelse:
            raise refused(self.code, node, "else behind for")
        item = self.helper()
        taken = self.assign(node.target, item)
        source = f"op.iter({self.expression(node.iter)})"
        return (
            f"for (const {item} of {source}) {{\n{taken}\n{self.block(node.body)}\n}}"
        )

    def do_With(self, node):
        """Translate ``with np.errstate(...)``: in the page nothing warns anyway."""
        for item in node.items:
            asked = ast.unparse(item.context_expr).partition("(")[0]
            if asked != "np.errstate" or item.optional_vars:
                raise refused(self.code, node, f"with {asked}")
        return self.block(node.body)

    def do_FunctionDef(self, node):
        if node.decorator_list:
            raise refused(
                self.code, node.decorator_list[0], "decorator within a function"
            )
        return f"{identifier(node.name)} = {self.inner(node).text()};"

    def do_ImportFrom(self, node):
        return self.imported(node)

    def do_Import(self, node):
        return self.imported(node)

    def do_Assign(self, node):
        value = self.expression(node.value)
        if len(node.targets) == 1:
            return self.assign(node.targets[0], value)
        held = self.helper()
        lines = [self.assign(target, held) for target in node.targets]
        return f"{{ const {held} = {value}; {' '.join(lines)} }}"

    def do_AnnAssign(self, node):
        return (
            self.assign(node.target, self.expression(node.value)) if node.value else ""
        )

    def do_AugAssign(self, node):
        word = json.dumps(self.binary(node))
        value, target = self.operand(node.value), node.target
        if isinstance(target, ast.Name):
            name = identifier(target.id)
            return f"{name} = op.changed({word}, {name}, {value});"
        owner, held = self.expression(target.value), self.helper()
        if isinstance(target, ast.Attribute):
            self.program.attributes.add(target.attr)
            name = json.dumps(target.attr)
            old = f"op.attr({held}, {name})"
            new = f"op.setattr({held}, {name}, op.changed({word}, {old}, {value}))"
            return f"{{ const {held} = {owner}; {new}; }}"
        key = self.helper()
        new = f"op.changed({word}, op.get({held}, {key}), {value})"
        return (
            f"{{ const {held} = {owner}, {key} = {self.key(target.slice)}; "
            f"op.set_item({held}, {key}, {new}); }}"
        )

    def do_Delete(self, node):
        """Translate ``del box[key]``; a name needs no deletion."""
        lines = []
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                raise refused(self.code, node, "del of anything but box[key]")
            owner, key = self.expression(target.value), self.key(target.slice)
            lines.append(f"op.delete({owner}, {key});")
        return " ".join(lines)

    def assign(self, target, value):
        """Translate one assignment to a name, an attribute, an item or several."""
        if isinstance(target, ast.Name):
            return f"{identifier(target.id)} = {value};"
        if isinstance(target, ast.Attribute):
            self.program.attributes.add(target.attr)  # a property may have a setter
            name = json.dumps(target.attr)
            return f"op.setattr({self.expression(target.value)}, {name}, {value});"
        if isinstance(target, ast.Subscript):
            owner, key = self.expression(target.value), self.key(target.slice)
            return f"op.set_item({owner}, {key}, {value});"
        if isinstance(target, (ast.Tuple, ast.List)):
            return self._unpack(target.elts, value)
        raise refused(self.code, target, f"assignment to {type(target).__name__}")

    def _unpack(self, targets, value):
        held = self.helper()
        stars = [i for i, each in enumerate(targets) if isinstance(each, ast.Starred)]
        star = stars[0] if stars else "null"
        lines = [
            self.assign(
                each.value if isinstance(each, ast.Starred) else each, f"{held}[{i}]"
            )
            for i, each in enumerate(targets)
        ]
        parts = f"op.unpack({value}, {len(targets)}, {star})"
        return f"{{ const {held} = {parts}; {' '.join(lines)} }}"

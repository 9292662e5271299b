"""Calls, functions within functions, and imports within them."""

import ast
import importlib
import json
import types

from nb_lib.live.translate.names import identifier
from nb_lib.live.translate.refusal import refused


class Calls:
    """The part of Expressions that calls, and that makes functions to call."""

    def on_Call(self, node):
        called, keywords = node.func, self.keywords(node.keywords)
        translate = self.operand if self.takes(called) else self.expression
        given = self.items(node.args, translate)
        if isinstance(called, ast.Name) and called.id == "super" and self.owner:
            return f"op.super({self.program.value(self.owner.__bases__[0])}, self)"
        if isinstance(called, ast.Attribute) and self.module_of(called.value) is None:
            self.program.attributes.add(called.attr)
            owner, name = translate(called.value), json.dumps(called.attr)
            more = f", {keywords}" if keywords else ""
            return f"op.method({owner}, {name}, [{given}]{more})"
        if isinstance(called, ast.Name) and called.id in ("hasattr", "getattr"):
            self.program.attributes |= _words(node.args[1:2])
        function = self.expression(called)
        if keywords:
            return f"op.call({function}, [{given}], {keywords})"
        return f"{function}({given})"

    def keywords(self, nodes):
        """Translate keyword arguments; nothing where there are none."""
        if not nodes:
            return ""
        parts = (
            f"...op.named({self.expression(each.value)})"
            if each.arg is None
            else f"{each.arg}: {self.expression(each.value)}"
            for each in nodes
        )
        return f"{{{', '.join(parts)}}}"

    def on_Lambda(self, node):
        return self.inner(node).text()

    def inner(self, node):
        """Return the translator of a function that stands within this one."""
        from nb_lib.live.translate.functions import Function

        inner = Function(self.program, self.code, scopes=self.scopes, node=node)
        inner.modules = self.modules
        return inner

    def imported(self, node):
        """Translate ``from x import y`` within a function; modules are looked up."""
        if not isinstance(node, ast.ImportFrom):
            raise refused(self.code, node, f"module {node.names[0].name}")
        out = []
        for alias in node.names:
            module = importlib.import_module(node.module)
            thing = getattr(module, alias.name, None)
            if thing is None:
                thing = importlib.import_module(f"{node.module}.{alias.name}")
            name = alias.asname or alias.name
            if isinstance(thing, types.ModuleType):
                self.modules[name] = thing
            else:
                value = self.program.value(thing, name)
                out.append(f"{identifier(name)} = {value};")
        return " ".join(out)


def _words(nodes):
    """Return those of some expressions that are plain words."""
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

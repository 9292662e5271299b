"""Whole functions: their parameters, their defaults, their local names."""

import ast
import json

from nb_lib.live.translate.names import identifier
from nb_lib.live.translate.refusal import refused
from nb_lib.live.translate.source import local_names, without_docstring
from nb_lib.live.translate.statements import Statements


class Function(Statements):
    """One function: its parameters, its local names, its statements."""

    def __init__(self, program, code, owner=None, scopes=(), node=None, has_self=None):
        super().__init__(program, code, owner, scopes)
        self.node = code.node if node is None else node
        self.has_self = owner is not None if has_self is None else has_self

    def text(self):
        """Return the function as a JavaScript expression."""
        arguments, node = self.node.args, self.node
        if arguments.kwarg:
            raise refused(self.code, node, f"**{arguments.kwarg.arg}")
        named = [*arguments.posonlyargs, *arguments.args]
        own = named[0].arg if self.has_self else None
        names = [each.arg for each in (*named, *arguments.kwonlyargs)]
        defaults, held = self._held(self._defaults(named, arguments))
        is_lambda = isinstance(node, ast.Lambda)
        body = [node.body] if is_lambda else without_docstring(node.body)
        bound, is_generator = local_names(body)
        rest = arguments.vararg.arg if arguments.vararg else None
        if rest and arguments.kwonlyargs:
            raise refused(self.code, node, f"parameters behind *{rest}")
        taken = {*names, *([rest] if rest else [])}
        self.scopes = [*self.scopes, taken | bound]
        inside = self._body(body, is_lambda, bound - taken, own)
        shown = [
            identifier(name) + (f" = {defaults[name]}" if name in defaults else "")
            for name in names
            if name != own
        ]
        shown += [f"...{identifier(rest)}"] if rest else []
        takes = json.dumps([name for name in names if name != own])
        least = sum(name not in defaults for name in names if name != own)
        star = "*" if is_generator else ""
        head = f"function{star} ({', '.join(shown)})"
        is_new = ", true" if not is_generator and self.returns_new(node) else ""
        text = f"op.def({takes}, {least}, {head} {{\n{inside}\n}}{is_new})"
        if not held:
            return text
        return f"(({', '.join(held)}) => {text})({', '.join(held.values())})"

    def _held(self, defaults):
        """Give defaults names of their own, as Python looks at them once, outside.

        Those of a function at the top of a module stand for themselves: nothing there
        changes, and a parameter's name hides nothing that they mention.
        """
        if not self.scopes:
            return defaults, {}
        names = {name: self.helper() for name in defaults}
        return names, {held: defaults[name] for name, held in names.items()}

    def _defaults(self, named, arguments):
        """Return the translated default of each parameter that has one."""
        tail = named[len(named) - len(arguments.defaults) :]
        pairs = [*zip(tail, arguments.defaults, strict=True)]
        pairs += [
            (each, default)
            for each, default in zip(
                arguments.kwonlyargs, arguments.kw_defaults, strict=True
            )
            if default is not None
        ]
        return {each.arg: self.expression(default) for each, default in pairs}

    def _body(self, body, is_lambda, bound, own):
        lines = [f"const {identifier(own)} = this;"] if own else []
        if bound:
            lines.append(f"let {', '.join(map(identifier, sorted(bound)))};")
        if is_lambda:
            return "\n".join([*lines, f"return {self.expression(body[0])};"])
        return "\n".join([*lines, *map(self.statement, body), "return null;"])

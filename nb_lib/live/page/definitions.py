"""Which definitions a function reaches: followed by name, through the source alone.

A definition is a statement at the top of a module that binds a name: a function, a
class, a constant. Whatever it mentions is reached too, in other modules as well. Names
are followed, not values, so what is asked of an object reaches nothing.
"""

import ast
import importlib.util
from pathlib import Path

from nb_lib.live.page.names import (
    bound,
    imported,
    mentioned,
    of_self,
    strings,
    without_docs,
)


class Module:
    """One parsed source, without its docstrings: what each name is bound to.

    ``imports`` maps a name to a dotted path, ``bound`` to its statements; ``loose`` are
    statements that bind nothing, and so may change anything.
    """

    def __init__(self, name, path):
        self.name, self.path = name, path
        self.imports, self.bound, self.loose = {}, {}, []
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        tree = without_docs(ast.parse(path.read_text(encoding="utf-8")))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                relative = "." * node.level + (node.module or "")
                node.module = importlib.util.resolve_name(relative, package)
        for statement in tree.body:
            imports, names = imported(statement), bound(statement)
            self.imports |= imports
            for each in names:
                self.bound.setdefault(each, []).append(statement)
            if not names and not imports:
                self.loose.append(statement)

    def method(self, owner, name):
        """Return the definitions of one method of a class; none is an empty list."""
        body = (node for statement in self.bound[owner] for node in statement.body)
        return [node for node in body if getattr(node, "name", None) == name]


class Reach:
    """All that was reached: texts by place, constant strings, foreign packages.

    Only what lies in the packages ``own`` is followed.
    """

    def __init__(self, own):
        self.own, self.modules = own, {}
        self.texts, self.strings, self.foreign = {}, set(), set()

    def path(self, dotted):
        """Reach what a dotted path names; if that is a module, all that it holds."""
        parts = dotted.split(".")
        if parts[0] not in self.own:
            self.foreign.add(parts[0])
            return
        for cut in range(len(parts), 0, -1):
            module = self.module(".".join(parts[:cut]))
            if module:
                for name in parts[cut : cut + 1] or {**module.bound, **module.imports}:
                    self.name(module, name, *parts[cut + 1 :])
                return

    def name(self, module, name, *attributes):
        """Reach what a module calls by this name, if it knows it."""
        if name in module.imports:
            self.texts[module.name, f"import {name}"] = module.imports[name]
            self.path(".".join([module.imports[name], *attributes]))
        if name in module.bound:
            self._take(module, name, module.bound[name])

    def method(self, dotted, owner, name):
        """Reach one method of a class, and those that it asks of ``self``."""
        module = self.module(dotted)
        statements = module.method(owner, name)
        if (module.name, f"{owner}.{name}") not in self.texts:
            self._take(module, f"{owner}.{name}", statements)
            for asked in {name for each in statements for name in of_self(each)}:
                self.method(dotted, owner, asked)

    def module(self, dotted):
        """Return the parsed module of this name, or None where there is no source."""
        if dotted not in self.modules:
            path = _source(dotted)
            self.modules[dotted] = Module(dotted, path) if path else None
        return self.modules[dotted]

    def _take(self, module, place, statements):
        """Keep the text of a definition and follow all that it mentions."""
        if (module.name, place) in self.texts:
            return
        self.texts[module.name, place] = "\n".join(map(ast.dump, statements))
        self._take(module, "", module.loose)
        for statement in statements:
            within = imported(statement, deep=True)
            for name, *attributes in mentioned(statement):
                if name in within:
                    self.path(".".join([within[name], *attributes]))
                else:
                    self.name(module, name, *attributes)
            self.strings |= {(module.path.parent, text) for text in strings(statement)}


def _source(dotted):
    try:
        spec = importlib.util.find_spec(dotted)
    except (ModuleNotFoundError, ValueError):  # a member, no module; or __main__
        return None
    path = Path(spec.origin) if spec and spec.origin else None
    return path if path and path.suffix == ".py" else None

"""What one statement of a source says of names: binds, imports, mentions."""

import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp,
           ast.GeneratorExp)  # fmt: skip
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docs(tree):
    """Take every docstring out of a tree, and return the tree."""
    for node in ast.walk(tree):
        has_body = isinstance(node, _DOCUMENTED)
        if has_body and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return tree


def bound(statement):
    """Return the names that a statement binds, or changes by index or attribute."""
    names = _assigned(statement)
    for node in _outside_scopes(statement):
        if isinstance(getattr(node, "ctx", None), ast.Store):
            names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names


def imported(statement, *, deep=False):
    """Map each name that a statement imports to its dotted path.

    With ``deep`` the imports within its functions count as well.
    """
    found = {}
    for node in ast.walk(statement) if deep else _outside_scopes(statement):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def mentioned(node, hidden=frozenset()):
    """Yield each name that a node mentions, with the attributes asked of it.

    Names local to a function are left out, for they mean nothing outside it.
    """
    attributes = []
    while isinstance(node, ast.Attribute):
        attributes.insert(0, node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id not in hidden:
        yield node.id, *attributes
    inner = hidden | _local(node) if isinstance(node, _FUNCTIONS) else hidden
    body = getattr(node, "body", ())
    for child in ast.iter_child_nodes(node):
        is_inside = child is body or isinstance(body, list) and child in body
        yield from mentioned(child, inner if is_inside else hidden)


def of_self(method):
    """Yield the attributes that a method asks of the object it belongs to."""
    for node in ast.walk(method):
        is_asked = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if is_asked and node.value.id == "self":
            yield node.attr


def strings(statement):
    """Yield every constant string; some may name a file."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _outside_scopes(node):
    """Yield a node and all that lies in it, but not within functions and classes."""
    yield node
    if not isinstance(node, _SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _outside_scopes(child)


def _assigned(statement):
    names = set()
    for node in _outside_scopes(statement):
        if isinstance(node, _DOCUMENTED):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _local(function):
    """Return the names that a function keeps to itself: arguments and assignments."""
    body = function.body if isinstance(function.body, list) else [function.body]
    names = {part.arg for part in ast.walk(function.args) if isinstance(part, ast.arg)}
    names = names.union(*map(_assigned, body))
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            names -= set(node.names)
    return names

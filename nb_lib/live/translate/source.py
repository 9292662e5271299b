"""The syntax tree of a live function or class, and where it stands."""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nb_lib.live.translate.refusal import Refused


@dataclass(frozen=True)
class Code:
    """One definition: its syntax, its place, and what its free names mean."""

    node: ast.AST
    file: str
    first_line: int  # of the source in its file
    names: dict  # globals, overlaid with what the closure holds


def code_of(function):
    """Return the Code of a function; raise Refused where it has no source."""
    function = _warning(function)
    code, bare = function.__code__, inspect.unwrap(function)
    if bare is not function:
        raise _unknown(bare.__code__, f"decorator around {bare.__name__}")
    names = function.__globals__ | _closed(function)
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError) as error:
        raise Refused(f"{function!r}: the page needs its source") from error
    file = _short(code)
    if code.co_name == "<lambda>":
        return Code(_lambda_of(code), file, 1, names)
    (node,) = ast.parse(textwrap.dedent("".join(lines))).body
    return Code(node, file, first, names)


def _warning(function):
    """Return a function without np.errstate around it: in the page nothing warns."""
    is_quiet = any(isinstance(held, np.errstate) for held in _closed(function).values())
    if is_quiet and hasattr(function, "__wrapped__"):
        return _warning(function.__wrapped__)
    return function


def _short(code):
    return "/".join(Path(code.co_filename).parts[-3:])


def _unknown(code, what):
    place = f"{_short(code)}, line {code.co_firstlineno}"
    return Refused(f"{place}: the page knows no {what}")


def _closed(function):
    """Return what the closure of a function holds, by name."""
    code, held = function.__code__, {}
    for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        try:
            held[name] = cell.cell_contents
        except ValueError as error:
            raise _unknown(code, f"{name} before it has a value") from error
    return held


def _lambda_of(code):
    """Find a lambda by the place of its body in its file."""
    tree = ast.parse(Path(code.co_filename).read_text(encoding="utf-8"))
    spots = [spot for spot in code.co_positions() if spot[3]]  # the first may be empty
    inside = {(line, column) for line, _, column, _ in spots}
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Lambda)
        and (node.body.lineno, node.body.col_offset) in inside
        and len(node.args.args) == code.co_argcount
    ]
    innermost = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    if not innermost:
        raise Refused(f"{code.co_filename}, line {code.co_firstlineno}: which lambda?")
    return innermost[0] if len(found) == 1 else _nearest(innermost, code)


def _nearest(lambdas, code):
    """Choose among nested lambdas the one whose body the code fills."""
    ends = [spot for spot in code.co_positions() if spot[3]]
    last = max((end_line, end) for _, end_line, _, end in ends)
    fits = [n for n in lambdas if (n.body.end_lineno, n.body.end_col_offset) == last]
    if len(fits) != 1:
        raise Refused(f"{code.co_filename}, line {code.co_firstlineno}: which lambda?")
    return fits[0]


def without_docstring(body):
    """Return the statements of a body that do something."""
    return [
        statement
        for statement in body
        if not (
            isinstance(statement, ast.Expr)
            and isinstance(statement.value, ast.Constant)
        )
    ]


def local_names(nodes):
    """Return the names that these statements bind, and whether they yield."""
    names, is_generator, todo = set(), False, list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(
            node, (ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp)
        ):
            names |= _walrus(node)
            continue
        is_generator |= isinstance(node, (ast.Yield, ast.YieldFrom))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        todo += ast.iter_child_nodes(node)
    return names, is_generator


def _walrus(comprehension):
    """Return the names that := binds within a comprehension: they lie outside it."""
    return {
        node.target.id
        for node in ast.walk(comprehension)
        if isinstance(node, ast.NamedExpr)
    }


def targets_of(node):
    """Return the names that an assignment's target binds."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}

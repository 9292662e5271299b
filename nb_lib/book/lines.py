"""Counting lines of code, for the budgets that the chapter states."""

import ast
import inspect
import io
import tokenize
from pathlib import Path

_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def count_code_lines(source_or_object):
    """Count the lines that are neither blank nor comment nor docstring.

    Takes source text, a ``Path`` to it, or a module, class or function. A string
    that is no docstring counts with every line on which it has text.
    """
    source = _source(source_or_object)
    is_method = source[:1] in {" ", "\t"}
    if is_method:
        source = "if True:\n" + source  # gives the indentation a meaning
    docstrings = _docstring_starts(ast.parse(source))
    code = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE and token.start not in docstrings:
            code.update(range(token.start[0], token.end[0] + 1))
    lines = source.splitlines()
    return sum(bool(lines[number - 1].strip()) for number in code) - is_method


def _source(thing):
    if isinstance(thing, Path):
        return thing.read_text(encoding="utf-8")
    return thing if isinstance(thing, str) else inspect.getsource(thing)


def _docstring_starts(tree):
    """Find (line, column) of every docstring, as the tokeniser will report it."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return {
        (node.body[0].lineno, node.body[0].col_offset)
        for node in nodes
        if ast.get_docstring(node, clean=False) is not None
    }

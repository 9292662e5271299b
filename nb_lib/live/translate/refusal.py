"""What the page cannot carry over, said with its place."""


class Refused(ValueError):
    """Something outside what the page knows; the text says where it stands."""


def refused(code, node, what):
    """Return the refusal of ``what``, which stands at a syntax node of a function."""
    line = code.first_line + node.lineno - 1 if node is not None else code.first_line
    return Refused(f"{code.file}, line {line}: the page knows no {what}")

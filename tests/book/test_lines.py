"""Lines of code: neither blank nor comment nor docstring."""

import textwrap
from pathlib import Path

import pytest

from nb_lib.book import lines
from nb_lib.book.lines import count_code_lines


class Sample:
    """A docstring
    of two lines.
    """

    # a comment
    rate = 0.1  # one line of code, in spite of the comment

    @staticmethod
    def text():
        """One line."""
        return """first

        third"""


@pytest.mark.parametrize(("count", "source"), [
    (0, ""),
    (0, '"""Docstring of a module."""\n\n# comment\n'),
    (0, "# comment\n   # another\n\n\n"),
    (1, "x = 1  # why\n"),
    (2, "x = 1\n\n\n# between\ny = 2"),
    (1, "x = 1; y = 2\n"),
    (3, "f(\n    1,\n    # comment inside\n\n)\n"),
    (2, 'def f():\n    """Docstring."""\n    return 1\n'),
    (1, 'def f(): """Docstring beside code."""\n'),
    (2, "class A:\n    '''Docstring\n\n    of three lines.'''\n    x = 1\n"),
    (2, "@decorated\ndef f(): pass\n"),
    (3, 's = """one\n\nthree\nfour"""\n'),
    (2, 'x = 1\n"""A string after code is no docstring."""\n'),
    (2, 's = f"""one\n{x} two"""\n'),
    (2, "x = 1 + \\\n    2\n"),
    (3, "async def f():\n    '''Docstring.'''\n    if x:\n        return '# text'\n"),
    (1, "é = 'é'  # è\n"),
])  # fmt: skip
def test_count_knows_code_from_the_rest(count, source):
    assert count_code_lines(source) == count


def test_count_takes_a_path(tmp_path):
    path = tmp_path / "code.py"
    path.write_text('"""Über."""\nx = "é"\n', encoding="utf-8")
    assert count_code_lines(path) == 1


@pytest.mark.parametrize(("count", "thing"), [(6, Sample), (4, Sample.text)])
def test_count_takes_a_class_and_an_indented_method(count, thing):
    assert count_code_lines(thing) == count


def test_count_takes_a_module():
    assert count_code_lines(lines) == count_code_lines(Path(lines.__file__))


def test_count_does_not_mind_indentation():
    source = 'def f():\n    """Docstring."""\n    return 1\n'
    assert count_code_lines(textwrap.indent(source, "    ")) == 2

"""Functions of a test module, asked in Python and, translated, in an engine."""

import inspect
import json

import numpy as np
import pytest

from nb_lib.live.translate import Program, names

pytest.importorskip("playwright", reason="the engine is Playwright's own")


@pytest.fixture
def translated(monkeypatch, tmp_path):
    """Give a function that translates functions without parameters, by name."""
    monkeypatch.setattr(names, "OWN", {"nb_lib", __name__.split(".")[0]})
    from javascript import Engine

    engines = []

    def translate(functions):
        program = Program()
        parts = [f"{json.dumps(f.__name__)}: {program.value(f)}" for f in functions]
        text = f"{program.text()}\nglobalThis.snippets = {{{', '.join(parts)}}};\n"
        engines.append(Engine(tmp_path, text))
        return lambda name: engines[-1].call("program", name)

    yield translate
    for engine in engines:
        engine.close()


@pytest.fixture
def agree(translated):
    """Give a function that compares each case of a module in both languages.

    A ``case_`` gives the same value, a ``fails_`` raises the same kind of error.
    """

    def compare(module):
        cases = [
            each
            for name, each in vars(module).items()
            if inspect.isfunction(each) and name.startswith(("case_", "fails_"))
        ]
        ask = translated(cases)
        for case in cases:
            name = case.__name__
            told = outcome if name.startswith("case_") else failure
            wanted, got = told(case), told(lambda name=name: ask(name))
            assert got == wanted, f"{name}: {got} for {wanted}"
        return len(cases)

    return compare


def outcome(case):
    """Return what a case gives, plain."""
    return plain(case())


def failure(case):
    """Return the name of the error that a case raises, or what it gives instead."""
    from javascript import Refused

    try:
        return f"no error but {case()}"
    except Refused as error:
        return error.kind
    except Exception as error:
        return type(error).__name__


def plain(value):
    """Give a value as the engine's answers are: lists as tuples, arrays as numbers."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    return tuple(map(plain, value)) if isinstance(value, (list, tuple)) else value

"""Everything that some live functions reach, as the text of one JavaScript program.

It starts from objects, not from files: a name is looked up in the globals and the
closure of the function that uses it, and what it means there is carried over. Only
what is reached is kept.
"""

import functools
import json
import types

import numpy as np

from nb_lib.data.asset import Asset
from nb_lib.live.page.assets import literal
from nb_lib.live.translate.classes import Classes
from nb_lib.live.translate.literals import Literals, number
from nb_lib.live.translate.names import FOREIGN, is_own
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.source import code_of


class Program(Literals, Classes):
    """The definitions that have been reached so far."""

    def __init__(self, stand_in=lambda thing: None):
        self.stand_in = stand_in  # gives an expression for what the page has itself
        self.names = {}  # id of an object -> its name in the program
        self.kept = []  # the objects themselves, so that no id is given twice
        self.texts = {}  # name -> its definition, in the order of need
        self.classes = {}  # class -> its name
        self.attributes = set()  # names that are asked of some object
        self.done = set()  # methods that are translated already

    def text(self):
        """Return all definitions; methods are those whose names somebody asks for."""
        while missing := [*self._missing_methods()]:
            for owner, name, member in missing:
                self.done.add((owner, name))
                self._method(owner, name, member)
        return "\n".join(self.texts.values())

    def value(self, thing, name="value"):
        """Return an expression for a live object; define what it needs."""
        if thing is None or isinstance(thing, (bool, np.bool_)):
            return json.dumps(None if thing is None else bool(thing))
        if isinstance(thing, (int, float, np.integer, np.floating)):
            return number(thing)
        if isinstance(thing, str):
            return json.dumps(thing)
        if isinstance(thing, types.ModuleType):
            return self._module(thing)
        if isinstance(thing, type):
            return self._class(thing)
        if id(thing) in self.names:
            return self.names[id(thing)]
        if isinstance(thing, types.FunctionType):
            return self._function(thing)
        if isinstance(thing, Asset):
            return self._asset(thing)
        return self._object(thing, name)

    def _asset(self, thing):
        """Define a function that returns the array which an asset holds."""
        word = self._name_for(thing, thing.__name__)
        self._define(word, f"const {word} = {literal(thing())};")
        return word

    def _module(self, module):
        if module.__name__ in FOREIGN:
            return FOREIGN[module.__name__]
        raise Refused(f"the page knows no module {module.__name__}")

    def _object(self, thing, name):
        """Return an expression for what is neither plain nor code of ours."""
        if (expression := self.stand_in(thing)) is not None:
            return expression
        if isinstance(thing, (types.BuiltinFunctionType, np.ufunc)):
            return self._builtin(thing)
        if isinstance(thing, functools.partial):
            keywords = ", ".join(
                f"{k}: {self.value(v)}" for k, v in thing.keywords.items()
            )
            parts = ", ".join(map(self.value, (thing.func, *thing.args)))
            return self._shared(thing, name, f"op.partial([{parts}], {{{keywords}}})")
        if isinstance(thing, functools._lru_cache_wrapper):
            inner = self.value(thing.__wrapped__)
            return self._shared(thing, name, f"functools.lru_cache({inner})")
        if isinstance(thing, types.MethodType):
            owner, word = self.value(thing.__self__), json.dumps(thing.__name__)
            self.attributes.add(thing.__name__)
            return self._shared(thing, name, f"op.bound({owner}, {word})")
        if getattr(type(thing), "__module__", "").startswith("numpy") and callable(
            thing
        ):
            return f"np.{thing.__name__}"
        if isinstance(thing, np.dtype):
            return json.dumps(thing.name)
        return self._shared(thing, name, self._literal(thing, name))

    def _shared(self, thing, name, expression):
        """Define an object once, made when it is first asked for."""
        word = self._name_for(thing, f"the_{name}")
        self.texts[word] = f"const {word} = op.once(() => {expression});"
        self.names[id(thing)] = f"{word}()"
        return f"{word}()"

    def _builtin(self, thing):
        if isinstance(thing, np.ufunc):
            is_numpys = getattr(np, thing.__name__, None) is thing
            return f"{'np' if is_numpys else 'special'}.{thing.__name__}"
        module = thing.__module__ or type(getattr(thing, "__self__", None)).__module__
        if module == "builtins":
            return f"py.{thing.__name__}"
        if module in FOREIGN:
            return f"{FOREIGN[module]}.{thing.__name__}"
        raise Refused(f"the page knows no {module}.{thing.__name__}")

    def _name_for(self, thing, wished):
        """Give an object a name that no other has, and remember it."""
        letters = "".join(c if c.isalnum() else "_" for c in wished)
        word, n = f"${letters}", 1
        while word in self.texts:
            n += 1
            word = f"${letters}{n}"
        self.names[id(thing)] = word
        self.kept.append(thing)
        self.texts[word] = ""  # the name is taken while its definition is written
        return word

    def _define(self, word, text):
        del self.texts[word]  # after all that it needs
        self.texts[word] = text

    def _function(self, function):
        from nb_lib.live.translate.functions import Function

        module = function.__module__ or ""
        if not is_own(module):
            return self._foreign(function, module)
        word = self._name_for(function, function.__name__)
        code = code_of(function)
        self._define(word, f"const {word} = {Function(self, code).text()};")
        return word

    def _foreign(self, function, module):
        if module.startswith("numpy"):
            space = "np.linalg" if "linalg" in module else "np"
            return f"{space}.{function.__name__}"
        if module in FOREIGN:
            return f"{FOREIGN[module]}.{function.__name__}"
        raise Refused(f"the page knows no {module}.{function.__qualname__}")

"""Everything that some live functions reach, as the text of one JavaScript program.

It starts from objects, not from files: a name is looked up in the globals and the
closure of the function that uses it, and what it means there is carried over. Only
what is reached is kept.
"""

import ast
import fractions
import functools
import inspect
import json
import math
import sys
import types
from dataclasses import MISSING, fields, is_dataclass

import numpy as np

from nb_lib.data.asset import Asset
from nb_lib.live.page.assets import literal
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.source import Code, code_of, targets_of

FOREIGN = {  # modules of Python that the runtime has under a name of its own
    "math": "math",
    "itertools": "itertools",
    "functools": "functools",
    "operator": "operator",
    "collections": "collections",
    "collections.abc": "abc",
    "fractions": "fractions",
    "numbers": "numbers",
    "numpy": "np",
    "scipy.special": "special",
}
OWN = {"nb_lib"}  # the packages whose code is translated
FORMS = {  # of a member of a class, and what the runtime calls them
    "method": "addMethod",
    "getter": "getter",
    "cached": "cached",
    "static": "static",
    "ofClass": "ofClass",
}
BIGGEST = 4000  # elements of an array that stands in the program
JAVASCRIPT = (
    "arguments await break case catch class const continue debugger default delete do "
    "else enum eval export extends false finally for function if implements import in "
    "instanceof interface let new null package private protected public return static "
    "super switch this throw true try typeof var void while with yield"
)
RUNTIME = (
    "op py np math itertools functools operator collections abc numbers fractions "
    "special"
)
RESERVED = {*JAVASCRIPT.split(), *RUNTIME.split()}
WORDS = (
    "init post_init call len getitem setitem iter next contains bool eq ne lt le gt "
    "ge add radd sub rsub mul rmul truediv rtruediv floordiv mod pow rpow matmul "
    "rmatmul neg and or format str repr"
)
SPECIAL = {f"__{word}__" for word in WORDS.split()}  # Python calls them by itself


def is_own(module):
    """Say whether a module is one whose code is translated."""
    return module.split(".")[0] in OWN


def identifier(name):
    """Return a name of Python as one that JavaScript takes."""
    return f"{name}_" if name in RESERVED else name


class Program:
    """The definitions that have been reached so far."""

    def __init__(self, stand_in=lambda thing: None):
        self.stand_in = stand_in  # gives an expression for what the page has itself
        self.names = {}  # id of an object -> its name in the program
        self.kept = []  # the objects themselves, so that no id is given twice
        self.texts = {}  # name -> its definition, in the order of need
        self.classes = {}  # class -> its name
        self.attributes = set()  # names that are asked of some object
        self.assets = set()  # names of definitions that hold data
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
        self.assets.add(word)
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

    def _literal(self, thing, name):
        """Return an expression for a container, an array or an instance of ours."""
        if isinstance(thing, np.ndarray):
            if thing.size > BIGGEST:
                return self._from_assignment(thing, name)
            items = self.value(thing.tolist(), name)
            return f"np.array({items}, {json.dumps(thing.dtype.name)})"
        if isinstance(thing, (tuple, list)):
            items = ", ".join(self.value(each, name) for each in thing)
            return f"op.tuple([{items}])" if isinstance(thing, tuple) else f"[{items}]"
        if isinstance(thing, (dict, types.MappingProxyType)):
            items = (f"[{self.value(k)}, {self.value(v)}]" for k, v in thing.items())
            return f"op.dict([{', '.join(items)}])"
        if isinstance(thing, (set, frozenset)):
            return f"op.set([{', '.join(self.value(each) for each in thing)}])"
        if isinstance(thing, range):
            return f"py.range({thing.start}, {thing.stop}, {thing.step})"
        if isinstance(thing, fractions.Fraction):
            return f"fractions.Fraction({thing.numerator}, {thing.denominator})"
        if is_own(type(thing).__module__):
            return self._instance(thing)
        raise Refused(f"{name}: the page knows no {type(thing).__qualname__}")

    def _from_assignment(self, thing, name):
        """Return what a module assigns to a name, instead of the many numbers."""
        from nb_lib.live.translate.expressions import Expressions

        for module in [*sys.modules.values()]:
            if vars(module).get(name) is not thing or not is_own(module.__name__):
                continue
            tree = ast.parse(inspect.getsource(module))
            for node in tree.body:
                if isinstance(node, ast.Assign) and name in targets_of(node.targets[0]):
                    code = Code(tree, module.__name__, 1, vars(module))
                    return Expressions(self, code).expression(node.value)
        raise Refused(f"{name}: an array of {thing.size} is too big for a page")

    def _instance(self, thing):
        state = vars(thing)
        items = ", ".join(f"{k}: {self.value(v, k)}" for k, v in state.items())
        return f"op.instance({self._class(type(thing))}, {{{items}}})"

    def _shared(self, thing, name, expression):
        """Define an object once, made when it is first asked for."""
        word = self._name_for(thing, f"the_{name}")
        self.texts[word] = f"const {word} = op.once(() => {expression});"
        self.names[id(thing)] = f"{word}()"
        return f"{word}()"

    def _builtin(self, thing):
        if isinstance(thing, np.ufunc):
            return f"np.{thing.__name__}"
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
        from nb_lib.live.translate.statements import Function

        module = function.__module__ or ""
        if not is_own(module):
            return self._foreign(function, module)
        word = self._name_for(function, function.__name__)
        code = code_of(inspect.unwrap(function))
        self._define(word, f"const {word} = {Function(self, code).text()};")
        return word

    def _foreign(self, function, module):
        if module.startswith("numpy"):
            space = "np.linalg" if "linalg" in module else "np"
            return f"{space}.{function.__name__}"
        if module in FOREIGN:
            return f"{FOREIGN[module]}.{function.__name__}"
        raise Refused(f"the page knows no {module}.{function.__qualname__}")

    def _class(self, cls):
        if issubclass(cls, BaseException):
            return f"py.exception({json.dumps(cls.__name__)})"
        if cls.__module__ == "builtins":
            return f'op.known(py, "{cls.__name__}")'
        if cls in self.classes:
            return self.classes[cls]
        module = cls.__module__
        if module.startswith("numpy.random"):
            return f"np.random.{cls.__name__}"
        if module.startswith("numpy"):
            return f"np.{cls.__name__}"
        if module in FOREIGN:
            return f"{FOREIGN[module]}.{cls.__name__}"
        if not is_own(module):
            raise Refused(f"the page knows no class {module}.{cls.__qualname__}")
        return self._own_class(cls)

    def _own_class(self, cls):
        word = self._name_for(cls, cls.__name__)
        self.classes[cls] = word
        bases = [base for base in cls.__bases__ if base is not object]
        if len(bases) > 1:
            raise Refused(f"class {cls.__qualname__}: the page knows one base only")
        base = self._class(bases[0]) if bases else "null"
        if is_dataclass(cls) and "__init__" in vars(cls):
            parts = f"{self._fields(cls)}"
        else:
            parts = "null"
        name = json.dumps(cls.__name__)
        self._define(word, f"const {word} = op.class({name}, {base}, {parts});")
        for key, member in vars(cls).items():
            if not key.startswith("__") and not callable(member) and _is_plain(member):
                value, label = self.value(member, key), json.dumps(key)
                self.texts[f"{word}.{key}"] = (
                    f"op.constant({word}, {label}, () => {value});"
                )
        return word

    def _fields(self, cls):
        """Return the fields of a dataclass as [name, default] in the order of init."""
        parts = []
        order = list(inspect.signature(cls).parameters)
        known = {each.name: each for each in fields(cls)}
        for name in order:
            default = known[name]
            if default.default is not MISSING:
                parts.append(f'["{name}", () => {self.value(default.default, name)}]')
            elif default.default_factory is not MISSING:
                made = self.value(default.default_factory, name)
                parts.append(f'["{name}", () => {made}()]')
            else:
                parts.append(f'["{name}"]')
        return f"[{', '.join(parts)}]"

    def _missing_methods(self):
        for cls in list(self.classes):
            for name, member in vars(cls).items():
                if (cls, name) in self.done or not _is_method(member):
                    continue
                is_made = is_dataclass(cls) and name in (
                    "__init__",
                    "__eq__",
                    "__repr__",
                )
                is_asked = name in self.attributes or name in SPECIAL
                if is_asked and not is_made and not _is_generated(member):
                    yield cls, name, member

    def _method(self, cls, name, member):
        from nb_lib.live.translate.statements import Function

        word, kind, function = self.classes[cls], "method", member
        if isinstance(member, (property, functools.cached_property)):
            kind = "getter" if isinstance(member, property) else "cached"
            function = member.fget if kind == "getter" else member.func
        if isinstance(member, (staticmethod, classmethod)):
            kind = "static" if isinstance(member, staticmethod) else "ofClass"
            function = member.__func__
        code = code_of(inspect.unwrap(function))
        text = Function(self, code, owner=cls, has_self=kind != "static").text()
        self.texts[f"{word}.{name}"] = (
            f"op.{FORMS[kind]}({word}, {json.dumps(name)}, {text});"
        )


def number(value):
    """Write a number as JavaScript reads it."""
    if isinstance(value, (int, np.integer)):
        if abs(int(value)) > 2**53:
            raise Refused(f"the page cannot hold the whole number {value}")
        return f"({int(value)})" if value < 0 else str(int(value))
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    return f"({value!r})" if math.copysign(1, value) < 0 else repr(value)


def _is_plain(member):
    kinds = (property, functools.cached_property, staticmethod, classmethod)
    return not isinstance(
        member, (*kinds, types.MemberDescriptorType, types.GetSetDescriptorType)
    )


def _is_method(member):
    kinds = (types.FunctionType, property, functools.cached_property)
    return isinstance(member, (*kinds, staticmethod, classmethod))


def _is_generated(member):
    """Say whether a decorator wrote a method, as dataclass does."""
    function = member if isinstance(member, types.FunctionType) else None
    return function is not None and function.__code__.co_filename == "<string>"

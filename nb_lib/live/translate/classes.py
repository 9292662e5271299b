"""Classes of ours: their fields, and those of their methods that somebody asks for."""

import functools
import inspect
import json
import types
from dataclasses import MISSING, fields, is_dataclass

from nb_lib.live.translate.names import FOREIGN, is_own
from nb_lib.live.translate.refusal import Refused
from nb_lib.live.translate.source import code_of

FORMS = {  # of a member of a class, and what the runtime calls them
    "method": "addMethod",
    "getter": "getter",
    "cached": "cached",
    "static": "static",
    "ofClass": "ofClass",
}
WORDS = (
    "init post_init call len getitem setitem iter next contains bool eq ne lt le gt "
    "ge add radd sub rsub mul rmul truediv rtruediv floordiv mod pow rpow matmul "
    "rmatmul neg and or format str repr"
)
SPECIAL = {f"__{word}__" for word in WORDS.split()}  # Python calls them by itself


class Classes:
    """The part of a Program that defines classes."""

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
        word, kind, functions = self.classes[cls], "method", [member]
        if isinstance(member, property):
            kind = "getter"
            functions = [each for each in (member.fget, member.fset) if each]
        if isinstance(member, functools.cached_property):
            kind, functions = "cached", [member.func]
        if isinstance(member, (staticmethod, classmethod)):
            kind = "static" if isinstance(member, staticmethod) else "ofClass"
            functions = [member.__func__]
        texts = [self._text(each, cls, has_self=kind != "static") for each in functions]
        self.texts[f"{word}.{name}"] = (
            f"op.{FORMS[kind]}({word}, {json.dumps(name)}, {', '.join(texts)});"
        )

    def _text(self, function, cls, *, has_self):
        from nb_lib.live.translate.functions import Function

        return Function(self, code_of(function), owner=cls, has_self=has_self).text()


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

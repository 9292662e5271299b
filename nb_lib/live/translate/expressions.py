"""Expressions of Python as expressions of JavaScript."""

import ast
import builtins
import importlib
import json
import types

from nb_lib.live.translate.program import FOREIGN, identifier, is_own
from nb_lib.live.translate.refusal import refused
from nb_lib.live.translate.source import targets_of

BINARY = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "remainder",
    ast.Pow: "power",
    ast.MatMult: "matmul",
    ast.BitAnd: "logical_and",
    ast.BitOr: "logical_or",
    ast.BitXor: "logical_xor",
}
COMPARE = {
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
}
UNARY = {ast.USub: "negative", ast.UAdd: "positive", ast.Invert: "logical_not"}


class Expressions:
    """Translates the expressions of one function; statements.py has the rest."""

    def __init__(self, program, code, owner=None, scopes=()):
        self.program, self.code, self.owner = program, code, owner
        self.scopes = list(scopes)  # sets of names that are bound in JavaScript
        self.modules = {}  # names that an import within the function binds to a module
        self.n_helpers = 0

    def helper(self):
        """Return a fresh name for a value that is needed twice."""
        self.n_helpers += 1
        return f"$h{self.n_helpers}"

    def expression(self, node):
        """Translate any expression, or raise Refused."""
        translate = getattr(self, f"on_{type(node).__name__}", None)
        if translate is None:
            raise refused(self.code, node, f"{type(node).__name__}")
        return translate(node)

    def test(self, node):
        """Translate what is only asked whether it is true."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self.test(node.operand)}"
        if isinstance(node, ast.BoolOp):
            word = " && " if isinstance(node.op, ast.And) else " || "
            return f"({word.join(map(self.test, node.values))})"
        return f"op.truth({self.expression(node)})"

    # names

    def is_local(self, name):
        return any(name in scope for scope in self.scopes)

    def on_Name(self, node):
        name = node.id
        if self.is_local(name):
            return identifier(name)
        if name in self.code.names:
            return self.program.value(self.code.names[name], name)
        if hasattr(builtins, name):
            thing = getattr(builtins, name)
            return (
                self.program.value(thing) if isinstance(thing, type) else f"py.{name}"
            )
        raise refused(self.code, node, f"name {name}")

    def module_of(self, node):
        """Return the live module that a dotted name means, or None."""
        if isinstance(node, ast.Name):
            if node.id in self.modules:
                return self.modules[node.id]
            found = None if self.is_local(node.id) else self.code.names.get(node.id)
        elif isinstance(node, ast.Attribute):
            found = getattr(self.module_of(node.value), node.attr, None)
        else:
            found = None
        return found if isinstance(found, types.ModuleType) else None

    def on_Attribute(self, node):
        module = self.module_of(node.value)
        if module is None:
            self.program.attributes.add(node.attr)
            return f"op.attr({self.expression(node.value)}, {json.dumps(node.attr)})"
        root, *inner = module.__name__.split(".")
        if is_own(root):
            return self.program.value(getattr(module, node.attr), node.attr)
        if root != "numpy" and module.__name__ not in FOREIGN:
            raise refused(self.code, node, f"module {module.__name__}")
        space = (
            ".".join(["np", *inner]) if root == "numpy" else FOREIGN[module.__name__]
        )
        return f"op.known({space}, {json.dumps(node.attr)})"

    # plain values and containers

    def on_Constant(self, node):
        if node.value is Ellipsis:
            return "op.dots"
        return self.program.value(node.value)

    def items(self, nodes):
        """Translate a list of expressions, some of them starred."""
        return ", ".join(
            f"...op.iter({self.expression(each.value)})"
            if isinstance(each, ast.Starred)
            else self.expression(each)
            for each in nodes
        )

    def on_Tuple(self, node):
        return f"op.tuple([{self.items(node.elts)}])"

    def on_List(self, node):
        return f"[{self.items(node.elts)}]"

    def on_Set(self, node):
        return f"op.set([{self.items(node.elts)}])"

    def on_Dict(self, node):
        pairs = (
            f"...op.items({self.expression(value)})"
            if key is None
            else f"[{self.expression(key)}, {self.expression(value)}]"
            for key, value in zip(node.keys, node.values, strict=True)
        )
        return f"op.dict([{', '.join(pairs)}])"

    def on_JoinedStr(self, node):
        parts = ['""', *map(self.on_formatted, node.values)]  # so that + joins words
        return f"({' + '.join(parts)})"

    def on_FormattedValue(self, node):
        return self.on_formatted(node)

    def on_formatted(self, node):
        """Translate a piece of an f-string."""
        if isinstance(node, ast.Constant):
            return json.dumps(node.value)
        spec = self.expression(node.format_spec) if node.format_spec else '""'
        is_repr = ", true" if node.conversion == ord("r") else ""
        return f"op.format({self.expression(node.value)}, {spec}{is_repr})"

    # operators

    def on_BinOp(self, node):
        word = BINARY.get(type(node.op))
        if word is None:
            raise refused(self.code, node, f"operator {type(node.op).__name__}")
        return f"op.{word}({self.expression(node.left)}, {self.expression(node.right)})"

    def on_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            return f"!{self.test(node.operand)}"
        return f"op.{UNARY[type(node.op)]}({self.expression(node.operand)})"

    def on_BoolOp(self, node):
        word = "and" if isinstance(node.op, ast.And) else "or"
        *firsts, last = map(self.expression, node.values)
        for value in reversed(firsts):
            last = f"op.{word}({value}, () => {last})"
        return last

    def on_Compare(self, node):
        values = [self.expression(each) for each in (node.left, *node.comparators)]
        if len(node.ops) == 1:
            return self.compared(node, node.ops[0], *values)
        names = [self.helper() for _ in values]  # each is looked at once
        tests = [
            f"op.truth({self.compared(node, each, names[i], names[i + 1])})"
            for i, each in enumerate(node.ops)
        ]
        return f"(({', '.join(names)}) => {' && '.join(tests)})({', '.join(values)})"

    def compared(self, node, operator, left, right):
        """Translate one comparison."""
        if type(operator) in COMPARE:
            return f"op.{COMPARE[type(operator)]}({left}, {right})"
        mark = "!" if isinstance(operator, (ast.IsNot, ast.NotIn)) else ""
        if isinstance(operator, (ast.Is, ast.IsNot)):
            return f"{mark}op.is({left}, {right})"
        return f"{mark}op.contains({right}, {left})"

    def on_IfExp(self, node):
        yes, no = self.expression(node.body), self.expression(node.orelse)
        return f"({self.test(node.test)} ? {yes} : {no})"

    def on_NamedExpr(self, node):
        return f"({identifier(node.target.id)} = {self.expression(node.value)})"

    # subscripts

    def on_Subscript(self, node):
        return f"op.get({self.expression(node.value)}, {self.key(node.slice)})"

    def key(self, node):
        """Translate what stands in square brackets."""
        if isinstance(node, ast.Slice):
            parts = (node.lower, node.upper, node.step)
            words = (self.expression(each) if each else "null" for each in parts)
            return f"op.slice({', '.join(words)})"
        if isinstance(node, ast.Tuple):
            keys = (
                f"...op.iter({self.expression(each.value)})"
                if isinstance(each, ast.Starred)
                else self.key(each)
                for each in node.elts
            )
            return f"op.tuple([{', '.join(keys)}])"
        return self.expression(node)

    # calls

    def on_Call(self, node):
        given, keywords = self.items(node.args), self.keywords(node.keywords)
        called = node.func
        if isinstance(called, ast.Name) and called.id == "super" and self.owner:
            return f"op.super({self.program.value(self.owner.__bases__[0])}, self)"
        if isinstance(called, ast.Attribute) and self.module_of(called.value) is None:
            self.program.attributes.add(called.attr)
            owner, name = self.expression(called.value), json.dumps(called.attr)
            more = f", {keywords}" if keywords else ""
            return f"op.method({owner}, {name}, [{given}]{more})"
        function = self.expression(called)
        if keywords:
            return f"op.call({function}, [{given}], {keywords})"
        return f"{function}({given})"

    def keywords(self, nodes):
        """Translate keyword arguments; nothing where there are none."""
        if not nodes:
            return ""
        parts = (
            f"...op.named({self.expression(each.value)})"
            if each.arg is None
            else f"{each.arg}: {self.expression(each.value)}"
            for each in nodes
        )
        return f"{{{', '.join(parts)}}}"

    def on_Lambda(self, node):
        return self.inner(node).text()

    def inner(self, node):
        """Return the translator of a function that stands within this one."""
        from nb_lib.live.translate.statements import Function

        inner = Function(self.program, self.code, scopes=self.scopes, node=node)
        inner.modules = self.modules
        return inner

    # comprehensions: a generator, called at once

    def on_GeneratorExp(self, node):
        return self.comprehension(node, lambda: f"yield {self.expression(node.elt)};")

    def on_ListComp(self, node):
        return f"[...{self.on_GeneratorExp(node)}]"

    def on_SetComp(self, node):
        return f"op.set({self.on_GeneratorExp(node)})"

    def on_DictComp(self, node):
        def pair():
            return (
                f"yield [{self.expression(node.key)}, {self.expression(node.value)}];"
            )

        return f"op.dict({self.comprehension(node, pair)})"

    def comprehension(self, node, innermost):
        """Translate the loops around what ``innermost`` translates."""
        first = self.expression(node.generators[0].iter)
        names = set().union(*(targets_of(each.target) for each in node.generators))
        self.scopes.append(names)
        heads = []
        for i, each in enumerate(node.generators):
            source = "$first" if i == 0 else f"op.iter({self.expression(each.iter)})"
            item, bound = (
                self.helper(),
                ", ".join(map(identifier, targets_of(each.target))),
            )
            tests = "".join(f"if ({self.test(test)}) " for test in each.ifs)
            taken = self.assign(each.target, item)
            heads.append(
                f"for (const {item} of {source}) {{ let {bound}; {taken} {tests}{{"
            )
        body = f"{' '.join(heads)} {innermost()} {'} }' * len(heads)}"
        self.scopes.pop()
        return f"(function* ($first) {{ {body} }})(op.iter({first}))"

    def on_Yield(self, node):
        value = self.expression(node.value) if node.value else "null"
        return f"(yield {value})"

    def on_YieldFrom(self, node):
        return f"(yield* op.iter({self.expression(node.value)}))"

    # imports within a function

    def imported(self, node):
        """Translate ``from x import y`` within a function; modules are looked up."""
        if not isinstance(node, ast.ImportFrom):
            raise refused(self.code, node, f"module {node.names[0].name}")
        out = []
        for alias in node.names:
            module = importlib.import_module(node.module)
            thing = getattr(module, alias.name, None)
            if thing is None:
                thing = importlib.import_module(f"{node.module}.{alias.name}")
            name = alias.asname or alias.name
            if isinstance(thing, types.ModuleType):
                self.modules[name] = thing
            else:
                value = self.program.value(thing, name)
                out.append(f"{identifier(name)} = {value};")
        return " ".join(out)

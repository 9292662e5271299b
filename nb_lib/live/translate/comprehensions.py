"""Comprehensions and generators: loops within an expression."""

from nb_lib.live.translate.names import identifier
from nb_lib.live.translate.source import targets_of


class Comprehensions:
    """The part of Expressions that loops. A comprehension is a generator, called."""

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
            item = self.helper()
            tests = "".join(f"if ({self.test(test)}) " for test in each.ifs)
            taken = self.assign(each.target, item)
            heads.append(f"for (const {item} of {source}) {{ {taken} {tests}{{")
        body = f"{' '.join(heads)} {innermost()} {'} }' * len(heads)}"
        self.scopes.pop()
        bound = ", ".join(map(identifier, sorted(names)))  # one for all rounds
        return f"(function* ($first) {{ let {bound}; {body} }})(op.iter({first}))"

    def on_Yield(self, node):
        value = self.expression(node.value) if node.value else "null"
        return f"(yield {value})"

    def on_YieldFrom(self, node):
        return f"(yield* op.iter({self.expression(node.value)}))"

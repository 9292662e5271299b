"""Walking through a graph one operation at a time, in reverse mode and in forward mode.

Two kinds of work are counted: a value, when an operation is evaluated, and a product,
when one of its slopes is multiplied with what arrives.
"""

from dataclasses import dataclass

from nb_lib.sections.s09_15_autograd.graphs import OPERATIONS


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    nodes: tuple
    is_reverse: bool
    step: int
    last: int  # the step after which nothing is left to do
    values: dict  # by name, as far as known
    slopes: dict  # by name: gradients, or slopes along the input of this pass
    found: dict  # by name of an input: dy along it, once the walk has found it
    active: str  # the operation of this step; an empty word before the first
    along: str  # the input of this pass in forward mode; else an empty word
    counts: tuple[int, int]  # values and products so far


def inputs_of(nodes):
    """List the names of the inputs."""
    return [node.name for node in nodes if node.operation is None]


def operations_of(nodes):
    """List the operations, in an order in which they can be evaluated."""
    return [node for node in nodes if node.operation is not None]


def evaluate(node, values):
    """Return the value of an operation, and its slopes along its inputs."""
    return OPERATIONS[node.operation](*[values[name] for name in node.inputs])


def last_step(nodes, is_reverse):
    """Return how many steps there are: each operation twice, or once for each input."""
    rounds = 2 if is_reverse else len(inputs_of(nodes))
    return rounds * len(operations_of(nodes))


def reverse(nodes, step):
    """Evaluate all operations, then hand gradients back from the last to the first."""
    operations = operations_of(nodes)
    last = last_step(nodes, True)
    step = min(step, last)
    values = {node.name: node.value for node in nodes if node.operation is None}
    slopes, active, products = {}, "", 0
    for node in operations[:step]:
        values[node.name], _ = evaluate(node, values)
        active = node.name
    back = max(step - len(operations), 0)
    if back:
        slopes = {operations[-1].name: 1.0}
    for node in operations[::-1][:back]:
        _, local = evaluate(node, values)
        for name, slope in zip(node.inputs, local, strict=True):
            slopes[name] = slopes.get(name, 0.0) + slope * slopes[node.name]
            products += 1
        active = node.name
    found = {}
    if step == last:
        found = {name: slopes[name] for name in inputs_of(nodes)}
    counts = min(step, len(operations)), products
    return Frame(nodes, True, step, last, values, slopes, found, active, "", counts)


def forward(nodes, step):
    """Carry each value with its slope along one input; a new pass for each input."""
    operations, starts = operations_of(nodes), inputs_of(nodes)
    last = last_step(nodes, False)
    step = min(step, last)
    known = {node.name: node.value for node in nodes if node.operation is None}
    values, slopes, found = dict(known), {}, {}
    active, along, products = "", starts[0], 0
    for count in range(step):
        place, turn = count % len(operations), count // len(operations)
        if place == 0:
            along, values = starts[turn], dict(known)
            slopes = {name: float(name == along) for name in starts}
        node = operations[place]
        values[node.name], local = evaluate(node, values)
        pairs = zip(node.inputs, local, strict=True)
        slopes[node.name] = sum([slope * slopes[name] for name, slope in pairs])
        products += len(node.inputs)
        active = node.name
        if place == len(operations) - 1:
            found[along] = slopes[node.name]
    counts = step, products
    return Frame(nodes, False, step, last, values, slopes, found, active, along, counts)

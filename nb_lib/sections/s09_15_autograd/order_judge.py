"""The cases of 9.15.4: graphs whose nodes are to be brought into a working order."""

import numpy as np

from nb_lib.book.exercises.reading import (
    Refused,
    is_empty,
    is_sequence,
    settled,
    whole,
)

CHAIN, RUNGS = 2_000, 40


def order(inputs, end):
    """List ``end`` and all that it needs, each node after its inputs."""
    found, seen, waiting = [], {end}, [end]
    while waiting:  # numbers of open uses first
        for node in inputs[waiting.pop()]:
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    missing = {node: len(set(inputs[node])) for node in seen}
    users = {node: [] for node in seen}
    for node in seen:
        for needed in set(inputs[node]):
            users[needed].append(node)
    ready = [node for node in seen if missing[node] == 0]
    while ready:
        found.append(node := ready.pop())
        for user in users[node]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return found


def with_the_rest(inputs, end):
    """List all nodes in a working order, whether ``end`` needs them or not."""
    above = len(inputs)  # a node that needs all others
    return order([*inputs, tuple(range(above))], above)[:-1]


def graphs():
    """Give x·x + x, graphs drawn at random, a ladder with 2^40 ways, a long chain."""
    yield [(), (0, 0), (1, 0)], 2
    rng = np.random.default_rng(154)
    for size in (8, 30):
        yield shuffled(rng, [drawn(rng, node) for node in range(size)])
    ladder = [()] + [(node - 1, node - 1) for node in range(1, RUNGS)]
    yield shuffled(rng, ladder)
    yield shuffled(rng, [()] + [(node - 1,) for node in range(1, CHAIN)])


def drawn(rng, node):
    """Draw up to two inputs among the nodes before this one."""
    return tuple(int(n) for n in rng.integers(node, size=2)) if node > 1 else ()


def shuffled(rng, graph):
    """Give the nodes of a graph other numbers; its end is what was the last one."""
    names = rng.permutation(len(graph))
    inputs = [()] * len(graph)
    for node, needed in enumerate(graph):
        inputs[names[node]] = tuple(int(names[n]) for n in needed)
    return inputs, int(names[-1])


def told(function, inputs, end):
    """Run an answer; count what it left out, what is too early, twice or not needed."""
    graph = [tuple(needed) for needed in inputs]  # an answer may empty its own
    given = settled(function(inputs, end))
    if is_empty(given):
        return given
    if not is_sequence(given):
        raise Refused("The result is a list of the nodes, the first to compute first.")
    nodes = [whole(node) for node in given]
    if any(node is None or not 0 <= node < len(graph) for node in nodes):
        raise Refused(f"The nodes are numbers from 0 to {len(graph) - 1}.")
    place = {node: count for count, node in enumerate(nodes)}
    needed = set(order(graph, end))
    early = sum(
        any(place.get(before, -1) > place[node] for before in graph[node])
        for node in needed & set(nodes)
    )
    left_out, spare = len(needed - set(nodes)), len(set(nodes) - needed)
    return left_out, early, len(nodes) - len(set(nodes)), spare

"""Inputs against outputs: what the whole table of slopes of a small net costs.

The net has some inputs, four hidden units and some outputs, without biases. Each weight
is an edge, so a value costs one product, and so does each slope that crosses it.
"""

from dataclasses import dataclass

from nb_lib.words import counted

HIDDEN = 4


@dataclass(frozen=True)
class Costs:
    """All that the picture may look at."""

    inputs: int
    outputs: int
    forward: int  # products, for all slopes of all outputs along all inputs
    reverse: int
    once: int  # products of one evaluation


def compute(inputs, outputs):
    """Count the products of both modes.

    A pass of forward mode evaluates the net anew, together with the slopes along one
    input. Reverse mode evaluates it once, and walks back once for each output.
    """
    once = inputs * HIDDEN + HIDDEN * outputs
    return Costs(inputs, outputs, inputs * 2 * once, once + outputs * once, once)


def describe(costs):
    """Say what both cost, and who wins."""
    if costs.forward < costs.reverse:
        verdict = f"forward mode is {costs.reverse / costs.forward:.2g} times cheaper"
    elif costs.forward > costs.reverse:
        verdict = f"reverse mode is {costs.forward / costs.reverse:.2g} times cheaper"
    else:
        verdict = "both cost the same"
    return (
        f"For {counted(costs.inputs, 'input')} and {counted(costs.outputs, 'output')}, "
        f"forward mode needs {counted(costs.inputs, 'pass')} and {costs.forward:,} "
        f"products, reverse mode {counted(costs.outputs, 'walk')} back and "
        f"{costs.reverse:,}: {verdict}."
    )

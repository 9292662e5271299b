"""What a network of P parameters holds in memory, and how long its training takes.

A dense layer does one multiply-add for each weight and example on the way forward and
two on the way back, which is six operations for each parameter and example. How many
examples a network wants is a rule of thumb: Jordan Hoffmann et al. (2022) found about
20 tokens for each parameter of a language model.
"""

from dataclasses import dataclass

import numpy as np

OPERATIONS = 6  # for one parameter and one example, forward and back
EXAMPLES = 20  # for one parameter
SMALLEST, LARGEST = 100, 1e12
KEPT = {"SGD": 0, "momentum": 1, "RMSProp": 1, "Adam": 2, "AdamW": 2}  # arrays
BYTES = {"float32": 4, "float16": 2}
SECONDS = (  # of the words for a time, the longest first
    (31_557_600 * 1e9, "billion years"),
    (31_557_600 * 1e6, "million years"),
    (31_557_600 * 1e3, "thousand years"),
    (31_557_600, "years"),
    (86_400, "days"),
    (3600, "hours"),
    (60, "minutes"),
    (1, "seconds"),
    (1e-3, "milliseconds"),
    (1e-6, "microseconds"),
    (1e-9, "nanoseconds"),
    (1e-12, "picoseconds"),
)
UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True)
class Frame:
    """All that the picture may look at."""

    parameters: float
    optimiser: str
    dtype: str
    speed: float  # operations a second
    memory: np.ndarray  # (3,), bytes of weights, gradients, the optimiser's arrays
    operations: float  # of the whole training
    seconds: float


def compute(parameters, optimiser, dtype, speed):
    """Count bytes and operations for one size."""
    operations = training_operations(parameters)
    return Frame(
        parameters=parameters,
        optimiser=optimiser,
        dtype=dtype,
        speed=speed,
        memory=memory(parameters, optimiser, dtype),
        operations=operations,
        seconds=operations / speed,
    )


def memory(parameters, optimiser, dtype):
    """Return the bytes of weights, gradients and what the optimiser keeps, (3,)."""
    arrays = np.array([1.0, 1.0, KEPT[optimiser]])
    return arrays * parameters * BYTES[dtype]


def training_operations(parameters):
    """Return 6 P N for N = 20 P examples."""
    return OPERATIONS * parameters * EXAMPLES * parameters


def in_seconds(seconds):
    """Write a time in the largest unit of which there is at least one."""
    for size, word in SECONDS:
        if seconds >= size or word == SECONDS[-1][1]:
            return f"{seconds / size:,.3g} {word}"


def in_bytes(n):
    """Write an amount of memory."""
    power = min(int(np.log10(max(n, 1)) // 3), len(UNITS) - 1)
    return f"{n / 1000**power:,.3g} {UNITS[power]}"


def describe(frame):
    """Say the numbers that matter in one sentence."""
    return (
        f"{frame.parameters:,.0f} parameters, trained with {frame.optimiser} in "
        f"{frame.dtype}, hold {in_bytes(frame.memory.sum())} in memory; "
        f"{EXAMPLES} examples for each of them take {frame.operations:.1e} operations, "
        f"which is {in_seconds(frame.seconds)} at {frame.speed:.0e} operations a "
        "second."
    )

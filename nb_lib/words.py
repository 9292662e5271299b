"""What the book calls things, the same in controls, verdicts, pages and messages.

Code, settings and links use the names on the left; readers see those on the right.
"""

SCHEMES = {
    "he_normal": "He",
    "he_uniform": "He, uniform",
    "xavier_normal": "Xavier",
    "xavier_uniform": "Xavier, uniform",
    "lecun_normal": "LeCun",
    "orthogonal": "orthogonal",
    "torch_default": "PyTorch default",
    "normal": "too small (std 0.01)",
    "standard_normal": "too large (std 1)",
    "zeros": "zeros",
}
ACTIVATIONS = {
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "elu": "ELU",
    "softplus": "softplus",
    "gelu": "GELU",
    "silu": "SiLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "identity": "identity",
}


def options(table, *names):
    """Return pairs (what readers see, name) for a control: all, or those named."""
    return tuple((table[name], name) for name in names or table)


USUAL_SCHEMES = options(
    SCHEMES,
    "he_normal",
    "xavier_normal",
    "lecun_normal",
    "orthogonal",
    "torch_default",
    "normal",
    "zeros",
)
USUAL_ACTIVATIONS = options(
    ACTIVATIONS, "relu", "leaky_relu", "gelu", "silu", "tanh", "sigmoid"
)


def counted(number, noun):
    """Write a number with its noun: "1 step", "1,000 steps", "2 passes"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}{'es' if noun.endswith('s') else 's'}"


def minus(number):
    """Write the sign of a number in figures as a minus, and none before zero: "−0.5".

    Where a reader would copy the number as code it keeps its hyphen.
    """
    if not number.startswith("-"):
        return number
    is_zero = "0" in number and not any(digit in number for digit in "123456789")
    return number[1:] if is_zero else f"−{number[1:]}"


def rounded(value):
    """Write a number in two digits: "0.0038", "1.6", "160", "4.8e-07", "6e+07"."""
    short = f"{value:.2g}"
    return f"{float(short):,.0f}" if 99.5 <= abs(value) < 99_500 else short


def listed(items):
    """Join items with commas, and the last two with "and"."""
    return " and ".join([", ".join(items[:-1]), *items[-1:]] if items[1:] else items)


def diverged(step):
    """Say that a run has diverged, within a sentence or beside a curve."""
    return f"diverged at step {step}"


def diverged_because(step):
    """Say it with what it means and what helps; it begins a sentence."""
    return (
        f"D{diverged(step)[1:]}: the loss is no longer a number to learn from; a "
        "smaller learning rate or smaller initial weights help"
    )

"""Read from a loss's graph what was compared with what.

PyTorch keeps in each node of the graph what its backward pass will need: the targets
of a cross-entropy, for one. So a loss tells its kind, its targets and what was done to
the logits before it, without a change to the loop that computed it.
"""

import math
from dataclasses import dataclass

import torch

# Nodes that move, reshape or convert numbers and leave their meaning.
MOVES = (
    *("View", "UnsafeView", "Reshape", "ReshapeAlias", "Transpose", "T", "Permute"),
    *("Squeeze", "Unsqueeze", "Select", "Slice", "Clone", "ToCopy", "Expand", "Alias"),
)
WRAPS = (*MOVES, "Mul", "Div", "Neg", "Mean", "Sum", "Add", "Sub", "Index", "Gather")
KINDS = {
    "NllLoss": "cross_entropy",
    "NllLoss2D": "cross_entropy",
    "LogSoftmax": "cross_entropy",
    "BinaryCrossEntropyWithLogits": "binary_cross_entropy",
    "BinaryCrossEntropy": "binary_cross_entropy",
    "MseLoss": "squared_error",
    "SmoothL1Loss": "absolute_error",
    "HuberLoss": "absolute_error",
}
SUM = 2  # PyTorch's number for reduction="sum"
SQUASHES = {"cross_entropy": ("Softmax",), "binary_cross_entropy": ("Sigmoid",)}


@dataclass(frozen=True)
class Reading:
    """What a loss compares: its kind, its targets (None if unseen), its classes.

    ``terms`` counts the losses that were added (a sum over examples has several);
    ``squashed_twice`` says that a softmax (a sigmoid) was taken of what already is one;
    ``weighted`` that examples count with weights of both signs, as in policy gradients.
    """

    kind: str
    target: torch.Tensor | None = None
    classes: int = 0
    terms: int = 1
    squashed_twice: bool = False
    weighted: bool = False


def name_of(node):
    """Return a node's name without its number: ``LogSoftmax``."""
    return node.name().rsplit("::", 1)[-1].split("Backward")[0]


def below(node):
    """Return the first node that this one was computed from, or None."""
    return next((child for child, _ in node.next_functions if child), None)


def after_moves(node, more=(), *, limit=8):
    """Return the first node, towards the model, that is no move nor one of ``more``."""
    for _ in range(limit):
        if node is None or name_of(node) not in (*MOVES, *more):
            return node
        node = below(node)
    return None


def is_dropout(node):
    """Say whether a node multiplies by numbers that nothing was learnt for."""
    learnt = [child for child, _ in node.next_functions if child]
    return name_of(node) in ("Mul", "Div") and len(learnt) == 1


def losses_under(root, *, limit=24):
    """Return the nodes of known losses nearest to ``root``, and the nodes passed."""
    found, passed, queue = [], [], [root]
    while queue and len(passed) < limit:
        node = queue.pop(0)
        if node is None:
            continue
        if name_of(node) in KINDS:
            found.append(node)
        elif name_of(node) in WRAPS:
            passed.append(node)
            queue += [child for child, _ in node.next_functions]
    return found, passed


def scale_of(loss):
    """Return the power of two by which a scaler multiplied ``loss`` last, or 1.

    Half precision needs it: torch.amp.GradScaler takes back the loss times 65,536.
    """
    node = loss.grad_fn
    if node is None or name_of(node) != "Mul":
        return 1.0
    by = getattr(node, "_saved_other", None)
    if not isinstance(by, torch.Tensor) or by.numel() != 1 or by.requires_grad:
        return 1.0
    by = float(by)
    return by if by > 1 and math.frexp(by)[0] == 0.5 else 1.0


def has_two_signs(node):
    """Say whether a product's factor is a tensor with numbers of both signs."""
    if name_of(node) != "Mul":
        return False
    factors = (getattr(node, f"_saved_{side}", None) for side in ("self", "other"))
    factors = [f for f in factors if isinstance(f, torch.Tensor) and f.numel() > 1]
    return any(bool((f < 0).any()) and bool((f > 0).any()) for f in factors)


def is_squashed_twice(node, kind):
    """Say whether the numbers that this loss squashes were squashed before."""
    if name_of(node) in ("NllLoss", "NllLoss2D"):
        node = after_moves(below(node), ("Log",))
        if node is None or name_of(node) not in ("LogSoftmax", "Softmax"):
            return False
    elif name_of(node) == "BinaryCrossEntropy":
        node = after_moves(below(node))
        if node is None or name_of(node) != "Sigmoid":
            return False
    first = after_moves(below(node), ("Div", "Mul")) if below(node) else None
    return first is not None and name_of(first) in SQUASHES.get(kind, ())


def read(loss):
    """Return what ``loss``, a tensor with a graph, compares, or None if unknown."""
    nodes, passed = losses_under(loss.grad_fn)
    if not nodes:
        return None
    node = nodes[0]
    kind = KINDS[name_of(node)]
    # A smoothed cross-entropy has two branches over one log-softmax: one loss.
    whole = [n for n in nodes if name_of(n) != "LogSoftmax"]
    is_sum = getattr(node, "_saved_reduction", 1) == SUM or "Sum" in map(
        name_of, passed
    )
    terms = max(1, len(whole)) + is_sum
    logits = getattr(node, "_saved_self", getattr(node, "_saved_result", None))
    target = getattr(node, "_saved_target", None)
    if target is not None and target.dim() == 1 and "Nll" in name_of(node):
        target = target[target != node._saved_ignore_index]
    classes = logits.shape[1] if kind == "cross_entropy" and logits.dim() > 1 else 0
    return Reading(
        kind,
        target,
        classes,
        terms,
        is_squashed_twice(node, kind),
        any(map(has_two_signs, passed)),
    )

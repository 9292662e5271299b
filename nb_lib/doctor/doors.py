"""What the doctor's doors let in: one loss, tensors, as many targets as examples."""

import torch
from torch import nn

from nb_lib.doctor.evidence import first_tensor


def watchable(model, optimiser):
    """Raise a TypeError unless a doctor can hang its hooks on both."""
    if not isinstance(model, nn.Module):
        kind = type(model).__name__
        raise TypeError(f"diagnose wants a model (nn.Module) first, got {kind}")
    if isinstance(model, torch.jit.RecursiveScriptModule):
        raise TypeError("diagnose wants the model from before torch.jit.script")
    if any(p.is_meta for p in model.parameters()):
        raise TypeError("diagnose wants a model of numbers, got one on the meta device")
    if not isinstance(optimiser, torch.optim.Optimizer):
        kind = type(optimiser).__name__
        raise TypeError(f"diagnose wants an optimiser of torch.optim, got {kind}")


def scalar(caller, loss):
    """Return a loss as a number; a tensor of several is a ValueError."""
    if isinstance(loss, torch.Tensor) and loss.numel() != 1:
        raise ValueError(f"{caller} wants one loss, got shape {tuple(loss.shape)}")
    return float(loss.detach() if isinstance(loss, torch.Tensor) else loss)


def together(caller, x, y):
    """Return the first tensors in x and in y, of shapes (N, ...).

    Without a tensor in each it is a TypeError, with different N a ValueError.
    """
    given, wanted = first_tensor(x), first_tensor(y)
    if given is None or wanted is None:
        kinds = f"{type(x).__name__} and {type(y).__name__}"
        raise TypeError(f"{caller} wants tensors of examples and targets, got {kinds}")
    shapes = tuple(given.shape), tuple(wanted.shape)
    if () in shapes or len(given) != len(wanted):
        told = f"got shapes {shapes[0]} and {shapes[1]}"
        raise ValueError(f"{caller} wants as many targets as examples, {told}")
    return given, wanted

"""Ways to change a healthy program into an ill one."""

import torch
from torch import nn


def change(program, **parts):
    """Replace parts of a program."""
    for name, part in parts.items():
        setattr(program, name, part)
    return program


def rescale(module, factor):
    """Multiply all matrices of a module."""
    with torch.no_grad():
        for p in module.parameters():
            if p.ndim > 1:
                p.mul_(factor)


def redraw(module, std):
    """Draw all matrices of a module from a normal distribution."""
    for p in module.parameters():
        if p.ndim > 1:
            nn.init.normal_(p, std=std)


def groups(part, lr, usual):
    """Return a way to make Adam with a learning rate of its own for one part."""

    def optimiser(model):
        odd = [*model.get_submodule(part).parameters()]
        rest = [p for p in model.parameters() if all(p is not q for q in odd)]
        groups = [{"params": rest}, {"params": odd, "lr": lr}]
        return torch.optim.Adam(groups, lr=usual)

    return optimiser

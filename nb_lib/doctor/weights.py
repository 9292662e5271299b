"""How far each step moves the weights, and where numbers stop being finite."""

import math

from torch.nn.parameter import is_lazy

from nb_lib.doctor.evidence import Weights, first_tensor, is_finite


def version(p):
    """Return what changes when a parameter does, even if ``p.data`` was written to.

    One that is not made yet (of a lazy module) changes when it is made.
    """
    return p._version, None if is_lazy(p) else p.detach().sum().item()


def note_weights(evidence, name, p, before):
    """Write down one parameter's gradient, size and relative update.

    Return the change of the loss that this update should bring, to first order.
    """
    usual = math.sqrt(p.shape[0]) if p.dim() > 1 else 0.0  # 1 / fan-in as variance
    weights = evidence.weights.setdefault(name, Weights(name, usual))
    if p.grad is None:
        weights.missing += p.requires_grad
        return 0.0
    weights.seen += 1
    step, size = evidence.step, float(before.norm())
    gradient = p.grad.coalesce().values() if p.grad.is_sparse else p.grad
    weights.gradient[step], weights.size[step] = float(gradient.norm()), size
    update = p.detach() - before
    if p.dim() > 1 and size > 0:
        weights.ratio[step] = float(update.norm()) / size
    return 0.0 if p.grad.is_sparse else float((p.grad.conj() * update).sum().real)


def has_gradient(p):
    """Say whether a parameter holds a gradient that is not zero."""
    if p.grad is None:
        return False
    return bool((p.grad._values() if p.grad.is_sparse else p.grad).any())


def where_it_broke(step, x, trail, parameters):
    """Return (step, where, what) of the first number that is not finite.

    ``parameters`` are (name, tensor) in the model's order, ``x`` is the model's input,
    ``trail`` what its modules were given and gave. Where weights are broken already,
    the step before did it, and its backward pass came from the last of them.
    """
    if x is not None and not is_finite(x):
        return step, ("input",), "the input"
    spoilt = [name for name, p in parameters if not is_finite(p)]
    if spoilt:
        return max(step - 1, 0), (spoilt[-1],), "its gradient or its update"
    for name, _module, args, y in trail:
        given, made = first_tensor(args), first_tensor(y)
        if given is not None and not is_finite(given):
            return step, (name,), "its input"
        if made is not None and not is_finite(made):
            return step, (name,), "its output"
    return step, ("loss",), "the loss"

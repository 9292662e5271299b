"""Faults of the loop: what was called, in which mode, and what was forgotten."""

from nb_lib.doctor.findings import Finding

FEW = 3  # steps that make a habit


def grads_not_cleared(watch):
    """Steps that still hold the gradients of the step before."""
    seen, steps = watch.evidence.uncleared, watch.evidence.step
    if len(seen) >= FEW and len(seen) > steps / 2:
        yield Finding(
            "grads_not_cleared",
            (),
            seen[0],
            {"share of steps": len(seen) / steps},
            "Call optimiser.zero_grad() before each backward pass.",
        )


def not_stepped(watch):
    """Parameters that get gradients and never move."""
    evidence, model = watch.evidence, watch.model
    if not evidence.losses:
        return
    stepped = {id(p) for doctor in watch.companions for p in doctor.parameters()}
    still = [
        name
        for name, p in model.named_parameters()
        if p.requires_grad and p.grad is not None and name not in watch.touched
        if not (evidence.step and id(p) in stepped)
    ]
    if still:
        never = not evidence.step
        yield Finding(
            "not_stepped",
            tuple(still),
            0,
            {"parameters that never move": len(still)},
            "Call optimiser.step() after each backward pass."
            if never
            else "Give the optimiser all parameters of the model.",
        )


def no_gradient(watch):
    """Parameters that the optimiser holds and no backward pass reaches."""
    weights = watch.evidence.weights.values()
    cut = [w for w in weights if w.missing >= FEW and not w.seen]
    if cut:
        yield Finding(
            "no_gradient",
            tuple(w.name for w in cut),
            0,
            {"steps without a gradient": max(w.missing for w in cut)},
            "Look for detach(), .data, no_grad or NumPy on the way to the loss.",
        )


def eval_mode(watch):
    """Training passes while dropout and batch norm stand in evaluation mode."""
    asleep = [p for p in watch.evidence.passes if p.learns and is_asleep(p)]
    late = [p for p in watch.evidence.passes if p.learns][-FEW:]
    if len(asleep) >= FEW and all(map(is_asleep, late)):
        yield Finding(
            "eval_mode",
            asleep[-1].asleep,
            first_of_last_run(watch.evidence.passes),
            {"training passes in evaluation mode": len(asleep)},
            "Call model.train() before each epoch.",
        )


def is_asleep(p):
    """Say whether the model as a whole is in evaluation mode, and it matters."""
    return not p.training and bool(p.asleep) and not p.awake


def first_of_last_run(passes):
    """Return the step from which on all training passes slept."""
    first = 0
    for p in passes:
        if p.learns and not is_asleep(p):
            first = p.step + 1
    return first


def train_mode(watch):
    """Evaluations while dropout or batch norm still work as in training."""
    found = watch.evidence.tested_awake
    if found:
        yield Finding(
            "train_mode",
            found[0].awake,
            found[0].step,
            {"evaluations in training mode": len(found)},
            "Call model.eval() before an evaluation.",
        )


def double_softmax(watch):
    """A loss that takes the softmax (the sigmoid) of what already is one."""
    twice = [step for step, r in watch.evidence.readings.items() if r[3]]
    if twice:
        yield Finding(
            "double_softmax",
            ("loss",),
            twice[0],
            {"losses": len(twice)},
            "Give the loss the logits, without softmax or sigmoid.",
        )

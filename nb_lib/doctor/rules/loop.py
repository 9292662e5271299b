"""Faults of the loop: what was called, in which mode, and what was forgotten."""

from nb_lib.doctor.findings import Finding

FEW = 3  # steps that make a habit
NEVER = 20  # backward passes without any step


def grads_not_cleared(watch):
    """Steps that still hold the gradients of the step before."""
    seen = [s for s, cleared in watch.evidence.cleared.items() if s and not cleared]
    if len(seen) >= FEW and len(seen) > len(watch.evidence.cleared) / 2:
        yield Finding(
            "grads_not_cleared",
            (),
            seen[0],
            {"share of steps": len(seen) / len(watch.evidence.cleared)},
            "Call optimiser.zero_grad() before each backward pass.",
        )


def not_stepped(watch):
    """Parameters that get gradients and never move."""
    evidence, model = watch.evidence, watch.model
    doctors = [d for d in watch.companions if d.evidence.step]
    stepped = {id(p) for doctor in doctors for p in doctor.parameters()}
    is_never = not evidence.step and evidence.backwards >= NEVER
    if not is_never and evidence.step < FEW:
        return
    still = [
        name
        for name, p in model.named_parameters()
        if p.requires_grad and (is_never or name in evidence.graded)
        if not watch.is_moved(p) and id(p) not in stepped
    ]
    if still:
        repair = "Call optimiser.step() after each backward pass."
        if evidence.step:
            repair = "Give the optimiser all parameters of the model."
        figures = {"parameters that never move": len(still)}
        yield Finding("not_stepped", tuple(still), 0, figures, repair)


def no_gradient(watch):
    """Parameters that the optimiser holds and no backward pass reaches."""
    inside = map(watch.evidence.weights.get, watch.names.values())
    cut = [w for w in inside if w and w.missing >= FEW and not w.seen]
    if cut:
        yield Finding(
            "no_gradient",
            tuple(w.name for w in cut),
            0,
            {"looks without a gradient": max(w.missing for w in cut)},
            "Look for detach(), .data, no_grad or NumPy on the way to the loss, "
            "and for zero_grad() between backward() and step().",
        )


def eval_mode(watch):
    """Training passes while dropout and batch norm are in evaluation mode."""
    last = watch.evidence.passes[-1:]
    if last and not last[0].training and last[0].asleep and last[0].count >= FEW:
        yield Finding(
            "eval_mode",
            last[0].asleep,
            last[0].step,
            {"training passes in evaluation mode": last[0].count},
            "Call model.train() before each epoch.",
        )


def train_mode(watch):
    """Evaluations while dropout or batch norm still work as in training."""
    if not watch.is_alone:
        return
    found = [e for e in watch.evidence.evaluations if e.awake and e.training]
    found = [e for e in found if e.is_told or is_new(watch, e)]
    if len(found) >= FEW or any(e.is_told for e in found):
        yield Finding(
            "train_mode",
            found[0].awake,
            found[0].step,
            {"evaluations in training mode": len(found)},
            "Call model.eval() before an evaluation.",
        )


def is_new(watch, evaluation):
    """Say whether an evaluation is of rows that training has not shown."""
    if evaluation.rows is None or not watch.rows.batches or not watch.rows.is_whole:
        return False
    return float(watch.rows.known(evaluation.rows).float().mean()) < 0.5


def double_softmax(watch):
    """A loss that takes the softmax (the sigmoid) of what already is one."""
    twice = [s for s, r in watch.evidence.readings.items() if r.squashed_twice]
    if twice:
        yield Finding(
            "double_softmax",
            ("loss",),
            twice[0],
            {"losses": len(twice)},
            "Give the loss the logits, without softmax or sigmoid.",
        )

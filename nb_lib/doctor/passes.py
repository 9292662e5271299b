"""Forward passes: in which mode they were made, and of which examples."""

from torch import nn

from nb_lib.doctor.evidence import Evaluation, Pass
from nb_lib.doctor.rows import keys

MOODY = (nn.modules.dropout._DropoutNd, nn.modules.batchnorm._NormBase)
MOST = 2000  # evaluations that are remembered


def moody(model):
    """List (name, module) of what behaves otherwise in training than in evaluation."""
    return [(name, m) for name, m in model.named_modules() if isinstance(m, MOODY)]


def pass_of(model, parts, step):
    """Return a Pass that tells the mode of a model and of its moody parts."""
    asleep = tuple(name for name, m in parts if not m.training)
    awake = tuple(name for name, m in parts if m.training)
    training = model.training or any(m.training for m in model.modules())
    return Pass(step, training, asleep, awake)


def note_training(evidence, now):
    """Write down a pass that a backward pass followed."""
    last = evidence.passes[-1] if evidence.passes else None
    if last and last.mode == now.mode:
        last.count += 1
    else:
        evidence.passes.append(now)


def note_evaluation(evidence, now, x, *, is_told=False):
    """Write down a pass that nothing was learnt from, with the rows of x (N, ...)."""
    if len(evidence.evaluations) < MOST:
        found = None if x is None else keys(x)
        made = Evaluation(now.step, now.training, now.awake, found, is_told)
        evidence.evaluations.append(made)

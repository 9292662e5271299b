"""What the evidence means. Each rule is a function from a watch to its findings."""

from nb_lib.doctor.rules.data import class_sorted, input_scale, labels_shuffled, leakage
from nb_lib.doctor.rules.learning import bad_start, learning_rate, update_ratio
from nb_lib.doctor.rules.loop import (
    double_softmax,
    eval_mode,
    grads_not_cleared,
    no_gradient,
    not_stepped,
    train_mode,
)
from nb_lib.doctor.rules.progress import no_learning, overfit, wrong_way
from nb_lib.doctor.rules.signal import (
    broken,
    dead_units,
    exploding_gradients,
    saturated_units,
    vanishing_gradients,
)

# Gravest first: a report lists its findings in this order.
RULES = (
    *(broken, not_stepped, no_gradient, grads_not_cleared, eval_mode, train_mode),
    *(double_softmax, leakage, class_sorted, labels_shuffled, input_scale, bad_start),
    *(exploding_gradients, vanishing_gradients, dead_units, saturated_units),
    *(wrong_way, learning_rate, update_ratio, overfit),
)
# What follows from a fault is not said again.
FOLLOWS = {
    "nan": {"dead_units"},
    "class_sorted": {"dead_units"},
    "input_scale": {"bad_start"},
    "vanishing_gradients": {"lr_too_small", "update_ratio"},
    "exploding_gradients": {"update_ratio"},
}
# These do not explain that nothing is learnt.
MILD = {"overfit", "train_mode", "leakage", "dead_units", "saturated_units"}


def diagnosis(watch):
    """Return all findings; that nothing is learnt only where nothing else says why."""
    if not watch.evidence.losses:
        return []
    found = [finding for rule in RULES for finding in rule(watch)]
    named = {finding.fault for finding in found}
    said = set().union(*(FOLLOWS.get(fault, set()) for fault in named))
    found = [finding for finding in found if finding.fault not in said]
    return found if named - MILD else [*found, *no_learning(watch)]

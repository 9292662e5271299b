"""What a run is fed: the scale of its inputs, and the targets of its loss."""

from dataclasses import replace

from nb_lib.doctor.evidence import rms
from nb_lib.doctor.graph import Reading, read

SOME, MANY = 256, 2000  # targets kept of a batch; batches whose labels are kept
SCALES = 8  # batches whose scale is written down


def note_scale(evidence, x):
    """Write down the scale of x (N, ...), and of its features if it is a table."""
    if not x.is_floating_point() or x.dim() < 2 or len(evidence.inputs) >= SCALES:
        return
    x = x.detach().float()
    scale = {"rms": rms(x)}
    if x.dim() == 2 and len(x) > 1:
        spread = x.std(dim=0)
        spread = spread[spread > 0]
        if len(spread):
            scale["spread"] = float(spread.max() / spread.median())
    evidence.inputs[evidence.step] = scale


def note_single(watch, loss):
    """Keep the label of a batch of one, whose order shows only in a row of them."""
    x, evidence = watch.x, watch.evidence
    is_single = x is not None and (len(x) == 1 or x.dim() == 1)
    if not is_single or len(evidence.singles) >= MANY:
        return
    reading = read(loss)
    target = None if reading is None else reading.target
    if target is not None and target.numel() == 1 and not target.is_floating_point():
        evidence.singles.append(target.detach().flatten().clone())


def note_targets(watch, loss):
    """Keep what a loss compares with, as far as the rules will ask."""
    evidence, reading = watch.evidence, read(loss)
    x, y = watch.told or (watch.x, None)
    if reading is None and y is None:
        return
    reading = reading or Reading("unknown")
    target = reading.target if reading.target is not None else y
    evidence.readings[evidence.step] = replace(reading, target=None)
    if target is None or not target.numel():
        return
    flat = target.detach().flatten()
    if len(evidence.constant) < MANY:
        is_constant = len(flat) > 1 and bool((flat == flat[0]).all())
        evidence.constant.append(is_constant and flat.is_floating_point())
    if flat.is_floating_point():
        evidence.targets.append(flat[:SOME].clone())
    elif target.dim() == 1 and len(evidence.labels) < MANY:
        evidence.labels.append(flat.clone())
        if x is not None:
            watch.pairs.add(x, flat)

"""A close look at what passes through the layers, forward and back."""

from nb_lib.doctor.evidence import Layer, first_tensor
from nb_lib.doctor.graph import after_moves, is_dropout, name_of

POOLS = ("MaxPool2DWithIndices", "AvgPool2D", "AdaptiveAvgPool2D", "NativeDropout")
CURVES = {"Relu": None, "Tanh": -1.0, "Sigmoid": 0.0}  # with the low end of the range
NEAR = 0.02  # of the range's ends: saturated
WINDOW, ROWS = 6, 64  # looks and examples that share one record of who was alive


def look(watch):
    """Look at each module with weights in the watch's trail, and at the model's output.

    It is done right before the backward pass, which is then listened to as well.
    """
    evidence, step = watch.evidence, watch.evidence.step
    for depth, (name, module, args, y) in enumerate(watch.trail):
        if module._parameters:
            layer = record_of(evidence, name, module, depth)
            look_below(layer, first_tensor(args), step)
            listen(watch, layer, first_tensor(y), step)
    last = evidence.layers.setdefault("output", Layer("output", 1 << 30))
    look_below(last, first_tensor(watch.output), step)


def record_of(evidence, name, module, depth):
    """Return the record of a layer, made when it is first seen."""
    if name not in evidence.layers:
        kind = type(module).__name__
        normalises = "Norm" in kind or "Embedding" in kind
        evidence.layers[name] = Layer(name, depth, normalises)
    return evidence.layers[name]


def listen(watch, layer, y, step):
    """Let the backward pass write down the error signal at a layer's output."""
    if y is not None and y.requires_grad:
        y.register_hook(lambda dy: watch.note_signal(layer, step, dy))


def look_below(layer, x, step):
    """Write down how many units that feed a layer are dead or saturated."""
    node = activation_of(x)
    units = None if node is None else result_of(node)
    if units is None:
        return
    units = units.movedim(1, -1) if units.dim() == 4 else units
    units = units.reshape(-1, units.shape[-1])
    if name_of(node) == "Relu":
        return note_alive(layer, (units > 0).any(dim=0), len(units), step)
    low = CURVES[name_of(node)]
    far = (units > 1 - NEAR) | (units < low + NEAR)
    layer.squashed[step] = float(far.float().mean())


def activation_of(x):
    """Return the node of the activation that made x, or None."""
    node = None if x is None else x.grad_fn
    for _ in range(4):
        node = after_moves(node, POOLS)
        if node is None or not is_dropout(node):
            break
        node = node.next_functions[0][0]
    return node if node is not None and name_of(node) in CURVES else None


def result_of(node):
    """Return what an activation gave, or None if its graph was freed already."""
    try:
        return node._saved_result.detach()
    except RuntimeError:  # PyTorch has no other way to ask
        return None


def note_alive(layer, alive, rows, step):
    """Join what was alive to the layer's window; close the window when full."""
    if layer.alive is None or layer.alive.shape != alive.shape:
        layer.alive, layer.rows, layer.looks, layer.since = alive, 0, 0, step
    layer.alive, layer.rows = layer.alive | alive, layer.rows + rows
    layer.looks += 1
    if layer.looks >= WINDOW and layer.rows >= ROWS:
        layer.windows[layer.since] = 1 - float(layer.alive.float().mean())
        layer.alive = None

"""Questions about arrays, asked once at the public door; both twins ask them here."""


def check_array(name, what, value):
    """Want something with a shape: an array, a tensor, no list."""
    if not hasattr(value, "shape"):
        got = type(value).__name__
        raise TypeError(f"{name} wants {what} as an array or a tensor, got {got}")


def check_features(name, x, fan_in):
    """Want x of shape (N, fan_in)."""
    check_array(name, "x", x)
    if x.ndim != 2 or x.shape[1] != fan_in:
        got = tuple(x.shape)
        raise ValueError(f"{name} wants x of shape (N, {fan_in}), got {got}")


def check_same_shape(name, predictions, targets):
    """Want one target for each prediction, as broadcasting would hide a mistake."""
    check_array(name, "predictions", predictions)
    check_array(name, "targets", targets)
    wanted, got = tuple(predictions.shape), tuple(targets.shape)
    if wanted != got:
        raise ValueError(f"{name} wants targets of shape {wanted}, got {got}")
    if 0 in wanted:
        raise ValueError(f"{name} wants one row or more, got none: shape {wanted}")


def check_between(name, what, values, low, high):
    """Want all values in [low, high]; NaN, which min passes on, is in no range."""
    least, greatest = values.min().item(), values.max().item()  # no bytes, which wrap
    if not (low <= least and greatest <= high):
        is_number = bool(least == least)
        got = f"values from {least} to {greatest}" if is_number else "NaN among them"
        raise ValueError(f"{name} wants {what} between {low} and {high}, got {got}")


def check_distributions(name, targets):
    """Want rows that sum to 1, as rounded as float16 or three decimals leave them."""
    for total in targets.sum(-1).reshape(-1).tolist():
        if not abs(total - 1) <= 2e-3:
            raise ValueError(f"{name} wants targets in rows of sum 1, got {total:.4g}")


def check_params(name, params):
    """Want named parameters of floats: a step in place could not round to integers."""
    if not hasattr(params, "items"):
        got = type(params).__name__
        raise TypeError(f"{name} wants params as a dict of arrays, got {got}")
    for key, w in params.items():
        check_array(name, f"the parameter {key!r}", w)
        if w.dtype.kind != "f":
            raise TypeError(f"{name} wants parameters of floats, got {w.dtype} {key!r}")


def check_gradients(name, params, grads):
    """Want for each parameter a gradient of its shape: nothing may be broadcast."""
    for key, w in params.items():
        if key not in grads:
            raise ValueError(f"{name} wants a gradient for {key!r}, got none")
        if grads[key].shape != w.shape:
            raise ValueError(
                f"{name} wants a gradient of shape {w.shape} for {key!r}, "
                f"got {grads[key].shape}"
            )


def check_state(name, own, state):
    """Want the arrays of ``own`` again: the same names, each in its shape."""
    wanted, got = (
        ", ".join(f"{key} {tuple(array.shape)}" for key, array in sorted(held.items()))
        for held in (own, state)
    )
    if wanted != got:
        raise ValueError(f"{name} wants a state with {wanted}, got {got}")


def check_rows_of_classes(name, logits):
    """Want logits (N, C), one row or more of one class or more."""
    got = tuple(logits.shape)
    if len(got) != 2 or 0 in got:
        raise ValueError(
            f"{name} wants logits of shape (N, C) with N and C above 0, got {got}"
        )


def check_labels(name, logits, labels):
    """Want logits (N, C) with N > 0 and integer labels (N,) in 0 ... C - 1."""
    check_array(name, "logits", logits)
    check_rows_of_classes(name, logits)
    if not _is_integer(getattr(labels, "dtype", None)):
        got = getattr(labels, "dtype", type(labels).__name__)
        raise TypeError(f"{name} wants an array of integer labels, got {got}")
    wanted, got = tuple(logits.shape[:1]), tuple(labels.shape)
    if wanted != got:
        raise ValueError(f"{name} wants labels of shape {wanted}, got {got}")
    check_between(name, "labels", labels, 0, logits.shape[1] - 1)


def _is_integer(dtype):
    """Ask a dtype of either library; only NumPy's has a one-letter kind."""
    kind = getattr(dtype, "kind", None)
    return kind in "iu" if kind else "int" in str(dtype)


def check_rows(name, x, targets=None):
    """Want one row or more, and where there are targets one for each row."""
    check_array(name, "x", x)
    if not len(x):
        raise ValueError(f"{name} wants one row or more, got x {tuple(x.shape)}")
    if targets is not None and len(targets) != len(x):
        raise ValueError(f"{name} wants {len(x)} targets, got {len(targets)}")


def check_one_label_each(x, labels):
    """Want labels (N,) for x (N, ...), N > 0."""
    check_array("accuracy", "x", x)
    check_array("accuracy", "labels", labels)
    if not len(x) or tuple(labels.shape) != (len(x),):
        got = tuple(labels.shape)
        raise ValueError(f"accuracy wants one label per row of x ({len(x)}), got {got}")


def check_signs(name, x, targets):
    """Want x (N, D) with N > 0 and targets (N,), each -1 or 1."""
    check_array(name, "x", x)
    check_array(name, "targets", targets)
    if x.ndim != 2 or not len(x):
        raise ValueError(f"{name} wants x of shape (N, D), N > 0, got {tuple(x.shape)}")
    if tuple(targets.shape) != (len(x),):
        got = tuple(targets.shape)
        raise ValueError(f"{name} wants targets of shape ({len(x)},), got {got}")
    check_plus_or_minus(name, targets)


def check_plus_or_minus(name, targets):
    """Want each target to be -1 or 1; of others the first five are shown."""
    wrong = targets[abs(targets) != 1]
    if len(wrong):
        raise ValueError(f"{name} wants targets -1 or 1, got {wrong.tolist()[:5]}")


def check_table(name, outputs):
    """Want outputs (2**n,), each 0 or 1, n > 0; return n."""
    check_array(name, "outputs", outputs)
    shape = tuple(outputs.shape)
    n = shape[0].bit_length() - 1 if len(shape) == 1 else 0
    if n < 1 or shape != (2**n,):
        raise ValueError(f"{name} wants outputs of shape (2**n,), n > 0, got {shape}")
    if not bool(((outputs == 0) | (outputs == 1)).all()):
        raise ValueError(f"{name} wants outputs 0 or 1, got {outputs.tolist()[:5]}")
    return n

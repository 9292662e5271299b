"""A state as a tree of plain values and arrays, written so that nothing is executed.

``flatten`` turns dicts, lists, tuples, numbers, strings, NumPy arrays and PyTorch's
tensors into a form that JSON holds, with the arrays beside it; ``rebuild`` is its
inverse, to the bit. Nothing is pickled: a file from a stranger can hold no program.
"""

import numpy as np

PLAIN = (bool, int, float, str, type(None))


def flatten(value, arrays, *, where):
    """Return a form of ``value`` for JSON; append its arrays to the list ``arrays``.

    ``where`` names the value in the TypeError for what is none of the kinds above.
    """
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, dict):
        pairs = (
            [flatten(k, arrays, where=where), flatten(v, arrays, where=f"{where}.{k}")]
            for k, v in value.items()
        )
        return {"dict": list(pairs)}
    if isinstance(value, list | tuple):
        items = [flatten(v, arrays, where=f"{where}[{i}]") for i, v in enumerate(value)]
        return {type(value).__name__: items}
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        return {"array": _keep(np.asarray(value), arrays)}
    if hasattr(value, "detach"):
        return _tensor(value, arrays)
    raise TypeError(
        "save_run wants numbers, strings, arrays, tensors and lists or dicts of them, "
        f"got {type(value).__name__} in {where}"
    )


def rebuild(form, arrays):
    """Return the value that ``flatten`` was given. Arrays are those of the list."""
    if not isinstance(form, dict):
        return form
    ((kind, held),) = [item for item in form.items() if item[0] != "dtype"]
    if kind == "dict":
        return {rebuild(k, arrays): rebuild(v, arrays) for k, v in held}
    if kind == "array":
        return arrays[held]
    if kind == "tensor":
        import torch

        return torch.from_numpy(arrays[held]).view(getattr(torch, form["dtype"]))
    return {"list": list, "tuple": tuple}[kind](rebuild(v, arrays) for v in held)


def _tensor(value, arrays):
    """Keep a tensor as an array; bfloat16, which NumPy lacks, as its bits."""
    import torch

    dtype, value = value.dtype, value.detach().cpu()
    if dtype == torch.bfloat16:
        value = value.view(torch.int16)
    name = str(dtype).removeprefix("torch.")
    return {"tensor": _keep(value.numpy(), arrays), "dtype": name}


def _keep(array, arrays):
    arrays.append(array)
    return len(arrays) - 1

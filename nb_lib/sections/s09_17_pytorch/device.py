"""Exercise 9.17.4: model and batch on a device, with the run, the cases and slips."""

import numpy as np

from nb_lib.book.exercises.reading import Unreadable, is_empty
from nb_lib.book.exercises.showing import dtype_name, shown


def to_device(model, batch, device):
    """Move the model in place and each tensor of the batch to a new tensor."""
    if isinstance(batch, dict):
        moved = {k: to_device(model, v, device)[1] for k, v in batch.items()}
    elif isinstance(batch, (tuple, list)):
        moved = type(batch)(to_device(model, v, device)[1] for v in batch)
    else:
        moved = batch.to(device) if hasattr(batch, "to") else batch
    return model.to(device), moved


def _batch_left(model, batch, device):
    return model.to(device), batch


def _model_left(model, batch, device):
    import copy

    return model, to_device(copy.deepcopy(model), batch, device)[1]


def _became_list(model, batch, device):
    model, moved = to_device(model, batch, device)
    return model, list(moved) if isinstance(moved, tuple) else moved


def _became_float(model, batch, device):
    model, moved = to_device(model, batch, device)
    return model, _as_floats(moved)


def _as_floats(batch):
    if isinstance(batch, dict):
        return {key: _as_floats(value) for key, value in batch.items()}
    if isinstance(batch, (tuple, list)):
        return type(batch)(map(_as_floats, batch))
    return batch.float() if hasattr(batch, "float") else batch


def _exchanged(model, batch, device):
    return to_device(model, batch, device)[::-1]


def run_to_device(to_device, model, batch, device):
    """Tell the form of what came, tensor by tensor, and give the numbers that it has.

    A tensor on the meta device has a shape and a dtype, but no numbers.
    """
    result = to_device(model, batch, device)
    if is_empty(result):
        return result
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise Unreadable("a tuple (model, batch)", result)
    model, batch = result
    return places(model), places(batch), (*numbers(model), *numbers(batch))


def places(value):
    """Write the form of a value: dtype, shape and device stand for each tensor."""
    if isinstance(value, dict):
        pairs = sorted(f"{key!r}: {places(entry)}" for key, entry in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (tuple, list)):
        inside = ", ".join(places(entry) for entry in value)
        return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"
    if hasattr(value, "state_dict"):
        parts = (f"{k} {places(v)}" for k, v in value.state_dict().items())
        return f"{type(value).__name__} with {', '.join(parts)}"
    if hasattr(value, "detach"):
        return f"{dtype_name(value)} {tuple(value.shape)} on {value.device}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape}"
    return shown(value)


def numbers(value):
    """List the tensors in a value that have numbers, in the order of ``places``."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value, key=repr)]
    if isinstance(value, (tuple, list)):
        return [found for entry in value for found in numbers(entry)]
    if hasattr(value, "state_dict"):
        return numbers(list(value.state_dict().values()))
    has_numbers = hasattr(value, "detach") and value.device.type != "meta"
    return [value.detach().clone()] if has_numbers else []


def device_cases():
    """Batches of each form, on the CPU and on PyTorch's device without memory."""
    import torch

    rng = np.random.default_rng(174)
    x = torch.from_numpy(rng.normal(size=(3, 5)).astype("float32"))
    labels, mask = torch.tensor([2, 0, 1]), torch.tensor([True, False, True])
    nested = {"x": x, "more": [labels, (mask, "a name")], "count": 3}
    for batch in [(x, labels), x, {"x": x, "labels": labels}, nested]:
        for device in ("cpu", "meta"):
            model = torch.nn.Linear(5, 2)
            for parameter in model.parameters():
                values = rng.normal(size=parameter.shape).astype("float32")
                parameter.data = torch.from_numpy(values)
            yield model, batch, device


SLIPS = {
    "the batch stayed: tensor.to returns a new tensor, keep it": _batch_left,
    "the model stayed: call model.to(device) as well": _model_left,
    "the order of the results: wanted model, batch": _exchanged,
    "a tuple became a list: rebuild the form that came": _became_list,
    "labels became floats: to(device) keeps the dtype": _became_float,
}

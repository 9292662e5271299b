"""What a session has set for all its code: left out of a check, and put back after."""

import random
import sys
import warnings
from contextlib import ExitStack, contextmanager

import numpy as np

PLAIN = {  # how NumPy prints unless told otherwise
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "floatmode": "maxprec",
    "formatter": None,
    "legacy": False,
}


@contextmanager
def restored():
    """Put back, at the end, what the code inside has set for the whole session."""
    with ExitStack() as stack:
        stack.enter_context(np.errstate())
        stack.enter_context(np.printoptions())
        stack.enter_context(warnings.catch_warnings())
        stack.callback(np.random.set_state, np.random.get_state())  # noqa: NPY002
        stack.callback(random.setstate, random.getstate())
        stack.callback(sys.setrecursionlimit, sys.getrecursionlimit())
        stack.callback(put_torch_back, torch_defaults())
        yield


@contextmanager
def fresh():
    """Run the code inside under the usual defaults, then put the reader's back."""
    with restored(), ExitStack() as stack:
        np.seterr(all="ignore")
        np.set_printoptions(**PLAIN)
        warnings.simplefilter("ignore")
        if torch := sys.modules.get("torch"):
            torch.set_default_dtype(torch.float32)
            if torch.get_default_device().type != "cpu":
                torch.set_default_device(None)
            if torch.get_default_device().type != "cpu":  # inside ``with device``
                stack.enter_context(torch.device("cpu"))
            stack.enter_context(torch.inference_mode(False))
            stack.enter_context(torch.enable_grad())
        yield


def torch_defaults():
    """Give PyTorch's default device and dtype, whether it records, and its state."""
    torch = sys.modules.get("torch")
    if torch is None:
        return None
    return (
        torch.get_default_device(),
        torch.get_default_dtype(),
        torch.is_grad_enabled(),
        torch.get_rng_state(),
    )


def put_torch_back(defaults):
    """Set them again; where PyTorch came in later, set what it starts with."""
    torch = sys.modules.get("torch")
    if torch is None:
        return
    start = torch.device("cpu"), torch.float32, True, None
    device, dtype, records, state = defaults or start
    if torch.get_default_device() != device:
        torch.set_default_device(None if device.type == "cpu" else device)
    torch.set_default_dtype(dtype)
    torch.set_grad_enabled(records)
    if state is not None:
        torch.set_rng_state(state)

"""Hear which loss is taken back: one ear for all doctors that are at work."""

import torch

from nb_lib.doctor.evidence import first_tensor

ACTIVE = []  # the doctors at work, outermost first


def listen(tensors, *args, **kwargs):
    """Tell each doctor which loss is about to be taken back, then take it back."""
    loss = first_tensor(tensors)
    for doctor in ACTIVE:
        doctor.before_backward(loss)
    return listen.original(tensors, *args, **kwargs)


def join(doctor):
    """Let a doctor hear; return all that are at work now."""
    if not ACTIVE:
        listen.original, torch.autograd.backward = torch.autograd.backward, listen
    ACTIVE.append(doctor)
    return list(ACTIVE)


def leave(doctor):
    """Let a doctor hear no more."""
    ACTIVE.remove(doctor)
    if not ACTIVE:
        torch.autograd.backward = listen.original

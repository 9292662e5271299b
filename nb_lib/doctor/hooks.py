"""Hooks that are in nobody's way: not when they fail, nor when a model is copied."""

import functools

import torch


def nothing(*args, **kwargs):
    """Do nothing: what a hook of a copied or saved model does."""


def inert():
    """Return the hook that does nothing."""
    return nothing


class Hook:
    """Call ``hook`` for ``module`` alone; copies and files of it do nothing."""

    def __init__(self, hook, module):
        self.hook, self.module = hook, module

    def __call__(self, module, *args, **kwargs):
        if module is self.module:
            self.hook(module, *args, **kwargs)

    def __deepcopy__(self, memo):
        return nothing

    def __reduce__(self):
        return inert, ()


def is_idle(doctor):
    """Say whether a doctor is paused, or its model only being traced."""
    return doctor.is_paused or torch.jit.is_tracing()


def harmless(hook):
    """Let a hook that fails end the watching rather than the run."""

    @functools.wraps(hook)
    def guarded(self, *args, **kwargs):
        if is_idle(self):
            return
        try:
            hook(self, *args, **kwargs)
        except Exception as error:
            self.is_paused, self.failure = True, error
            self.trail.clear()

    return guarded

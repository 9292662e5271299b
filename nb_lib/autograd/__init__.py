"""Differentiation by machine: an engine on arrays, and checks of any derivative."""

from nb_lib.autograd.tensor import Tensor

__all__ = ["Tensor"]

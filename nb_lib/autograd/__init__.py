"""Differentiation by machine: an engine on arrays, and checks of any derivative."""

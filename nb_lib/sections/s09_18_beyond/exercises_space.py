"""Exercises of 9.18 about shifts, graphs and flows."""

SPACE = ()

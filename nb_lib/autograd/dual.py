"""Forward-mode differentiation in a dozen lines: section 9.15."""

import numpy as np


class Dual:
    """A number, or an array, that carries its slope along one input with it.

    A dual number with slope 1 is the input along which all slopes are taken; constants
    and the other inputs have slope 0.

    Source: William Clifford (1873) for the numbers, Robert Wengert (1964) for the use.
    """

    def __init__(self, value, slope=0.0):
        self.value = value
        self.slope = slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def tanh(self):
        y = np.tanh(self.value)
        return Dual(y, self.slope * (1 - y**2))

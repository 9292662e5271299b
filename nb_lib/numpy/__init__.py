"""The chapter in NumPy: every forward pass with its backward pass, by hand.

Formulas calculate with floats, so an array of integers or bools counts as float64 (in
a layer: as the dtype of the weights). Otherwise the bytes of an image would wrap around
at 256. Labels, sizes and counts are integers by right and stay what they are.
"""

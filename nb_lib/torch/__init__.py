"""The chapter in PyTorch: the same names, the same parameters, autograd behind.

Formulas calculate with floats, so a tensor of integers or bools counts as float64 (in
a layer: as the dtype of the weights). Otherwise the bytes of an image would wrap around
at 256. Labels, sizes and counts are integers by right and stay what they are.
"""

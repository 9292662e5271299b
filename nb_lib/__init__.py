"""The companion library: one chapter, told in NumPy, PyTorch and pictures."""

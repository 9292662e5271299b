"""The chapter in NumPy: every forward pass with its backward pass, by hand."""

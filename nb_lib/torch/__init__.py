"""The chapter in PyTorch: the same names, the same parameters, autograd behind."""

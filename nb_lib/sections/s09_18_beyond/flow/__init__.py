"""Points are carried by a field: residual blocks, Euler and RK4."""

"""Data sets and batches, NumPy only."""

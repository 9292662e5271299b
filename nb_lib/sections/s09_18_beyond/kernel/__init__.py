"""A kernel slides over a digit: one pixel at a time, and shifts."""

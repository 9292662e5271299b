"""A small Transformer learns to write verses, one character at a time."""

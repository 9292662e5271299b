"""Four architectures, three questions about the same letters: which bias wins where."""

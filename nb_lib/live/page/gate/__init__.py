"""The gate: an explorer computes in the page only if the page agrees with Python."""

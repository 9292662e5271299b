"""Neighbours mix again and again, until all vertices look alike."""

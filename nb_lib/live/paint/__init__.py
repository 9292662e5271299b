"""Painting: display lists, what writes them and what draws them."""

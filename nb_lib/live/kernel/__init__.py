"""The kernel's side: a worker, the live widget, a pad to draw on."""

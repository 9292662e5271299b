"""The bug clinic of 9.19: ten cases, one training loop, and a switch for each fault."""

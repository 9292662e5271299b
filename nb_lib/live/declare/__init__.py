"""Declaring: what may be set, and what an explorer shows for it."""

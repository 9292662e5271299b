"""One unit that has to remember a message: a plain one, and one with gates."""

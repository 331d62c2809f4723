"""The settings: each composes the elements of one kind of picture."""

"""Compare: two to nine images on one light table, the blind vote over them, and its ranking."""

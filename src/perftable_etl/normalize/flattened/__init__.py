"""Flattened text rebuilt into the grid it was printed in, from the closed vocabulary, the value grammar and line widths."""

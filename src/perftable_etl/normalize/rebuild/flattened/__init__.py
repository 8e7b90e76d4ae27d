"""Flattened text rebuilt into the grid it was printed in: by closed vocabulary, value grammar and line widths."""

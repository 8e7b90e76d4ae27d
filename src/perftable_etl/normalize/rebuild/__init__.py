"""Grids for forms that are printed without: from flattened text, and from where text stands on a page."""

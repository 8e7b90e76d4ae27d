"""Boxes, turns of the plane, and the order in which words on it are read."""

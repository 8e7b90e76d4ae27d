"""Sheets of decisions as people hand them in: read from the formats of office programs, their values understood."""

"""Panels of invented units over several years, of which is known what is the same from year to year."""

"""Decisions of persons: kept beside what the program read, found again by what is printed, and shown instead of it."""

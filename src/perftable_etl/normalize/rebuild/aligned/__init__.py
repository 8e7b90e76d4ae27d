"""Forms whose table has no rules, or too few: cells are told by where their text stands."""

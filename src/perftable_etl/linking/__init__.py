"""What is the same in several years: projects and indicators of a unit, linked from each year to the next.

It knows names, years, and values, and no database. Everything in it is deterministic: equal members give equal links.
"""

"""A link: two members of different years that are the same project or indicator, or may be."""

from __future__ import annotations

from typing import Literal, NamedTuple

Subject = Literal["project", "indicator"]

Match = Literal["exact", "moved", "reworded", "similar", "merged"]
"""Why two members are linked. `exact`: they print the same; `moved`: the same name in another place; `reworded`: the
same in other words; `similar`: alike; `merged`: much of one is in another that has a link of its own."""

Status = Literal["used", "queued", "confirmed", "rejected"]
"""What a link counts: `used` in views; `queued` for a person; `confirmed` or `rejected` by one."""

COUNTING: tuple[Status, ...] = ("used", "confirmed")
"""The links that make series."""


class Link(NamedTuple):
    """A link between the members with these ids. `score` is between 0 and 1, and 1 for what is printed the same.

    `waits`: the projects of two indicators are themselves not linked for sure, so their link decides.
    """

    subject: Subject
    earlier_id: str
    later_id: str
    match: Match
    score: float
    status: Status
    waits: bool = False

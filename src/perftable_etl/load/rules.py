"""The gates by their names, and how far each may fall: the rules of publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import NamedTuple

from perftable_etl.load.tables import INDICATORS, PROJECTS

MAX_FALL = 0.05
"""How far a gate may fall that has no limit of its own."""

PROFILED = (PROJECTS, INDICATORS)
"""The tables whose columns are looked at one by one."""

NOT_PRINTED = frozenset({"readings_agree", "confidence", "content_hash", "duplicate_of", "superseded_by"})
"""Columns that say how a row was read or relates, not what the form prints: emptier may be for the better."""

KEPT = "documents kept"
READABLE = "documents that could be read"
COVERAGE = "coverage, mean"


def rows_gate(table: str) -> str:
    """The gate on how many rows of a table there are."""
    return f"rows of {table}"


def fill_gate(table: str, column: str) -> str:
    """The gate on how many rows of a table have a value in a column."""
    return f"filled {table}.{column}"


GATES = (
    KEPT,
    *(rows_gate(table.name) for table in PROFILED),
    *(
        fill_gate(table.name, column.name)
        for table in PROFILED
        for column in table.columns
        if not column.is_required and column.name not in NOT_PRINTED
    ),
    COVERAGE,
    READABLE,
)
"""All gates there are."""


class Rules(NamedTuple):
    """How far gates may fall: those whose name matches a pattern of `limits` so far, the first that matches; others
    `max_fall`. What matches a pattern of `forced` may fall as far as it does.

    In a pattern `*` stands for anything: `filled indicators.*`.
    """

    max_fall: float = MAX_FALL
    limits: Mapping[str, float] = {}
    forced: tuple[str, ...] = ()

    def limit_of(self, gate: str) -> float:
        """How far the gate of this name may fall."""
        return next((limit for pattern, limit in self.limits.items() if fnmatchcase(gate, pattern)), self.max_fall)

    def is_forced(self, gate: str) -> bool:
        """Whether the gate of this name does not count."""
        return any(fnmatchcase(gate, pattern) for pattern in self.forced)


def complaint(patterns: Iterable[str]) -> str | None:
    """What is wrong with the first of these patterns that no gate matches; None: nothing."""
    for pattern in patterns:
        if not any(fnmatchcase(gate, pattern) for gate in GATES):
            like = get_close_matches(pattern, GATES, n=3, cutoff=0.5) or (KEPT, rows_gate("projects"), "filled *")
            return f"no gate is named {pattern}; some gates are {', '.join(like)}"
    return None

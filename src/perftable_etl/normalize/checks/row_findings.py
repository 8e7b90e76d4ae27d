"""Warnings about one row of indicators."""

from __future__ import annotations

from perftable_etl.records import Declaration, Finding, FindingCode, Indicator


def row_finding(declaration: Declaration, row: Indicator, code: FindingCode, message: str, raw: str) -> Finding:
    """A warning about one row of a declaration's indicators, where that row stands."""
    return Finding(
        code=code,
        severity="warning",
        message=message,
        raw=raw,
        place=row.place,
        project=declaration.ordinal,
        indicator=row.ordinal,
    )

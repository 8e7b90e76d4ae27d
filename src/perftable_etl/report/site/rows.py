"""Rows of the database on their way to the pages: exact numbers as text, and nothing where nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from perftable_etl.load.database import Connection
from perftable_etl.report.site.json_script import Json

Row = Mapping[str, Json]
"""A row by the names of its columns; without those that are NULL."""


def rows(connection: Connection, query: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
    """The rows that a query gives."""
    cursor = connection.execute(query, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        yield {name: plain(value) for name, value in zip(names, values, strict=True) if value is not None}


def plain(value: Any) -> Json:
    """A value as JSON has it. A decimal is text, since JavaScript's numbers are not exact."""
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    kept: Json = value
    return kept


def _decimal(value: Decimal) -> str:
    """Money with its two places, any other number with those that it needs."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        value = value.normalize()
    return f"{value:f}"

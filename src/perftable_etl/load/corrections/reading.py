"""What the program read of values that decisions are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from perftable_etl.load.corrections.printed import Item
from perftable_etl.load.database import Connection
from perftable_etl.load.review import rows_by_id, value_text


def values_read(connection: Connection, items: Iterable[Item | None]) -> dict[Item, str]:
    """The values of those items that are values, as text; none for what is blank."""
    values = [item for item in items if item and item.key.subject.field]
    projects = rows_by_id(connection, "projects", "project_id", [item.project_id for item in values])
    indicators = rows_by_id(connection, "indicators", "indicator_id", [item.indicator_id for item in values])
    read = ((item, _read(item, indicators.get(item.indicator_id) or projects.get(item.project_id))) for item in values)
    return {item: text for item, text in read if text}


def _read(item: Item, row: Mapping[str, Any] | None) -> str | None:
    return value_text(row, item.key.subject.field or "") if row else None

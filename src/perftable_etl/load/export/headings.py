"""What sheets and their columns are called in Chinese."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from perftable_etl.load.export.relation import ExportColumn, Relation

_TERM = re.compile(r"\((?:其中：)?([\u4e00-\u9fff]+)")
"""The Chinese term in the comment of a column."""


class _Names(NamedTuple):
    """The names as they are in headings.toml: of sheets, of columns anywhere, of columns of one table."""

    tables: Mapping[str, str]
    columns: Mapping[str, str]
    columns_of: Mapping[str, Mapping[str, str]]


def sheet_name(relation: str) -> str:
    """What the sheet of a table or view is called."""
    return _names().tables.get(relation, relation)[:25]


def headings(relation: Relation) -> list[str]:
    """What the columns are called. No two are called alike: those that would be have their own name behind."""
    found = [heading(relation.name, column) for column in relation.columns]
    counted = Counter(found)
    return [
        f"{name} {column.name}" if counted[name] > 1 else name
        for name, column in zip(found, relation.columns, strict=True)
    ]


def heading(table: str, column: ExportColumn) -> str:
    """What one column is called: its name of headings.toml, the term in its comment, or its own name."""
    names = _names()
    named = names.columns_of.get(table, {}).get(column.name) or names.columns.get(column.name)
    term = _TERM.search(column.comment or "")
    return named or (term[1] if term else column.name)


@cache
def _names() -> _Names:
    text = (files("perftable_etl.load.export") / "headings.toml").read_text("utf-8")
    return _Names(**tomllib.loads(text))

"""What every column holds: its type, whether it may be empty, its meaning, its Chinese name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perftable_etl.load.export.headings import headings
from perftable_etl.load.export.relation import Relation


class CodebookEntry(NamedTuple):
    """One column."""

    table: str
    column: str
    heading: str
    type: str
    is_required: bool
    comment: str | None


def codebook(relations: Iterable[Relation]) -> Iterator[CodebookEntry]:
    """All columns of some relations, in order."""
    for relation in relations:
        for column, heading in zip(relation.columns, headings(relation), strict=True):
            yield CodebookEntry(relation.name, column.name, heading, column.type, column.is_required, column.comment)

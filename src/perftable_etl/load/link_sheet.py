"""The sheet of links: what `links --csv` writes and `links --apply` takes. One row is one link, all cells are text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Annotated, NamedTuple

from perftable_etl.load.corrections.sheet import BYTE_ORDER_MARK, guarded


class LinkSheetRow(NamedTuple):
    """The columns of the sheet in their order. An empty text is no value."""

    subject: Annotated[str, "project or indicator"] = ""
    match: Annotated[str, "Why they may be linked"] = ""
    score: Annotated[str, "How alike they are, 0 to 1"] = ""
    status: Annotated[str, "used, queued, confirmed or rejected"] = ""
    earlier_year: Annotated[str, "Key: budget year of the earlier one"] = ""
    later_year: Annotated[str, "Key: budget year of the later one"] = ""
    earlier_project: Annotated[str, "Key: name of the earlier project"] = ""
    later_project: Annotated[str, "Key: name of the later project"] = ""
    earlier_level2: Annotated[str, "Key: level 2 of the earlier indicator"] = ""
    later_level2: Annotated[str, "Key: level 2 of the later indicator"] = ""
    earlier_level3: Annotated[str, "Key: name of the earlier indicator"] = ""
    later_level3: Annotated[str, "Key: name of the later indicator"] = ""
    earlier_printed: Annotated[str, "Earlier target as printed, or funds of the year in yuan"] = ""
    later_printed: Annotated[str, "Later target as printed, or funds of the year in yuan"] = ""
    decision: Annotated[str, "You fill in: yes (both are the same) or no"] = ""
    reason: Annotated[str, "You fill in: why"] = ""
    author: Annotated[str, "You fill in: who decides"] = ""
    earlier_place: Annotated[str, "Where the earlier one is printed"] = ""
    later_place: Annotated[str, "Where the later one is printed"] = ""
    form_kind: Annotated[str, "Key: kind of form"] = ""
    phase: Annotated[str, "Key: time for which the targets hold"] = ""
    area: Annotated[str, "Key: place whose targets they are"] = ""
    earlier_publisher: Annotated[str, "Key: unit that publishes the earlier one"] = ""
    later_publisher: Annotated[str, "Key: unit that publishes the later one"] = ""
    earlier_unit: Annotated[str, "Key: unit that carries out the earlier project"] = ""
    later_unit: Annotated[str, "Key: unit that carries out the later project"] = ""
    earlier_project_occurrence: Annotated[str, "Key: which of several projects alike, from 1"] = ""
    later_project_occurrence: Annotated[str, "Key: which of several projects alike, from 1"] = ""
    earlier_occurrence: Annotated[str, "Key: which of several indicators alike, from 1"] = ""
    later_occurrence: Annotated[str, "Key: which of several indicators alike, from 1"] = ""
    decided_at: Annotated[str, "When it was decided (UTC, ISO 8601); empty: when it is applied"] = ""


_NUMBERS = frozenset(name for name in LinkSheetRow._fields if name.endswith(("_year", "_occurrence", "score")))


def link_sheet_text(rows: Iterable[LinkSheetRow]) -> str:
    """The sheet as CSV that Excel opens."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(LinkSheetRow._fields)
    for row in rows:
        writer.writerow(_cell(column, text) for column, text in zip(LinkSheetRow._fields, row, strict=True))
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(column: str, text: str) -> str:
    return text if column in _NUMBERS else guarded(column, text)

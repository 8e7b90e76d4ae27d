"""The findings that wait for a person, with the row of the sheet that each decision is written on."""

from __future__ import annotations

from collections.abc import Mapping

from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.load.database import Connection
from perftable_etl.load.review import review_rows
from perftable_etl.report.site.json_script import Json

Sheets = Mapping[str, SheetRow]
"""By finding, in the order in which findings are worth looking at."""


def sheets(connection: Connection) -> Sheets:
    """The rows of the sheet, of all findings that nobody has decided."""
    return {row.finding_id: row.sheet_row for row in review_rows(connection)}


def queue(waiting: Sheets) -> Json:
    """What the pages know of all findings that wait: id, document, and a number that those alike share."""
    groups: dict[tuple[str, str], int] = {}
    findings: list[Json] = [
        [row.finding_id, row.document_sha256[:16], groups.setdefault((row.code, row.printed_raw), len(groups))]
        for row in waiting.values()
    ]
    return {"columns": list(SheetRow._fields), "findings": findings}

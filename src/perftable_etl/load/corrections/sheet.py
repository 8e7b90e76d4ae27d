"""The sheet of decisions: what `review --csv` writes, the site saves, `corrections apply` takes and `export` carries.

One row is one finding, or one value or row of a form. All cells are text. A program that opens such a sheet may take a
text for a number, a date or a formula; a guard before the text keeps it as it is, and is taken off when it is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Annotated, NamedTuple, get_type_hints

GUARD = "'"
"""Stands before a text that a program would change. Only the first one of a cell is taken off."""

BYTE_ORDER_MARK = "\ufeff"
"""Begins the file: without it Excel takes Chinese text for another encoding."""

YES = "yes"
"""What stands in `all_alike` of a decision that holds for all findings alike."""

NO_VALUE = "NULL"
"""What stands in `new_value` where nothing is the right value."""


class SheetRow(NamedTuple):
    """The columns of the sheet in their order. An empty text is no value."""

    code: Annotated[str, "Code of the finding; empty: the row is about no finding"] = ""
    severity: Annotated[str, "error, warning or info"] = ""
    file_name: Annotated[str, "File that has it"] = ""
    page: Annotated[str, "Page that prints it, from 1"] = ""
    project_name: Annotated[str, "Key: name of the project"] = ""
    level3: Annotated[str, "Key: name of the indicator"] = ""
    printed_raw: Annotated[str, "Key: text as printed"] = ""
    message: Annotated[str, "What was found and what to do"] = ""
    field: Annotated[str, "Column that it is about, as in projects or indicators; you may name another"] = ""
    old_value: Annotated[str, "What the program read"] = ""
    verdict: Annotated[str, "You fill in: corrected, confirmed, dismissed, removed, added or kept_apart"] = ""
    new_value: Annotated[str, "You fill in: the right value as it would be printed; money in yuan; NULL: none"] = ""
    reason: Annotated[str, "You fill in: why"] = ""
    author: Annotated[str, "You fill in: who decides"] = ""
    all_alike: Annotated[str, "You fill in: yes, if it holds for all findings with this code and printed text"] = ""
    unit: Annotated[str, "Key: department or unit that publishes"] = ""
    fiscal_year: Annotated[str, "Key: budget year of the project"] = ""
    form_kind: Annotated[str, "Key: kind of form"] = ""
    phase: Annotated[str, "Key: time for which the target holds"] = ""
    level2: Annotated[str, "Key: level 2 of the indicator"] = ""
    occurrence: Annotated[str, "Key: which of several alike, from 1, in the order of the form"] = ""
    document_sha256: Annotated[str, "sha256 of the file"] = ""
    finding_id: Annotated[str, "Id of the finding"] = ""
    decided_at: Annotated[str, "When it was decided (UTC, ISO 8601); empty: when it is applied"] = ""
    correction_id: Annotated[str, "Id of a decision that a database has; empty in a new one"] = ""


COLUMNS = {name: hint.__metadata__[0] for name, hint in get_type_hints(SheetRow, include_extras=True).items()}
"""What each column holds."""

DECISION = ("verdict", "new_value", "reason", "author", "all_alike")
"""The columns that a person fills in."""

_CHANGED = re.compile(
    r"[=+\-@'\t\r\n ]|[0-9.,:/%¥$￥]+$|[0-9.]+[eE][0-9]|[0-9]+[-/.:][0-9]|(?:true|false)$", re.IGNORECASE
)
_IDS = frozenset({"document_sha256", "finding_id", "correction_id"})
_NUMBERS = frozenset({"page", "fiscal_year", "occurrence"})


def guarded(column: str, text: str) -> str:
    """A cell's text as it is written: what a program would take for a number, a date or a formula has a guard."""
    if column in _NUMBERS:
        return text
    return GUARD + text if text and (column in _IDS or _CHANGED.match(text)) else text


def unguarded(text: str) -> str:
    """A cell's text as it was meant."""
    return text.strip().removeprefix(GUARD).strip()


def sheet_text(rows: Iterable[SheetRow]) -> str:
    """The sheet as CSV that Excel opens."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(SheetRow._fields)
    for row in rows:
        writer.writerow(guarded(column, text) for column, text in zip(SheetRow._fields, row, strict=True))
    return BYTE_ORDER_MARK + out.getvalue()

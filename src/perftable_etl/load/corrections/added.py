"""Rows that persons added: indicators that the form prints and the program did not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perftable_etl.form_fields import INDICATOR_FIELDS
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.keys import folded_name
from perftable_etl.load.corrections.patches import patch
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.ids import hash_of

Row = Mapping[str, Any]
"""A row by its columns."""


def added_row(
    correction: CorrectionRow, value: CorrectionValueRow, project: Row, siblings: Sequence[Row]
) -> Row | None:
    """The row of an added indicator; None where the program has read it by now.

    What the person did not say is as in the rows beside it: those of its level 2, else all of the project.
    """
    if _is_read(correction, siblings):
        return None
    alike = next((row for row in reversed(siblings) if row["level2"] == correction.level2), None)
    last = alike or next(reversed(siblings), None)
    return {
        "indicator_id": hash_of("added", project["project_id"], correction.correction_id),
        "project_id": project["project_id"],
        "document_id": project["document_id"],
        "ordinal": max((row["ordinal"] for row in siblings), default=0) + 1,
        "level1": alike and alike["level1"],
        "level2": correction.level2,
        "level3": correction.level3,
        "level1_raw": alike["level1_raw"] if alike else "",
        "level2_raw": alike["level2_raw"] if alike else correction.level2 or "",
        "level3_raw": correction.level3,
        "scheme": last and last["scheme"],
        "phase": correction.phase,
        "page": last["page"] if last else project["last_page"],
        **patch(INDICATOR_FIELDS["target"], value),
    }


def identity(correction: CorrectionRow) -> tuple[str | None, str | None, str | None, int]:
    """What an added row is known by in its project."""
    level2, level3 = folded_name(correction.level2), folded_name(correction.level3)
    return correction.phase, level2, level3, correction.occurrence or 1


def _is_read(correction: CorrectionRow, siblings: Sequence[Row]) -> bool:
    """Whether there are as many rows of its name as it says."""
    *own, occurrence = identity(correction)
    alike = [row for row in siblings if [row["phase"], folded_name(row["level2"]), folded_name(row["level3"])] == own]
    return len(alike) >= occurrence

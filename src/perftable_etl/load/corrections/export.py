"""Decisions made, out of the database: how each stands, and as a sheet that another database applies."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC
from pathlib import Path

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.sheet import NO_VALUE, SheetRow
from perftable_etl.load.corrections.states import DecisionState, decision_states
from perftable_etl.load.database import explained, open_to_query
from perftable_etl.load.edition import require_current

_WITH_VALUE = frozenset({"corrected", "added"})


def decisions_at(path: Path) -> list[DecisionState]:
    """How each decision of the database at `path` stands."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the corrections of {path} cannot be read"):
            return decision_states(connection)


def sheet_row(correction: CorrectionRow) -> SheetRow:
    """A decision as a row of the sheet."""
    no_value = NO_VALUE if correction.verdict in _WITH_VALUE else ""
    return SheetRow(
        code=correction.code or "",
        project_name=correction.project_name or "",
        level3=correction.level3 or "",
        printed_raw=correction.printed_raw,
        field=correction.field or "",
        old_value=correction.old_value or "",
        verdict=correction.verdict,
        new_value=no_value if correction.new_value is None else correction.new_value,
        reason=correction.reason or "",
        author=correction.author,
        unit=correction.unit or "",
        fiscal_year=_text(correction.fiscal_year),
        form_kind=correction.form_kind or "",
        phase=correction.phase or "",
        level2=correction.level2 or "",
        occurrence=_text(correction.occurrence),
        document_sha256=correction.document_sha256,
        decided_at=correction.decided_at.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        correction_id=correction.correction_id,
    )


def _text(number: int | None) -> str:
    return "" if number is None else str(number)

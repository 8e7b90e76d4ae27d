"""Decisions as rows: on an item of this database or as another one exported them, and signed by who made them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.keys import folded, key_of
from perftable_etl.load.corrections.lines import Decision, number_in
from perftable_etl.load.corrections.printed import Item
from perftable_etl.load.corrections.scope import field_of
from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.load.ids import hash_of
from perftable_etl.records import FormKind, IndicatorPhase


class UnsignedDecision(NamedTuple):
    """A decision that is not signed yet, and the item that it is about; None where another database knew that."""

    correction: CorrectionRow
    item: Item | None = None

    def with_key(self, **changes: Any) -> UnsignedDecision:
        """The same on something else."""
        return self._replace(correction=self.correction._replace(**changes))


def about(item: Item, decision: Decision, *, code: str | None) -> UnsignedDecision:
    """The decision on an item, not signed yet."""
    correction = CorrectionRow(
        "",
        item.document_id,
        item.printed.unit,
        item.printed.fiscal_year,
        cast(FormKind | None, item.printed.form_kind),
        item.printed.project_name,
        cast(IndicatorPhase | None, item.printed.phase),
        item.printed.level2,
        item.printed.level3,
        item.key.occurrence,
        item.key.subject.field,
        code,
        item.key.subject.printed_raw,
        None,
        decision.new_value,
        decision.verdict,
        None,
        "",
        datetime.min,
    )
    return UnsignedDecision(correction, item)


def verbatim(row: SheetRow, decision: Decision) -> UnsignedDecision:
    """A decision of another database, as it was exported."""
    correction = CorrectionRow(
        correction_id="",
        document_sha256=row.document_sha256,
        unit=row.unit or None,
        fiscal_year=number_in("fiscal_year", row.fiscal_year),
        form_kind=cast(FormKind, row.form_kind or None),
        project_name=row.project_name or None,
        phase=cast(IndicatorPhase, row.phase or None),
        level2=row.level2 or None,
        level3=row.level3 or None,
        occurrence=number_in("occurrence", row.occurrence),
        field=field_of(row) or None,
        code=row.code or None,
        printed_raw=folded(row.printed_raw),
        old_value=row.old_value or None,
        new_value=decision.new_value,
        verdict=decision.verdict,
        reason=None,
        author="",
        decided_at=datetime.min,
    )
    return UnsignedDecision(correction)


def signed(draft: UnsignedDecision, texts: Mapping[Item, str], decision: Decision, moment: datetime) -> CorrectionRow:
    """The decision with who made it, when and why, what the program read (`texts`), and its id."""
    named = draft.correction._replace(
        reason=decision.reason, author=decision.author, decided_at=decision.decided_at or moment
    )
    if draft.item and named.old_value is None:
        named = named._replace(old_value=texts.get(draft.item))
    other_file = named.old_value if named.verdict == "kept_apart" else None
    own_file = named.document_sha256 if named.project_name is None or other_file else None
    parts = (*key_of(named), named.code, named.verdict, named.new_value, own_file, other_file)
    return named._replace(correction_id=hash_of("correction", *parts))

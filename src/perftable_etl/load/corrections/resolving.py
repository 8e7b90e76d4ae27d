"""From the lines of a sheet to decisions: what each line is about in this database, and what is decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.drafts import UnsignedDecision, about, signed, verbatim
from perftable_etl.load.corrections.keys import folded, folded_name
from perftable_etl.load.corrections.lines import Complaint, Decision, SheetLine, Unfit, decision_of, number_in
from perftable_etl.load.corrections.printed import Item
from perftable_etl.load.corrections.reading import values_read
from perftable_etl.load.corrections.scope import Scope, field_of, scope_of
from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.load.database import Connection
from perftable_etl.records import IndicatorPhase


class SheetDecision(NamedTuple):
    """A decision, and the line that it comes from."""

    line: SheetLine
    correction: CorrectionRow


class Resolution(NamedTuple):
    """What a sheet decides, and what is wrong with lines that decide nothing."""

    decided: tuple[SheetDecision, ...]
    complaints: tuple[Complaint, ...]


def resolve(connection: Connection, lines: Sequence[SheetLine], author: str | None, moment: datetime) -> Resolution:
    """The decisions of all lines that have a verdict; `author` and `moment` hold where a line names none."""
    lines = [line for line in lines if line.row.verdict]
    resolver = _Resolver(
        connection,
        scope_of(connection, [line for line in lines if not line.row.correction_id]),
        frozenset(line.row.finding_id for line in lines),
    )
    drafts: list[tuple[SheetLine, Decision, UnsignedDecision]] = []
    complaints = []
    for line in lines:
        try:
            decision = decision_of(line, author)
            drafts += [(line, decision, draft) for draft in resolver.decided(line.row, decision)]
        except Unfit as unfit:
            complaints.append(Complaint(line.number, str(unfit)))
    texts = values_read(connection, [draft.item for *_, draft in drafts])
    decided = (SheetDecision(line, signed(draft, texts, decision, moment)) for line, decision, draft in drafts)
    return Resolution(tuple(decided), tuple(complaints))


class _Resolver:
    """Finds what lines are about. The findings that are `explicit` have lines of their own."""

    def __init__(self, connection: Connection, scope: Scope, explicit: frozenset[str | None]) -> None:
        self._connection = connection
        self._scope = scope
        self._explicit = explicit
        self._findings = {item.finding_id: item for item in scope.items if item.finding_id}
        self._values = {
            (item.project_id, item.indicator_id, item.key.subject.field): item
            for item in scope.items
            if not item.finding_id
        }

    def decided(self, row: SheetRow, decision: Decision) -> Iterator[UnsignedDecision]:
        """What a line decides. Raises Unfit where nothing printed is what it is about."""
        if row.correction_id:
            yield verbatim(row, decision)
        elif row.finding_id in self._findings or row.code:
            finding = self._finding_of(row)
            for one in (finding, *(self._alike(finding) if decision.all_alike else ())):
                yield from self._on_found(one, finding, row, decision)
        else:
            yield self._on_row(row, decision)

    def _finding_of(self, row: SheetRow) -> Item:
        known = self._findings.get(row.finding_id)
        if known is None:
            return _only(self._matching(row, code=row.code), f"finding {row.code} that prints this")
        if row.code and row.code != known.key.subject.code:
            raise Unfit(
                f"finding {row.finding_id} has the code {known.key.subject.code}, and the line says {row.code}. "
                "Make sure that no cells were moved."
            )
        return known

    def _alike(self, finding: Item) -> list[Item]:
        """Other findings with the same code and text. One that has a decision of its own is none of them."""
        own = self._explicit | {finding.finding_id}
        others = (self._findings.get(one) for one in sorted(self._scope.alike - own))
        return [other for other in others if other and other.key.subject == finding.key.subject]

    def _matching(self, row: SheetRow, *, code: str | None = None, field: str | None = None) -> list[Item]:
        """The items that have all that a line says of the key."""
        return [
            item
            for item in self._scope.items
            if (item.key.subject.code, item.key.subject.field) == (code or None, field or None)
            and _says(row, item, self._scope.file_names[item.document_id])
        ]

    def _on_found(self, finding: Item, first: Item, row: SheetRow, decision: Decision) -> Iterator[UnsignedDecision]:
        """What is decided of one finding: `first`, or one alike."""
        code, field = finding.key.subject.code, field_of(row)
        if decision.verdict == "dismissed" or (decision.verdict == "confirmed" and not self._has(finding, field)):
            yield about(finding, decision, code=code)
        elif decision.verdict == "kept_apart":
            yield about(self._owner(finding, None), decision, code=code).with_key(old_value=self._other_file(finding))
        elif decision.verdict == "removed":
            yield about(self._owner(finding, finding.indicator_id), decision, code=code)
        elif decision.verdict == "added":
            yield self._added(finding, row, decision)
            yield about(finding, decision._replace(verdict="confirmed", new_value=None), code=code)
        else:
            yield from self._on_value(finding, first, field, decision)

    def _on_value(self, finding: Item, first: Item, field: str, decision: Decision) -> Iterator[UnsignedDecision]:
        """What is decided of the value that a finding is about. One that prints something else is not alike."""
        value = self._value(finding, field)
        if value.key.subject != self._value(first, field).key.subject:
            return
        code = finding.key.subject.code
        is_print = finding.key.subject.printed_raw == value.key.subject.printed_raw
        is_row = finding.indicator_id == value.indicator_id
        yield about(value, decision, code=code if is_print and is_row else None)
        if not (is_print and is_row):
            yield about(finding, decision._replace(verdict="confirmed", new_value=None), code=code)

    def _has(self, finding: Item, field: str) -> bool:
        return bool(field) and self._found_value(finding, field) is not None

    def _found_value(self, finding: Item, field: str) -> Item | None:
        of_indicator = field in INDICATOR_FIELDS and (finding.indicator_id or field not in FIELDS)
        return self._values.get((finding.project_id, finding.indicator_id if of_indicator else None, field))

    def _value(self, finding: Item, field: str) -> Item:
        if not field:
            raise Unfit(_NO_FIELD)
        if found := self._found_value(finding, field):
            return found
        if field not in INDICATOR_FIELDS and field not in FIELDS:
            raise Unfit(f"{field} is no column that can be corrected. Some are target, level2, name, annual_funds.")
        raise Unfit(
            f"this finding is about no {'indicator' if field in INDICATOR_FIELDS else 'project'}, so {field} "
            "is nothing of it. Clear code and finding_id, and fill in project_name, level3 and field."
        )

    def _owner(self, finding: Item, indicator_id: str | None) -> Item:
        if finding.project_id is None:
            raise Unfit("this finding is about the whole file and no row of it. `forget` takes a whole file out.")
        return self._values[finding.project_id, indicator_id, None]

    def _added(self, project: Item, row: SheetRow, decision: Decision) -> UnsignedDecision:
        if not row.level3 or project.project_id is None:
            raise Unfit(
                "added needs the name of the indicator in level3, and its project. Fill in level2 and phase, too."
            )
        phase = cast(IndicatorPhase, row.phase or "year")
        occurrence = number_in("occurrence", row.occurrence) or 1
        return about(self._owner(project, None), decision, code=None).with_key(
            phase=phase, level2=row.level2 or None, level3=row.level3, occurrence=occurrence
        )

    def _on_row(self, row: SheetRow, decision: Decision) -> UnsignedDecision:
        """What is decided of a value or a row that no finding is about."""
        if decision.verdict == "dismissed":
            raise Unfit("dismissed is for findings. Fill in code, or finding_id.")
        if decision.verdict == "added":
            project = _only(self._matching(_project_only(row)), f"project {row.project_name}")
            return self._added(project, row, decision)
        field = field_of(row) if decision.verdict in {"corrected", "confirmed"} else None
        if decision.verdict == "corrected" and not field:
            raise Unfit(_NO_FIELD)
        item = _only(self._matching(row, field=field), f"{field or 'row'} that prints this")
        draft = about(item, decision, code=None)
        is_apart = decision.verdict == "kept_apart"
        return draft.with_key(old_value=self._replacing(item)) if is_apart else draft

    def _other_file(self, finding: Item) -> str:
        """The file that a finding on two publications names, beside its own."""
        found = self._connection.execute(_NAMED_OTHER, {"finding": finding.finding_id}).fetchall()
        return str(found[0][0]) if len(found) == 1 else self._replacing(finding)

    def _replacing(self, item: Item) -> str:
        found = self._connection.execute(_OTHER, {"project": item.project_id}).fetchall()
        if not found:
            raise Unfit("no other publication replaces or repeats this project, so nothing is to be kept apart.")
        return str(found[0][0])


_NO_FIELD = "corrected needs the column that it is about. Fill in field, such as target or annual_funds."

_OTHER = """
SELECT other.document_id
FROM projects AS own JOIN projects AS other ON other.project_id = coalesce(own.superseded_by, own.duplicate_of)
WHERE own.project_id = $project
"""
_NAMED_OTHER = """
SELECT DISTINCT documents.document_id
FROM findings JOIN documents ON starts_with(documents.document_id, details ->> 'document')
WHERE finding_id = $finding
"""


def _project_only(row: SheetRow) -> SheetRow:
    return row._replace(phase="", level2="", level3="", occurrence="", printed_raw="")


def _says(row: SheetRow, item: Item, file_name: str) -> bool:
    """Whether an item has all that a line says of it; what the line leaves empty may be anything."""
    owner, key = item.key.owner, item.key
    said = (
        (row.unit, owner.unit),
        (row.fiscal_year, owner.fiscal_year),
        (row.form_kind, owner.form_kind),
        (row.phase, owner.phase),
        (row.level2, owner.level2),
        (row.printed_raw, key.subject.printed_raw),
        (row.occurrence, key.occurrence),
        (row.document_sha256, item.document_id),
        (row.file_name if not row.document_sha256 else "", file_name),
    )
    is_same = all(not text or folded(text) == folded(str(value)) for text, value in said)
    names = (folded_name(row.project_name), folded_name(row.level3))
    return is_same and names == (owner.project_name, owner.level3)


def _only(items: Sequence[Item], what: str) -> Item:
    """The item, which may be in several files; the first of them. Raises Unfit where it is none, or several things."""
    by_key: dict[object, list[Item]] = defaultdict(list)
    for item in items:
        by_key[item.key].append(item)
    if not by_key:
        raise Unfit(f"no {what} is in the database. It may have been read otherwise since; write the sheet anew.")
    if len(by_key) > 1:
        raise Unfit(
            f"{len(by_key)} items fit: more than one {what}. Fill in more of unit, fiscal_year, phase, level2, "
            "printed_raw, occurrence."
        )
    return next(iter(by_key.values()))[0]

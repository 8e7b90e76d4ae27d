"""Rows as persons decided they should be, which the views show in place of what was read; and findings decided.

They follow from the corrections and from what is stored, and are made anew whenever either changes, in the same
transaction.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from perftable_etl.fields import Field
from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS, FieldName
from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.columns import Table
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.added import added_row, identity
from perftable_etl.load.corrections.decisions import Decisions, decisions_in, documents_about, sought_by
from perftable_etl.load.corrections.matching import Match, matches
from perftable_etl.load.corrections.patches import patch
from perftable_etl.load.corrections.printed import printed_items
from perftable_etl.load.corrections.settled import settled_findings
from perftable_etl.load.database import Connection
from perftable_etl.load.tables import INDICATOR_OVERLAYS, INDICATORS, PROJECT_OVERLAYS, PROJECTS, SETTLED_FINDINGS

_OVERLAYS = (PROJECT_OVERLAYS, INDICATOR_OVERLAYS, SETTLED_FINDINGS)

Row = Mapping[str, Any]
"""A row by its columns."""


def refresh(connection: Connection, document_ids: Sequence[str] | None = None) -> None:
    """Makes the overlays of these files anew, or of all; to be called within a transaction."""
    decisions = decisions_in(connection)
    if not decisions.corrections:
        return  # nor are there overlays: a decision stays
    clear(connection, document_ids)
    _make(connection, decisions, documents_about(connection, decisions.corrections, document_ids))


def clear(connection: Connection, document_ids: Sequence[str] | None = None) -> None:
    """Takes the overlays of these files away, or of all."""
    for table in _OVERLAYS:
        if document_ids is None:
            connection.execute(f"DELETE FROM {table.name}")
        else:
            of_files = f"DELETE FROM {table.name} WHERE document_id IN (SELECT unnest($ids))"
            connection.execute(of_files, {"ids": list(document_ids)})


def _make(connection: Connection, decisions: Decisions, document_ids: Sequence[str]) -> None:
    items = printed_items(connection, document_ids, sought_by(decisions.corrections))
    found = list(matches(decisions.corrections, items))
    owners = {one.item.project_id for one in found}
    projects, indicators = (_rows(connection, table, owners) for table in (PROJECTS, INDICATORS))
    changed = partial(_changed, decided=_by_row(found), decisions=decisions)
    _insert(connection, PROJECT_OVERLAYS, changed(projects, FIELDS, "project_id"))
    of_rows = changed(indicators, INDICATOR_FIELDS, "indicator_id")
    added = _added(projects, indicators, found, decisions)
    _insert(connection, INDICATOR_OVERLAYS, [*of_rows, *added])
    _insert(connection, SETTLED_FINDINGS, (row._asdict() for row in settled_findings(items, found)))


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    values = [tuple(row.get(column.name) for column in table.columns) for row in rows]
    if values:
        connection.from_arrow(arrow_table(table, values)).insert_into(table.name)


def _by_row(found: Iterable[Match]) -> dict[str | None, list[Match]]:
    """What was decided of each indicator, or else project, by its id; not of the findings on it."""
    decided: dict[str | None, list[Match]] = defaultdict(list)
    for one in found:
        if one.correction.verdict != "added" and not one.item.finding_id:
            decided[one.item.indicator_id or one.item.project_id].append(one)
    return decided


def _rows(connection: Connection, table: Table, projects: Iterable[str | None]) -> list[Row]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(
        f"SELECT {columns} FROM {table.name} WHERE project_id IN (SELECT unnest($ids)) ORDER BY project_id, ordinal",
        {"ids": [project for project in projects if project]},
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def _changed(
    rows: Iterable[Row],
    fields: Mapping[FieldName, Field],
    id_column: str,
    *,
    decided: Mapping[str | None, Sequence[Match]],
    decisions: Decisions,
) -> Iterator[Row]:
    """The rows that decisions change, as they should be."""
    for row in rows:
        overlay = _overlay(decided.get(row[id_column], ()), fields, decisions)
        if overlay:
            yield {**row, **overlay}


def _overlay(decided: Iterable[Match], fields: Mapping[FieldName, Field], decisions: Decisions) -> Row:
    """What the last decision on each value, and on the row itself, puts in place of what was read."""
    last = {one.item.key.subject.field: one.correction for one in decided}
    effective = {name: one for name, one in last.items() if one.verdict in {"corrected", "removed"}}
    if not effective:
        return {}
    values = (
        patch(fields[cast(FieldName, name)], decisions.value_of(correction))
        for name, correction in effective.items()
        if name
    )
    last_decision = max(effective.values(), key=lambda one: one.decided_at)
    return {**ChainMap({}, *map(dict, values)), "is_removed": None in effective, **_signed(last_decision)}


def _signed(correction: CorrectionRow) -> Row:
    return {"corrected_by": correction.author, "corrected_at": correction.decided_at}


def _added(
    projects: Iterable[Row], indicators: Iterable[Row], found: Iterable[Match], decisions: Decisions
) -> Iterator[Row]:
    """The rows that were added, each as the last decision on it has it."""
    siblings: dict[str, list[Row]] = defaultdict(list)
    for row in indicators:
        siblings[row["project_id"]].append(row)
    added = [one for one in found if one.correction.verdict == "added"]
    last = {(one.item.project_id, identity(one.correction)): one.correction for one in added}
    own = {row["project_id"]: row for row in projects}
    for (project_id, _), correction in last.items():
        value = decisions.value_of(correction)
        added_as = added_row(correction, value, own[str(project_id)], siblings[str(project_id)])
        if added_as:
            yield {**added_as, "is_removed": False, **_signed(correction)}

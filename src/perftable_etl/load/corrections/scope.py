"""What the lines of a sheet may be about in this database, read once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.load.corrections.decisions import documents_named
from perftable_etl.load.corrections.keys import folded, folded_name
from perftable_etl.load.corrections.lines import SheetLine
from perftable_etl.load.corrections.printed import Item, Sought, printed_items
from perftable_etl.load.corrections.sheet import SheetRow
from perftable_etl.load.database import Connection


class Scope(NamedTuple):
    """Items, in the order of their files and forms; the names of the files; the open findings alike to those meant."""

    items: Sequence[Item]
    file_names: dict[str, str]
    alike: frozenset[str]


_ALIASES = {"target_raw": "target", "actual_raw": "actual"}

_OPEN = "SELECT code, raw, finding_id FROM open_findings WHERE code IN (SELECT unnest($codes))"
_OF_FINDINGS = """
SELECT DISTINCT findings.document_id, name
FROM findings LEFT JOIN projects USING (project_id)
WHERE finding_id IN (SELECT unnest($ids))
"""
_FILES = """
SELECT document_id, file_name FROM documents
WHERE document_id IN (SELECT unnest($ids)) OR file_name IN (SELECT unnest($names))
"""


def field_of(row: SheetRow) -> str:
    """The field that a line names; empty where it names none."""
    return _ALIASES.get(row.field, row.field)


def scope_of(connection: Connection, lines: Sequence[SheetLine]) -> Scope:
    """What these lines may be about."""
    rows = [line.row for line in lines]
    alike = _alike(connection, [row for row in rows if row.all_alike])
    ids = {"ids": [*(row.finding_id for row in rows), *alike]}
    found = connection.execute(_OF_FINDINGS, ids).fetchall()
    names = {folded_name(row.project_name) for row in rows} | {folded_name(name) for _, name in found}
    documents = {*(document for document, _ in found), *(row.document_sha256 for row in rows)}
    unknown = {folded_name(row.project_name) for row in rows if not row.finding_id} - {None}
    documents.update(documents_named(connection, unknown))
    files = connection.execute(_FILES, {"ids": list(documents), "names": [row.file_name for row in rows]}).fetchall()
    sought = Sought(frozenset(names), frozenset(map(field_of, rows)))
    return Scope(printed_items(connection, [one for one, _ in files], sought), dict(files), alike)


def _alike(connection: Connection, rows: Sequence[SheetRow]) -> frozenset[str]:
    """The open findings that have the code and the printed text of one of these lines."""
    wanted = {(row.code, folded(row.printed_raw)) for row in rows}
    found = connection.execute(_OPEN, {"codes": [row.code for row in rows]}).fetchall() if rows else ()
    return frozenset(finding for code, raw, finding in found if (code, folded(raw)) in wanted)

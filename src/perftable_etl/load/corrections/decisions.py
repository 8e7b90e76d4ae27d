"""The decisions of a database, and which of its files they may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.correction_row import CorrectionRow
from perftable_etl.load.corrections.keys import folded_name, key_of
from perftable_etl.load.corrections.printed import Sought
from perftable_etl.load.corrections.value_row import CorrectionValueRow
from perftable_etl.load.database import Connection
from perftable_etl.load.tables import CORRECTION_VALUES, CORRECTIONS


class Decisions(NamedTuple):
    """Decisions in the order they were made, and what their new values mean, by correction."""

    corrections: tuple[CorrectionRow, ...]
    values: Mapping[str, CorrectionValueRow]

    def value_of(self, correction: CorrectionRow) -> CorrectionValueRow:
        """What the new value of a decision means; no value where it has none."""
        return self.values.get(correction.correction_id) or CorrectionValueRow(correction.correction_id)


def sought_by(corrections: Sequence[CorrectionRow]) -> Sought:
    """Of what files print all that decisions may be about."""
    names = frozenset(folded_name(correction.project_name) for correction in corrections)
    return Sought(names, frozenset(correction.field for correction in corrections if correction.field))


_CORRECTIONS = f"SELECT {', '.join(CorrectionRow._fields)} FROM corrections ORDER BY decided_at, correction_id"
_VALUES = f"SELECT {', '.join(CorrectionValueRow._fields)} FROM correction_values"
_NAMED = "SELECT DISTINCT document_id, name FROM projects"
_PROJECTS = """
SELECT DISTINCT
    document_id, coalesce(organization, competent_department), projects.fiscal_year,
    coalesce(form_kind, 'declaration'), name
FROM projects JOIN documents USING (document_id)
WHERE $ids IS NULL OR document_id IN (SELECT unnest($ids))
"""
_ALL = "SELECT document_id FROM documents WHERE $ids IS NULL OR document_id IN (SELECT unnest($ids))"


def decisions_in(connection: Connection) -> Decisions:
    """All decisions of the database."""
    corrections = tuple(CorrectionRow(*row) for row in connection.execute(_CORRECTIONS).fetchall())
    values = (CorrectionValueRow(*row) for row in connection.execute(_VALUES).fetchall())
    return Decisions(corrections, {value.correction_id: value for value in values})


def keep_decisions(
    connection: Connection, corrections: Sequence[CorrectionRow], values: Sequence[CorrectionValueRow]
) -> None:
    """Puts decisions into the database, and what their new values mean, in place of earlier rows."""
    for table, rows in ((CORRECTIONS, corrections), (CORRECTION_VALUES, values)):
        ids = {"ids": [row.correction_id for row in rows]}
        connection.execute(f"DELETE FROM {table.name} WHERE correction_id IN (SELECT unnest($ids))", ids)
        if rows:
            connection.from_arrow(arrow_table(table, rows)).insert_into(table.name)


def documents_about(
    connection: Connection, corrections: Sequence[CorrectionRow], among: Sequence[str] | None = None
) -> list[str]:
    """The files that decisions may be about: where they were made, and those with the same project."""
    made = {correction.document_sha256 for correction in corrections}
    parameters = {"ids": None if among is None else list(among)}
    own = {document for (document,) in connection.execute(_ALL, parameters).fetchall() if document in made}
    projects = {key_of(correction).owner[:4] for correction in corrections if correction.project_name}
    found = connection.execute(_PROJECTS, parameters).fetchall() if projects else ()
    named = {
        document
        for document, unit, year, kind, name in found
        if (folded_name(unit), year, kind, folded_name(name)) in projects
    }
    return sorted(own | named)


def documents_named(connection: Connection, names: Set[str | None]) -> frozenset[str]:
    """The files with a project that has one of these names, folded."""
    found = connection.execute(_NAMED).fetchall() if names else ()
    return frozenset(document for document, name in found if folded_name(name) in names)

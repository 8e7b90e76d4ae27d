"""Which departments and units documents and projects name, of which government and region each is, and whose part.

All of it follows from what is stored and is told anew as a whole, as relations between projects are. Each combination
of names is looked at once, in Python; only what changed is written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, NamedTuple

from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.columns import Json, table_of
from perftable_etl.load.database import Connection
from perftable_etl.load.identities import Identities, Identity, NamedMember, identify
from perftable_etl.load.organization_names import bare_name
from perftable_etl.load.organization_row import OrganizationRow
from perftable_etl.load.regions import full_name, regions
from perftable_etl.load.tables import ORGANIZATIONS


class _MeantRow(NamedTuple):
    """One row per combination of names: who is meant."""

    publisher: Annotated[str | None, "As printed"]
    department: Annotated[str | None, "As printed"]
    unit: Annotated[str | None, "As printed"]
    site: Annotated[str | None, "Host"]
    title: Annotated[str | None, "Title, where no publisher is printed"]
    publisher_id: Annotated[str | None, "Who publishes"]
    department_id: Annotated[str | None, "Whose department it is"]
    unit_id: Annotated[str | None, "Who carries it out"]


_MEANT = table_of("meant", _MeantRow)

_NAMING = """
CREATE OR REPLACE TEMP TABLE naming AS
SELECT
    documents.document_id, project_id, documents.organization AS publisher, competent_department AS department,
    implementing_unit AS unit, nullif(regexp_extract(source_uri, '^\\w+://([^/:]+)', 1), '') AS site,
    CASE WHEN documents.organization IS NULL THEN title END AS title
FROM documents LEFT JOIN corrected_projects USING (document_id)
"""

_MADE = f"""
CREATE OR REPLACE TEMP TABLE meant ({", ".join(f"{column.name} VARCHAR" for column in _MEANT.columns)})
"""

_AGREES = " AND ".join(f"naming.{name} IS NOT DISTINCT FROM meant.{name}" for name in NamedMember._fields)

# In the order that rows are stored in: DuckDB takes a hundred times as long in any other.
_PROJECTS = f"""
UPDATE projects SET organization_id = changed.unit_id, department_id = changed.department_id
FROM (
    SELECT project_id, meant.unit_id, meant.department_id
    FROM projects JOIN naming USING (project_id) JOIN meant ON {_AGREES}
    WHERE (projects.organization_id, projects.department_id) IS DISTINCT FROM (meant.unit_id, meant.department_id)
    ORDER BY projects.rowid
) AS changed
WHERE projects.project_id = changed.project_id
"""
_DOCUMENTS = f"""
UPDATE documents SET organization_id = changed.publisher_id
FROM (
    SELECT DISTINCT naming.document_id, meant.publisher_id FROM naming JOIN meant ON {_AGREES}
) AS changed
WHERE documents.document_id = changed.document_id
    AND documents.organization_id IS DISTINCT FROM changed.publisher_id
"""


def organize(connection: Connection) -> None:
    """Says of every document and project whose it is, and what is known of each department and unit."""
    connection.execute(_NAMING)
    rows = connection.execute(f"SELECT DISTINCT {', '.join(NamedMember._fields)} FROM naming ORDER BY ALL").fetchall()
    meant = [(named, identify(named)) for named in (NamedMember(*row) for row in rows)]
    connection.execute(_MADE)
    connection.from_arrow(arrow_table(_MEANT, [_meant(*pair) for pair in meant])).insert_into("meant")
    connection.execute(_PROJECTS)
    connection.execute(_DOCUMENTS)
    _write(connection, _organizations(meant))
    for table in ("naming", "meant"):
        connection.execute(f"DROP TABLE {table}")


def _meant(named: NamedMember, identities: Identities) -> _MeantRow:
    return _MeantRow(*named, *(each and each.organization_id for each in identities))


def _write(connection: Connection, rows: Mapping[str, OrganizationRow]) -> None:
    """Puts what changed into the table."""
    stored = {row[0]: OrganizationRow(*row) for row in connection.execute("SELECT * FROM organizations").fetchall()}
    gone = [key for key, row in stored.items() if rows.get(key) != row]
    added = [row for key, row in rows.items() if stored.get(key) != row]
    connection.execute("DELETE FROM organizations WHERE organization_id IN (SELECT unnest(?))", [gone])
    if added:
        connection.from_arrow(arrow_table(ORGANIZATIONS, added)).insert_into(ORGANIZATIONS.name)


def _organizations(meant: Iterable[tuple[NamedMember, Identities]]) -> Mapping[str, OrganizationRow]:
    """A row for each department and unit, by its id."""
    known: dict[str, set[Identity]] = defaultdict(set)
    spellings: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, set[Identity]] = defaultdict(set)
    for named, identities in meant:
        for text, identity in _printed(named, identities):
            known[identity.organization_id].add(identity)
            spellings[identity.organization_id].add(text)
        unit, department = identities.unit, identities.department
        if named.department and unit and department and unit != department:
            parents[unit.organization_id].add(department)
    return {key: _row(min(known[key], key=repr), spellings[key], parents[key]) for key in sorted(known)}


def _printed(named: NamedMember, identities: Identities) -> Iterator[tuple[str, Identity]]:
    """Each printed name, its lines joined, and who is meant by it."""
    for text, identity in zip(named, identities, strict=False):
        if text and identity and bare_name(text) == identity.name:
            yield " ".join(text.split()), identity


def _row(identity: Identity, spellings: set[str], parents: set[Identity]) -> OrganizationRow:
    (parent,) = parents if len(parents) == 1 else (None,)
    region = identity.region
    return OrganizationRow(
        organization_id=identity.organization_id,
        name=identity.name,
        aliases=Json(json.dumps(sorted(spellings - {identity.name}), ensure_ascii=False)),
        parent_id=parent and parent.organization_id,
        parent_department=parent and parent.name,
        level=identity.level,
        region=region and full_name(region),
        region_code=region and region.code,
        region_from=identity.region_from,
        region_year=regions().year if region else None,
    )

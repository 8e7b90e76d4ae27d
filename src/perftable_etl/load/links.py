"""Links over the years, kept up to date: only units of which something changed are linked again.

What was linked last is known by a digest of all that linking reads, unit by unit. So it does not matter what changed
the database since: an ingest, a reparse, a correction, a decision, a later version of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from perftable_etl.linking.links import COUNTING
from perftable_etl.linking.unit import Linked, linked
from perftable_etl.load.arrow import arrow_table, write_parquet
from perftable_etl.load.columns import Table
from perftable_etl.load.database import Connection
from perftable_etl.load.link_alone import LONE, lone_series
from perftable_etl.load.link_decisions import LinkDecisions, link_decisions
from perftable_etl.load.link_keys import project_of, series_id
from perftable_etl.load.link_members import MemberBlock, blocks
from perftable_etl.load.link_rows import LinkRow, SeriesRow
from perftable_etl.load.name_folding import FOLDED
from perftable_etl.load.successions import successions
from perftable_etl.load.tables import LINKS, SERIES

RULES = 1
"""The version of the rules of linking: another one links everything anew."""

# What has no unit or no year is in no series.
_LINKABLE = """
CREATE OR REPLACE TEMP TABLE linkable AS
WITH named AS (
    SELECT
        projects.project_id, projects.document_id, projects.ordinal, projects.fiscal_year, projects.annual_funds,
        coalesce(projects.form_kind, 'declaration') AS form_kind,
        coalesce(projects.name, '') AS name,
        coalesce(
            organizations.name, documents.organization, projects.competent_department, projects.implementing_unit
        ) AS publisher,
        coalesce(projects.implementing_unit, '') AS carried_out_by
    FROM current_projects AS projects
    JOIN documents ON documents.document_id = projects.document_id
    LEFT JOIN organizations ON organizations.organization_id = documents.organization_id
)
SELECT *, folded(publisher) AS unit, folded(publisher) AS block
FROM named
WHERE publisher IS NOT NULL AND fiscal_year IS NOT NULL
"""

_DIGESTS = f"""
CREATE OR REPLACE TEMP TABLE block_digests AS
WITH hashed AS (
    SELECT block, hash(project_id, publisher, carried_out_by, form_kind, fiscal_year, name, annual_funds) AS part
    FROM linkable
    UNION ALL
    SELECT block, hash(indicator_id, phase, area, level2, level3, base_value, base_unit, indicators.ordinal)
    FROM linkable JOIN current_indicators AS indicators ON indicators.project_id = linkable.project_id
    UNION ALL
    SELECT DISTINCT coalesce(linkable.block, decided.unit), hash(decision_id, verdict)
    FROM (
        SELECT decision_id, verdict, unnest([folded(earlier_publisher), folded(later_publisher)]) AS unit
        FROM link_decisions
    ) AS decided
    LEFT JOIN linkable ON linkable.unit = decided.unit
)
SELECT block, concat_ws('.', {RULES}, count(*), bit_xor(part)) AS digest FROM hashed GROUP BY block
"""

_UNLINKED = """
CREATE OR REPLACE TEMP TABLE unlinked_blocks AS
SELECT block FROM (SELECT block, digest FROM block_digests EXCEPT SELECT unit, digest FROM linked_units)
"""

# Of the others there is nothing to link.
_LINKED = """
CREATE OR REPLACE TEMP TABLE linked_blocks AS SELECT block FROM unlinked_blocks ANTI JOIN lone_blocks USING (block)
"""

_STALE = """
(
    SELECT block FROM unlinked_blocks
    UNION ALL
    SELECT unit FROM linked_units WHERE unit NOT IN (SELECT block FROM block_digests)
)
"""
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE linked_blocks AS
SELECT DISTINCT block FROM linkable WHERE unit IN (SELECT folded(unit) FROM named_units) OR block IN (FROM named_units)
"""
_NOTED = "INSERT INTO linked_units SELECT block, digest FROM block_digests WHERE block IN (FROM unlinked_blocks)"
_TABLES = ("linkable", "block_digests", "unlinked_blocks", "lone_blocks", "linked_blocks")

_IN_MEMORY = 5_000
"""Rows that wait in memory; more of them wait in files."""


def link(connection: Connection) -> None:
    """Links the units of which something changed since they were linked last."""
    _lay_out(connection)
    for step in (_DIGESTS, _UNLINKED, LONE, _LINKED):
        connection.execute(step)
    decisions = LinkDecisions(link_decisions(connection))
    with ExitStack() as files:
        links, series = _Gathered(LINKS, files), _Gathered(SERIES, files)
        for block in blocks(connection, "linked_blocks"):
            result = _LinkedRows(block, linked(block.projects, decisions.about(block)))
            links.add(result.links())
            series.add(result.series())
        for of_unit in lone_series(connection):
            series.add(of_unit)
        for table in ("links", "series", "linked_units"):
            connection.execute(f"DELETE FROM {table} WHERE unit IN {_STALE}")
        links.insert(connection)
        series.insert(connection)
    connection.execute(_NOTED)
    for table in _TABLES:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP MACRO folded")


def _lay_out(connection: Connection) -> None:
    """Makes the table of what can be linked; units that took over the projects of others are one with them."""
    connection.execute(FOLDED)
    connection.execute(_LINKABLE)
    for unit, block in successions(connection):
        connection.execute("UPDATE linkable SET block = ? WHERE unit = ?", [block, unit])


@contextmanager
def chosen_blocks(connection: Connection, units: Iterable[str]) -> Iterator[None]:
    """Lets `blocks` read these units, whether anything of them changed or not."""
    _lay_out(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE named_units AS SELECT unnest(?::VARCHAR[]) AS unit", [[*units]])
    connection.execute(_CHOSEN)
    yield
    for table in ("linkable", "linked_blocks", "named_units"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP MACRO folded")


class _Gathered:
    """Rows for one table, on their way into it. None may go there before all that are linked have been read."""

    def __init__(self, table: Table, kept: ExitStack) -> None:
        self._table = table
        self._kept = kept
        self._rows: list[tuple[Any, ...]] = []
        self._files: list[str] = []

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Takes rows."""
        self._rows.extend(rows)
        if len(self._rows) >= _IN_MEMORY:
            path = self._kept.enter_context(NamedTemporaryFile(suffix=".parquet")).name  # noqa: SIM115
            write_parquet([arrow_table(self._table, self._rows)], Path(path))
            self._files.append(path)
            self._rows.clear()

    def insert(self, connection: Connection) -> None:
        """Writes all rows."""
        if self._files:
            connection.execute(f"INSERT INTO {self._table.name} BY NAME SELECT * FROM read_parquet(?)", [self._files])
        if self._rows:
            connection.from_arrow(arrow_table(self._table, self._rows)).insert_into(self._table.name)


class _LinkedRows:
    """What linking a unit gave, as rows."""

    def __init__(self, block: MemberBlock, found: Linked) -> None:
        self._block, self._found = block, found
        self._project = _projects_of(block)
        self._series = _series_of(block, found)

    def links(self) -> Iterator[LinkRow]:
        """A row a link."""
        keys = self._block.keys
        for own in self._found.links:
            is_indicator = own.subject == "indicator"
            yield LinkRow(
                subject=own.subject,
                unit=self._block.unit,
                earlier_year=project_of(keys[own.earlier_id]).year,
                later_year=project_of(keys[own.later_id]).year,
                earlier_project_id=self._project[own.earlier_id],
                later_project_id=self._project[own.later_id],
                earlier_indicator_id=own.earlier_id if is_indicator else None,
                later_indicator_id=own.later_id if is_indicator else None,
                match=own.match,
                score=own.score,
                status=own.status,
                waits=own.waits,
                series_id=self._series[own.later_id] if own.status in COUNTING else None,
            )

    def series(self) -> Iterator[SeriesRow]:
        """A row a member."""
        for turn in self._found.turns:
            yield SeriesRow(
                subject=turn.subject,
                unit=self._block.unit,
                series_id=self._series[turn.member_id],
                fiscal_year=project_of(self._block.keys[turn.member_id]).year,
                project_id=self._project[turn.member_id],
                indicator_id=turn.member_id if turn.subject == "indicator" else None,
                added_after=turn.added_after,
                dropped_in=turn.dropped_in,
            )


def _series_of(block: MemberBlock, found: Linked) -> dict[str, str]:
    """The series of each member, by their ids."""
    first = {turn.first_id for turn in found.turns}
    ids = {member: series_id(block.keys[member]) for member in first}
    return {turn.member_id: ids[turn.first_id] for turn in found.turns}


def _projects_of(block: MemberBlock) -> dict[str, str]:
    """The project of each member, by their ids."""
    of_indicators = {one.indicator_id: own.project_id for own in block.projects for one in own.indicators}
    return of_indicators | {own.project_id: own.project_id for own in block.projects}

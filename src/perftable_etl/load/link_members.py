"""The projects and indicators of units, as linking takes them: read in one pass, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from perftable_etl.linking.members import IndicatorMember, ProjectMember
from perftable_etl.load.database import Connection, rows_in
from perftable_etl.load.link_keys import MemberKey, indicator_key, project_key

# Of a document that names no unit its projects do.
_MEMBERS = """
SELECT
    block, linkable.project_id, publisher, carried_out_by, form_kind, fiscal_year, name, annual_funds::VARCHAR,
    indicator_id, phase, coalesce(area, ''), coalesce(level2, ''), level3, base_value::VARCHAR, base_unit
FROM linkable
JOIN {chosen} USING (block)
LEFT JOIN current_indicators AS indicators ON indicators.project_id = linkable.project_id
WHERE block BETWEEN ? AND ?
ORDER BY block, linkable.document_id, linkable.ordinal, indicators.ordinal
"""
_OF_PROJECT = 8

_SIZES = "SELECT block, count(*) FROM linkable JOIN {chosen} USING (block) GROUP BY block ORDER BY block"

_AT_ONCE = 1_000
"""Projects that are read at once: DuckDB keeps the whole answer to a query in memory."""


class MemberBlock(NamedTuple):
    """The projects of a unit, and the keys of all members by their ids."""

    unit: str
    projects: tuple[ProjectMember, ...]
    keys: Mapping[str, MemberKey]

    @property
    def ids(self) -> Mapping[MemberKey, str]:
        """The ids of members by their keys."""
        return {key: member for member, key in self.keys.items()}


def blocks(connection: Connection, chosen: str) -> Iterator[MemberBlock]:
    """The units that the temporary table `chosen` has, of those in `linkable`."""
    members = _MEMBERS.format(chosen=chosen)
    for units in list(_ranges(connection, chosen)):
        for unit, rows in groupby(rows_in(connection.execute(members, units)), key=lambda row: str(row[0])):
            yield _block(unit, rows)


def _ranges(connection: Connection, chosen: str) -> Iterator[tuple[str, str]]:
    """The first and the last of units that are read at once."""
    first, projects = "", 0
    sizes = connection.execute(_SIZES.format(chosen=chosen)).fetchall()
    for (unit, size), following in zip_longest(sizes, sizes[1:]):
        first, projects = first if projects else unit, projects + size
        if projects >= _AT_ONCE or following is None:
            yield first, unit
            projects = 0


def _block(unit: str, rows: Iterator[tuple[Any, ...]]) -> MemberBlock:
    projects: list[ProjectMember] = []
    keys: dict[str, MemberKey] = {}
    seen: Counter[MemberKey] = Counter()
    for own, of_project in groupby(rows, key=lambda row: row[1:_OF_PROJECT]):
        project = _numbered_project(ProjectMember(*own), seen)
        keys[project.project_id] = own_key = project_key(project)
        indicators = []
        for row in of_project:
            if row[_OF_PROJECT] is not None:
                indicator = IndicatorMember(*row[_OF_PROJECT:])
                key = indicator_key(own_key, indicator)
                seen[key] += 1
                if seen[key] > 1:
                    indicator = indicator._replace(occurrence=seen[key])
                    key = key._replace(occurrence=indicator.occurrence)
                indicators.append(indicator)
                keys[indicator.indicator_id] = key
        projects.append(project._replace(indicators=tuple(indicators)))
    return MemberBlock(unit, tuple(projects), keys)


def _numbered_project(project: ProjectMember, seen: Counter[MemberKey]) -> ProjectMember:
    """A project with its number among those that print the same."""
    key = project_key(project)
    seen[key] += 1
    return project._replace(occurrence=seen[key])

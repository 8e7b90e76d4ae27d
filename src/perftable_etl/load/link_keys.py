"""What a project or an indicator prints, as a key: it outlives ids, and finds the same again in another database."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.linking.members import IndicatorMember, ProjectMember
from perftable_etl.linking.names import key_of
from perftable_etl.load.ids import hash_of


class ProjectKey(NamedTuple):
    """What tells a project: its texts as they are compared, and its number among those that print the same."""

    publisher: str
    unit: str
    form_kind: str
    year: int
    name: str
    occurrence: int


class IndicatorKey(NamedTuple):
    """What tells an indicator: its project, and its own texts."""

    project: ProjectKey
    phase: str
    area: str
    level2: str
    level3: str
    occurrence: int


MemberKey = ProjectKey | IndicatorKey


def project_of(key: MemberKey) -> ProjectKey:
    """The key of the project that has this key, or of that of the indicator."""
    return key.project if isinstance(key, IndicatorKey) else key


def project_key(project: ProjectMember) -> ProjectKey:
    """The key of a project."""
    return ProjectKey(
        key_of(project.publisher),
        key_of(project.unit),
        project.form_kind,
        project.year,
        key_of(project.name),
        project.occurrence,
    )


def indicator_key(project: ProjectKey, indicator: IndicatorMember) -> IndicatorKey:
    """The key of an indicator of the project with this key."""
    return IndicatorKey(
        project,
        indicator.phase,
        key_of(indicator.area),
        key_of(indicator.level2),
        key_of(indicator.level3),
        indicator.occurrence,
    )


def series_id(first: MemberKey) -> str:
    """The id of the series whose first member has this key."""
    return hash_of("series", *first)

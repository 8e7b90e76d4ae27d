"""A project with its names as they are compared, and how much of two projects' indicators is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from perftable_etl.linking.indicators import NamedIndicator, printed
from perftable_etl.linking.members import ProjectMember
from perftable_etl.linking.names import ComparedName, key_of, name_of

WHOLE = "department"
"""The kind of form that is of a whole unit, and names no project."""


class Stated(NamedTuple):
    """A project and what is compared of it. `senses` are what its indicators say, their fillers left out."""

    project: ProjectMember
    publisher: str
    unit: str
    name: ComparedName
    indicators: tuple[NamedIndicator, ...]
    senses: frozenset[Hashable]

    @property
    def id(self) -> str:
        """The project's id."""
        return self.project.project_id

    @property
    def year(self) -> int:
        """The year that its form is for."""
        return self.project.year

    @property
    def is_named(self) -> bool:
        """Whether its name, or its being the unit's only form of its kind, tells which project it is."""
        return bool(self.name.key) or self.project.form_kind == WHOLE


def stated(project: ProjectMember) -> Stated:
    """A project with what is compared of it."""
    indicators = printed(project.indicators, project.year)
    return Stated(
        project,
        key_of(project.publisher),
        key_of(project.unit),
        name_of(project.name, "project", project.year),
        indicators,
        frozenset((one.place, one.name.sense) for one in indicators),
    )


class Overlap(NamedTuple):
    """How much of the smaller of two projects' indicators is the other's, from 0 to 1, and how many are of both."""

    share: float
    common: int


class Overlaps:
    """How much projects of two years have in common; what stands in many projects of a year tells little."""

    def __init__(self, earlier: Sequence[Stated], later: Sequence[Stated]) -> None:
        counts = _users(earlier) | _users(later)  # the larger count of both
        self._weights = {sense: 1 / count for sense, count in counts.items()}

    def of(self, one: Stated, other: Stated) -> Overlap:
        """What two projects have in common."""
        common = one.senses & other.senses
        least = min(self._weight(one.senses), self._weight(other.senses))
        return Overlap(self._weight(common) / least if least else 0.0, len(common))

    def _weight(self, senses: Iterable[Hashable]) -> float:
        # In a fixed order: the sum of the same numbers in another one may be another number.
        return sum(sorted(self._weights[sense] for sense in senses))


def _users(projects: Sequence[Stated]) -> Counter[Hashable]:
    """How many projects have each sense."""
    return Counter(sense for project in projects for sense in project.senses)

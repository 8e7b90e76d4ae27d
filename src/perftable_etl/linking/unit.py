"""All years of a unit: its projects and indicators as series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from perftable_etl.linking.chain import Chain
from perftable_etl.linking.decided import DecidedPairs
from perftable_etl.linking.indicators import Matcher, NamedIndicator, match_of, score_of
from perftable_etl.linking.links import Link, Status, Subject
from perftable_etl.linking.members import ProjectMember
from perftable_etl.linking.projects import ProjectMatcher
from perftable_etl.linking.projects import match_of as match_of_projects
from perftable_etl.linking.projects import score_of as score_of_projects
from perftable_etl.linking.stated import Overlaps, Stated, stated


class Turn(NamedTuple):
    """A member and its place in time.

    `first_id` is the first member of its series. `added_after` is the last year before it that the unit published,
    where nothing of that year is linked to it; `dropped_in` the first year after it, where nothing is linked in that.
    """

    subject: Subject
    member_id: str
    first_id: str
    added_after: int | None
    dropped_in: int | None


class Linked(NamedTuple):
    """The links of a unit, and a turn for each of its projects and indicators."""

    links: tuple[Link, ...]
    turns: tuple[Turn, ...]


def linked(projects: Iterable[ProjectMember], decided: DecidedPairs | None = None) -> Linked:
    """Links the projects of a unit, and their indicators, over all its years."""
    chain = Chain()
    turns: list[Turn] = []
    ordered = sorted(map(stated, projects), key=_order)
    for _, of_kind in groupby(ordered, key=lambda project: project.project.form_kind):
        linker = _Linker([*of_kind], decided or DecidedPairs(), chain)
        linker.link()
        turns += linker.turns()
    return Linked(tuple(chain.links), tuple(turns))


def _order(project: Stated) -> tuple[object, ...]:
    own = project.project
    return own.form_kind, own.year, project.publisher, project.unit, project.name.key, own.occurrence, own.project_id


class _Linker:
    """Links the forms of one kind, which come in the order of their years."""

    def __init__(self, projects: Sequence[Stated], decided: DecidedPairs, chain: Chain) -> None:
        self._projects = {project.id: project for project in projects}
        self._indicators = {one.id: one for project in projects for one in project.indicators}
        self._years = {year: [*of_year] for year, of_year in groupby(projects, key=lambda project: project.year)}
        self._decided, self._chain = decided, chain
        self._matcher, self._project_matcher = Matcher(decided), ProjectMatcher(decided)

    def link(self) -> None:
        """Finds all links, those of projects before those of indicators."""
        self._add_decided()
        for year in [*self._years][1:]:
            self._link_year(year)
        for link in [*self._of_projects()]:
            self._link_indicators(link)
        for project in self._projects.values():
            self._link_after_gaps(project)

    def turns(self) -> Iterator[Turn]:
        """Each member's place in time."""
        first = self._chain.series([*self._projects, *self._indicators])
        for project in self._projects.values():
            turn = self._turn(project, first[project.id])
            yield turn
            yield from self._indicator_turns(project, turn, first)

    def _link_year(self, year: int) -> None:
        """Links a year to those before it: equal names to the nearest year that has them, other names to the last."""
        before = [earlier for earlier in reversed(self._years) if earlier < year]
        for earlier in before:
            self._chain.add(self._project_matcher.same(self._ending(earlier), self._beginning(year)))
        for find in (self._project_matcher.elsewhere, self._project_matcher.alike):
            self._chain.add(find(self._ending(before[0]), self._beginning(year)))
        self._chain.add([*self._mergers(before[0], year)])

    def _ending(self, year: int) -> list[Stated]:
        return [project for project in self._years[year] if not self._chain.is_continued(project.id)]

    def _beginning(self, year: int) -> list[Stated]:
        return [project for project in self._years[year] if not self._chain.has_origin(project.id)]

    def _mergers(self, earlier: int, later: int) -> Iterator[Link]:
        """What ends and is in a project that goes on, and what begins and was in one: for a person."""
        ended, begun = self._ending(earlier), self._beginning(later)
        going_on = [project for project in self._years[later] if self._chain.has_origin(project.id)]
        for one, other, score in self._project_matcher.merged(ended, going_on):
            yield Link("project", one.id, other.id, "merged", score, "queued")
        went_on = [project for project in self._years[earlier] if self._chain.is_continued(project.id)]
        for other, one, score in self._project_matcher.merged(begun, went_on):
            yield Link("project", one.id, other.id, "merged", score, "queued")

    def _of_projects(self) -> Iterator[Link]:
        """The links of projects, those that count first, each sort in the order of the later years."""
        links = [link for link in self._chain.links if link.subject == "project" and link.later_id in self._projects]
        for statuses in (("confirmed", "used"), ("queued",)):
            of_sort = [link for link in links if link.status in statuses]
            yield from sorted(of_sort, key=lambda link: self._projects[link.later_id].year)

    def _link_indicators(self, link: Link) -> None:
        earlier, later = self._projects[link.earlier_id], self._projects[link.later_id]
        ending = [one for one in earlier.indicators if not self._chain.is_continued(one.id)]
        beginning = [one for one in later.indicators if not self._chain.has_origin(one.id)]
        found = self._matcher.links(ending, beginning)
        self._chain.add(map(_waiting, found) if link.status == "queued" else found)

    def _link_after_gaps(self, project: Stated) -> None:
        """Links indicators that their project had before, but not the year before."""
        for ancestor in self._chain.ancestors(project.id):
            beginning = [one for one in project.indicators if not self._chain.has_origin(one.id)]
            ending = [one for one in self._projects[ancestor].indicators if not self._chain.is_continued(one.id)]
            self._chain.add(self._matcher.same(ending, beginning))

    def _add_decided(self) -> None:
        self._chain.add([*self._decided_links(sorted(self._decided.confirmed), "confirmed")])
        self._chain.add([*self._decided_links(sorted(self._decided.rejected), "rejected")])

    def _decided_links(self, pairs: Iterable[tuple[str, str]], status: Status) -> Iterator[Link]:
        projects, indicators = self._projects, self._indicators
        for earlier_id, later_id in pairs:
            if earlier_id in projects and later_id in projects:
                yield _project_link(projects[earlier_id], projects[later_id], status)
            elif earlier_id in indicators and later_id in indicators:
                yield _indicator_link(indicators[earlier_id], indicators[later_id], status)

    def _turn(self, project: Stated, first_id: str) -> Turn:
        added = None if self._chain.has_origin(project.id) else self._published_before(project.year)
        dropped = None if self._chain.is_continued(project.id) else self._published_after(project.year)
        return Turn("project", project.id, first_id, added, dropped)

    def _indicator_turns(self, project: Stated, turn: Turn, first: Mapping[str, str]) -> Iterator[Turn]:
        """The turns of a project's indicators: they are added and dropped with it, or where it goes on without them."""
        before = max(self._years_of(self._chain.origins(project.id)), default=turn.added_after)
        after = min(self._years_of(self._chain.continuations(project.id)), default=turn.dropped_in)
        for member in (one.id for one in project.indicators):
            added = None if self._chain.has_origin(member) else before
            dropped = None if self._chain.is_continued(member) else after
            yield Turn("indicator", member, first[member], added, dropped)

    def _years_of(self, projects: Iterable[str]) -> list[int]:
        return [self._projects[project].year for project in projects]

    def _published_before(self, year: int) -> int | None:
        return max((other for other in self._years if other < year), default=None)

    def _published_after(self, year: int) -> int | None:
        return min((other for other in self._years if other > year), default=None)


def _waiting(link: Link) -> Link:
    """The link of two indicators whose projects' link is not decided."""
    return link._replace(status="queued", waits=True)


def _project_link(one: Stated, other: Stated, status: Status) -> Link:
    match = match_of_projects(one, other)
    overlap = Overlaps([one], [other]).of(one, other)
    return Link(
        "project", one.id, other.id, match, 1.0 if match == "exact" else score_of_projects(one, other, overlap), status
    )


def _indicator_link(one: NamedIndicator, other: NamedIndicator, status: Status) -> Link:
    match = match_of(one, other)
    return Link("indicator", one.id, other.id, match, 1.0 if match == "exact" else score_of(one, other), status)

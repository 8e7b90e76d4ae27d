"""Links as they come together: what has a link to a later year, what to an earlier one, and which series they make."""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.linking.links import COUNTING, Link


class Chain:
    """The links of a unit so far. Only those that count give a member a place in a series."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self._later: dict[str, list[str]] = {}
        self._earlier: dict[str, list[str]] = {}

    def add(self, links: Iterable[Link]) -> list[Link]:
        """Takes links in, and gives them back."""
        found = list(links)
        for link in found:
            self.links.append(link)
            if link.status in COUNTING:
                self._later.setdefault(link.earlier_id, []).append(link.later_id)
                self._earlier.setdefault(link.later_id, []).append(link.earlier_id)
        return found

    def is_continued(self, member: str) -> bool:
        """Whether it is linked to a later year."""
        return member in self._later

    def has_origin(self, member: str) -> bool:
        """Whether it is linked to an earlier year."""
        return member in self._earlier

    def origins(self, member: str) -> list[str]:
        """What it is linked to in earlier years."""
        return self._earlier.get(member, [])

    def continuations(self, member: str) -> list[str]:
        """What it is linked to in later years."""
        return self._later.get(member, [])

    def ancestors(self, member: str) -> list[str]:
        """All that it comes from, the nearest first."""
        found: dict[str, None] = {}
        waiting = [*self.origins(member)]
        while waiting:
            ancestor = waiting.pop(0)
            if ancestor not in found:
                found[ancestor] = None
                waiting.extend(self.origins(ancestor))
        return [*found]

    def series(self, members: Iterable[str]) -> dict[str, str]:
        """The first member of the series of each of these, which come in the order of their years."""
        first: dict[str, str] = {}
        for member in members:
            if member not in first:
                self._follow(member, first)
        return first

    def _follow(self, start: str, first: dict[str, str]) -> None:
        """Notes of all that is linked with `start`, over any number of links, that it belongs to its series."""
        waiting = [start]
        while waiting:
            member = waiting.pop()
            if member not in first:
                first[member] = start
                waiting += [*self.origins(member), *self.continuations(member)]

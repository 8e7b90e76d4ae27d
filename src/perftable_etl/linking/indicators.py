"""The indicators of one project in two years: which of them are the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from perftable_etl.linking.decided import DecidedPairs
from perftable_etl.linking.likeness import contradicts, is_reworded, is_surely_reworded, likeness
from perftable_etl.linking.links import Link, Match, Status
from perftable_etl.linking.members import IndicatorMember
from perftable_etl.linking.names import ComparedName, name_of
from perftable_etl.linking.pairing import Pair, paired

SURE = 0.80
"""The score from which on reworded indicators are linked unseen."""

DOUBTFUL = 0.45
"""The score from which on a person should see two indicators."""

_LIKE_NAME, _SAME_LEVEL, _SAME_UNIT, _SAME_VALUE = 0.80, 0.08, 0.06, 0.06
"""What names, level 2, unit and value add to a score."""

_CONTRADICTED, _MEASURED_OTHERWISE, _NEVER_EXACT = 0.8, 0.85, 0.99


class NamedIndicator(NamedTuple):
    """An indicator and its name as it is compared, of a form for one year."""

    indicator: IndicatorMember
    name: ComparedName

    @property
    def place(self) -> tuple[str, str]:
        """What is the same for indicators that can be linked: what time and what place they are about."""
        return self.indicator.phase, self.indicator.area

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.indicator_id


def printed(indicators: Sequence[IndicatorMember], year: int) -> tuple[NamedIndicator, ...]:
    """The indicators of a form for one year with their names."""
    return tuple(NamedIndicator(indicator, name_of(indicator.level3, "indicator", year)) for indicator in indicators)


def score_of(one: NamedIndicator, other: NamedIndicator) -> float:
    """How alike two indicators are that do not print the same."""
    level, unit, value = (
        one.indicator.level2 == other.indicator.level2,
        one.indicator.base_unit == other.indicator.base_unit,
        one.indicator.base_value == other.indicator.base_value,
    )
    score = _LIKE_NAME * likeness(one.name, other.name) + _SAME_LEVEL * level + _SAME_UNIT * unit + _SAME_VALUE * value
    if score < DOUBTFUL:
        return round(score, 4)
    score *= _CONTRADICTED if contradicts(one.name, other.name) else 1
    score *= 1 if _measure_the_same(one.name, other.name) else _MEASURED_OTHERWISE
    return round(min(score, _NEVER_EXACT), 4)


def match_of(one: NamedIndicator, other: NamedIndicator) -> Match:
    """What two indicators have in common."""
    if one.name.key == other.name.key:
        return "exact" if one.indicator.level2 == other.indicator.level2 else "moved"
    return "reworded" if is_reworded(one.name, other.name) else "similar"


def _measure_the_same(one: ComparedName, other: ComparedName) -> bool:
    """Whether two names are not of different measures; a name may leave out that something is counted."""
    measures = {one.measure, other.measure}
    return len(measures) == 1 or measures <= {None, "count"} or measures <= {"count", "people"}


class Matcher:
    """Links the indicators of two forms, each of them once: what is printed the same first, then what is like it."""

    def __init__(self, decided: DecidedPairs) -> None:
        self._decided = decided
        self._confirmed = {member for pair in decided.confirmed for member in pair}

    def links(self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]) -> Iterator[Link]:
        """All links, sure ones and those for a person."""
        for find in (self.same, self._moved, self._alike):
            found = list(find(earlier, later))
            yield from found
            earlier, later = _without(earlier, found), _without(later, found)
            if not earlier or not later:
                return

    def same(self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]) -> Iterator[Link]:
        """Those that print the same; of several alike those that have one unit, then one value."""
        for before, after in _shared(earlier, later, lambda one: (one.place, one.indicator.level2, one.name.key)):
            for one, other in self._in_order(before, after):
                yield Link("indicator", one.id, other.id, "exact", 1.0, "used")

    def _moved(self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]) -> Iterator[Link]:
        """Those of one name in different groups of level 2: sure where no other one of the name is left."""
        free = self._unconfirmed(earlier), self._unconfirmed(later)
        for before, after in _shared(*free, lambda one: (one.place, one.name.key)):
            is_only = len(before) == len(after) == 1
            for one, other in self._in_order(before, after):
                score = round(1 - _SAME_LEVEL, 4)
                yield Link("indicator", one.id, other.id, "moved", score, "used" if is_only else "queued")

    def _alike(self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]) -> Iterator[Link]:
        free = self._unconfirmed(earlier), self._unconfirmed(later)
        pairs = paired(self._candidates(*free))
        for pair in (*pairs.sure, *pairs.doubtful):
            one, other = free[0][pair.earlier], free[1][pair.later]
            status: Status = "used" if pair in pairs.sure else "queued"
            yield Link("indicator", one.id, other.id, match_of(one, other), pair.score, status)

    def _candidates(self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]) -> Iterator[Pair]:
        for (before, one), (after, other) in product(enumerate(earlier), enumerate(later)):
            if one.place == other.place and self._decided.leaves_open(one.id, other.id):
                score = score_of(one, other)
                if score >= DOUBTFUL:
                    yield Pair(score, before, after, score >= SURE and _may_be_used(one, other))

    def _unconfirmed(self, members: Sequence[NamedIndicator]) -> list[NamedIndicator]:
        return [member for member in members if member.id not in self._confirmed]

    def _in_order(
        self, earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator]
    ) -> Iterator[tuple[NamedIndicator, NamedIndicator]]:
        """Pairs of members alike: the same unit first, then the same value, then as they stand."""
        if len(earlier) == len(later) == 1:
            if self._decided.leaves_open(earlier[0].id, later[0].id):
                yield earlier[0], later[0]
            return
        ranked = sorted(
            (_differences(one, other), before, after)
            for (before, one), (after, other) in product(enumerate(earlier), enumerate(later))
            if self._decided.leaves_open(one.id, other.id)
        )
        taken: tuple[set[int], set[int]] = set(), set()
        for _, before, after in ranked:
            if before not in taken[0] and after not in taken[1]:
                taken[0].add(before)
                taken[1].add(after)
                yield earlier[before], later[after]


def _differences(one: NamedIndicator, other: NamedIndicator) -> tuple[bool, bool]:
    first, second = one.indicator, other.indicator
    return first.base_unit != second.base_unit, first.base_value != second.base_value


def _may_be_used(one: NamedIndicator, other: NamedIndicator) -> bool:
    """Whether it follows from two names that they are of one thing: one measure, and nothing that contradicts."""
    return (
        is_surely_reworded(one.name, other.name)
        and _measure_the_same(one.name, other.name)
        and not contradicts(one.name, other.name)
    )


def _shared(
    earlier: Sequence[NamedIndicator], later: Sequence[NamedIndicator], key: Callable[[NamedIndicator], Hashable]
) -> Iterator[tuple[list[NamedIndicator], list[NamedIndicator]]]:
    """The members of both years that have a key in common, key by key."""
    before, after = _by_key(earlier, key), _by_key(later, key)
    for common, members in before.items():
        if common in after:
            yield members, after[common]


def _by_key(
    members: Sequence[NamedIndicator], key: Callable[[NamedIndicator], Hashable]
) -> dict[Hashable, list[NamedIndicator]]:
    groups: dict[Hashable, list[NamedIndicator]] = {}
    for member in members:
        groups.setdefault(key(member), []).append(member)
    return groups


def _without(members: Sequence[NamedIndicator], links: Sequence[Link]) -> list[NamedIndicator]:
    linked = {member for link in links for member in (link.earlier_id, link.later_id)}
    return [member for member in members if member.id not in linked]

"""The projects of a unit in two years: which of them are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import product

from perftable_etl.linking.decided import DecidedPairs
from perftable_etl.linking.likeness import contradicts, is_reworded, likeness
from perftable_etl.linking.links import Link, Match
from perftable_etl.linking.pairing import Pair, paired
from perftable_etl.linking.stated import Overlap, Overlaps, Stated

DOUBTFUL = 0.40
"""The score from which on a person should see two projects."""

_LIKE_NAME, _SAME_INDICATORS, _CONTRADICTED, _NEVER_EXACT = 0.6, 0.4, 0.8, 0.99
"""What names and common indicators add to a score, what a contradiction leaves of it, and the most for other prints."""

_ELSEWHERE = 0.95
"""The score of one name with another unit beside it."""

_MOST_COMPARED = 30
"""The projects of another year with which one is compared: those that have most in common with it."""

_MOST_FREQUENT = 200
"""The projects that what is common to them leaves undistinguished."""


class ProjectMatcher:
    """Links projects of two years, each of them once: what is named the same first, then what is like it."""

    def __init__(self, decided: DecidedPairs) -> None:
        self._decided = decided
        self._confirmed = {member for pair in decided.confirmed for member in pair}

    def same(self, earlier: Sequence[Stated], later: Sequence[Stated]) -> Iterator[Link]:
        """Those of one unit with one name; of several alike those that have most indicators in common."""
        overlaps = Overlaps(earlier, later)
        for before, after in _shared(earlier, later, lambda one: (one.publisher, one.unit, one.name.key)):
            for one, other in self._in_order(before, after, overlaps):
                yield Link("project", one.id, other.id, "exact", 1.0, "used")

    def elsewhere(self, earlier: Sequence[Stated], later: Sequence[Stated]) -> Iterator[Link]:
        """Those of one name with other units beside it, where no other one of the name is left."""
        free = self._unconfirmed(earlier), self._unconfirmed(later)
        overlaps = Overlaps(*free)
        for before, after in _shared(*free, lambda one: one.name.key):
            for one, other in self._in_order(before, after, overlaps) if len(before) == len(after) == 1 else ():
                if one.publisher == other.publisher or overlaps.of(one, other).share >= _MUCH:
                    yield Link("project", one.id, other.id, "moved", _ELSEWHERE, "used")

    def alike(self, earlier: Sequence[Stated], later: Sequence[Stated]) -> Iterator[Link]:
        """Those that are like one another, the sure ones and those for a person."""
        free = self._unconfirmed(earlier), self._unconfirmed(later)
        pairs = paired(self._candidates(*free, Overlaps(earlier, later)))
        for pair in (*pairs.sure, *pairs.doubtful):
            one, other = free[0][pair.earlier], free[1][pair.later]
            yield Link(
                "project",
                one.id,
                other.id,
                match_of(one, other),
                pair.score,
                "used" if pair in pairs.sure else "queued",
            )

    def merged(self, alone: Sequence[Stated], others: Sequence[Stated]) -> Iterator[tuple[Stated, Stated, float]]:
        """For each project that has no link the one that much of it is in, though that has a link of its own."""
        overlaps = Overlaps(alone, others)
        for project in self._unconfirmed(alone):
            fitting = [
                (overlap.share, -number)
                for number, other in enumerate(others)
                if self._leaves_open(project, other) and _has_much(overlap := overlaps.of(project, other))
            ]
            if fitting:
                share, number = max(fitting)
                yield project, others[-number], round(min(share, _NEVER_EXACT), 4)

    def _candidates(self, earlier: Sequence[Stated], later: Sequence[Stated], overlaps: Overlaps) -> Iterator[Pair]:
        for before, after in _neighbours(earlier, later):
            one, other = earlier[before], later[after]
            is_one_unit = _may_be_one_unit(one, other)
            if (is_one_unit or one.name.key == other.name.key) and self._decided.leaves_open(one.id, other.id):
                overlap = overlaps.of(one, other)
                score = score_of(one, other, overlap)
                if score >= DOUBTFUL:
                    yield Pair(score, before, after, is_one_unit and _is_sure(one, other, overlap))

    def _leaves_open(self, one: Stated, other: Stated) -> bool:
        return self._decided.leaves_open(one.id, other.id) and self._decided.leaves_open(other.id, one.id)

    def _unconfirmed(self, projects: Sequence[Stated]) -> list[Stated]:
        return [project for project in projects if project.id not in self._confirmed]

    def _in_order(
        self, earlier: Sequence[Stated], later: Sequence[Stated], overlaps: Overlaps
    ) -> Iterator[tuple[Stated, Stated]]:
        """Pairs of namesakes: those with most indicators in common first, then the same funds, then as they stand."""
        ranked = sorted(
            (-overlaps.of(one, other).share, one.project.funds != other.project.funds, before, after)
            for (before, one), (after, other) in product(enumerate(earlier), enumerate(later))
            if self._decided.leaves_open(one.id, other.id)
        )
        taken: tuple[set[int], set[int]] = set(), set()
        for _, _, before, after in ranked:
            if before not in taken[0] and after not in taken[1]:
                taken[0].add(before)
                taken[1].add(after)
                yield earlier[before], later[after]


def score_of(one: Stated, other: Stated, overlap: Overlap) -> float:
    """How alike two projects are that are not named the same."""
    score = _LIKE_NAME * likeness(one.name, other.name) + _SAME_INDICATORS * overlap.share
    score *= _CONTRADICTED if contradicts(one.name, other.name) else 1
    return round(min(score, _NEVER_EXACT), 4)


def match_of(one: Stated, other: Stated) -> Match:
    """What two projects have in common."""
    if one.name.key == other.name.key:
        return "exact" if (one.publisher, one.unit) == (other.publisher, other.unit) else "moved"
    return "reworded" if is_reworded(one.name, other.name) else "similar"


_SOME, _MUCH, _MOST = 0.25, 0.5, 0.75
"""Shares of indicators in common: for names that say the same, for names that are alike, for any names."""

_ALIKE = 0.5
"""How alike names are at least that are taken for one with many indicators in common."""

_FEW, _MANY = 2, 4
"""Indicators in common, at least."""


def _is_sure(one: Stated, other: Stated, overlap: Overlap) -> bool:
    """Whether name and indicators together say that two projects are one; neither says it alone, but for nearly all."""
    if contradicts(one.name, other.name):
        return False
    if is_reworded(one.name, other.name) and overlap.share >= _SOME:
        return True
    if likeness(one.name, other.name) >= _ALIKE and overlap.share >= _MUCH and overlap.common >= _FEW:
        return True
    return overlap.share >= _MOST and overlap.common >= _MANY


def _has_much(overlap: Overlap) -> bool:
    return overlap.share >= _MUCH and overlap.common > _FEW


def _may_be_one_unit(one: Stated, other: Stated) -> bool:
    """Whether nothing says that two units carry them out; where the publisher is named anew, so may units be."""
    return one.publisher != other.publisher or one.unit == other.unit or not one.unit or not other.unit


def _neighbours(earlier: Sequence[Stated], later: Sequence[Stated]) -> Iterator[tuple[int, int]]:
    """Pairs that have something in common, by their numbers; of each project those with most in common.

    So the work grows with the projects, not with their square.
    """
    index: dict[Hashable, list[int]] = {}
    for number, project in enumerate(later):
        for feature in _features(project):
            index.setdefault(feature, []).append(number)
    for before, project in enumerate(earlier):
        common = Counter(
            after
            for feature in _features(project)
            if len(found := index.get(feature, ())) <= _MOST_FREQUENT
            for after in found
        )
        ranked = sorted(common.items(), key=lambda item: (-item[1], item[0]))
        yield from ((before, after) for after, _ in ranked[:_MOST_COMPARED])


def _features(project: Stated) -> set[Hashable]:
    core = project.name.core
    return {*(core[at : at + 2] for at in range(max(len(core) - 1, 1))), *project.senses}


def _shared(
    earlier: Sequence[Stated], later: Sequence[Stated], key: Callable[[Stated], Hashable]
) -> Iterator[tuple[list[Stated], list[Stated]]]:
    """The projects of both years that have a key in common, key by key; what has no name has none."""
    before, after = _by_key(earlier, key), _by_key(later, key)
    for common, projects in before.items():
        if common in after:
            yield projects, after[common]


def _by_key(projects: Iterable[Stated], key: Callable[[Stated], Hashable]) -> dict[Hashable, list[Stated]]:
    groups: dict[Hashable, list[Stated]] = {}
    for project in projects:
        if project.is_named:
            groups.setdefault(key(project), []).append(project)
    return groups

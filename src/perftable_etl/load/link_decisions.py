"""What persons decided about links, found again by what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perftable_etl.linking.decided import DecidedPairs
from perftable_etl.linking.names import key_of
from perftable_etl.load.database import Connection
from perftable_etl.load.link_keys import IndicatorKey, MemberKey, ProjectKey, project_of
from perftable_etl.load.link_members import MemberBlock
from perftable_etl.load.link_rows import LinkDecisionRow, LinkVerdict


class Sides(NamedTuple):
    """The keys of both sides of a decision."""

    earlier: MemberKey
    later: MemberKey


def sides(decision: LinkDecisionRow) -> Sides:
    """What a decision is about."""
    earlier = ProjectKey(
        key_of(decision.earlier_publisher),
        key_of(decision.earlier_unit or ""),
        decision.form_kind,
        decision.earlier_year,
        key_of(decision.earlier_project),
        decision.earlier_project_occurrence,
    )
    later = ProjectKey(
        key_of(decision.later_publisher),
        key_of(decision.later_unit or ""),
        decision.form_kind,
        decision.later_year,
        key_of(decision.later_project),
        decision.later_project_occurrence,
    )
    if decision.subject == "project":
        return Sides(earlier, later)
    place = decision.phase or "", key_of(decision.area or "")
    return Sides(
        IndicatorKey(
            earlier,
            *place,
            key_of(decision.earlier_level2 or ""),
            key_of(decision.earlier_level3 or ""),
            decision.earlier_occurrence or 1,
        ),
        IndicatorKey(
            later,
            *place,
            key_of(decision.later_level2 or ""),
            key_of(decision.later_level3 or ""),
            decision.later_occurrence or 1,
        ),
    )


class LinkDecisions:
    """All decisions about links. Those about what is not there are kept for when it comes."""

    def __init__(self, rows: Iterable[LinkDecisionRow]) -> None:
        self._of_publisher: dict[str, list[tuple[Sides, LinkVerdict]]] = {}
        for row in rows:
            found = sides(row)
            self._of_publisher.setdefault(project_of(found.earlier).publisher, []).append((found, row.verdict))

    def about(self, block: MemberBlock) -> DecidedPairs:
        """What was decided about members of a unit."""
        publishers = {project_of(key).publisher for key in block.keys.values()} & self._of_publisher.keys()
        if not publishers:
            return DecidedPairs()
        ids = block.ids
        pairs: dict[LinkVerdict, set[tuple[str, str]]] = {"yes": set(), "no": set()}
        for publisher in publishers:
            for (earlier, later), verdict in self._of_publisher[publisher]:
                if earlier in ids and later in ids:
                    pairs[verdict].add((ids[earlier], ids[later]))
        return DecidedPairs(frozenset(pairs["yes"]), frozenset(pairs["no"]))


def link_decisions(connection: Connection) -> tuple[LinkDecisionRow, ...]:
    """The decisions that the database keeps, in a fixed order."""
    rows = connection.execute("SELECT * FROM link_decisions ORDER BY decision_id").fetchall()
    return tuple(LinkDecisionRow(*row) for row in rows)

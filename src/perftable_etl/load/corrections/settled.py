"""Findings that need nobody any more: a person has decided them, or the row that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from perftable_etl.load.corrections.keys import folded
from perftable_etl.load.corrections.matching import Match
from perftable_etl.load.corrections.overlay_tables import SettledFindingRow
from perftable_etl.load.corrections.printed import Item


def settled_findings(items: Sequence[Item], found: Iterable[Match]) -> list[SettledFindingRow]:
    """The findings that decisions settle, each once, by the last decision that does."""
    by_project: dict[str | None, list[Item]] = defaultdict(list)
    for item in items:
        if item.finding_id:
            by_project[item.project_id].append(item)
    settled = {
        str(finding.finding_id): SettledFindingRow(
            str(finding.finding_id), finding.document_id, match.correction.correction_id
        )
        for match in found
        for finding in by_project[match.item.project_id]
        if _settles(match, finding)
    }
    return list(settled.values())


def _settles(match: Match, finding: Item) -> bool:
    """Whether it is the finding itself, one of the row's own about the value decided, or any of a row that is none."""
    item, correction = match.item, match.correction
    if item.finding_id:
        return item.finding_id == finding.finding_id
    if correction.verdict == "removed":
        return item.indicator_id in {None, finding.indicator_id}
    is_same_print = finding.key.subject.printed_raw == folded(correction.printed_raw)
    is_same_row = item.indicator_id == finding.indicator_id
    return is_same_row and finding.key.subject.code == correction.code and is_same_print

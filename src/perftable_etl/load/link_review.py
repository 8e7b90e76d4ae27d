"""Links as a person sees them: how many there are, and each with what both sides print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple

from perftable_etl.linking.members import IndicatorMember, ProjectMember
from perftable_etl.load.database import Connection, explained, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.load.link_decisions import link_decisions
from perftable_etl.load.link_members import blocks
from perftable_etl.load.link_rows import LinkDecisionRow
from perftable_etl.load.link_sheet import LinkSheetRow
from perftable_etl.load.links import chosen_blocks

Choice = Literal["queued", "used", "confirmed", "rejected", "decided"]
"""Which links to see; `decided`: what persons decided, also about what is not in the database."""


class LinkCount(NamedTuple):
    """How many links there are of a kind; `waiting` of them wait for the link of their projects."""

    subject: str
    status: str
    match: str
    links: int
    waiting: int


# What both sides of a link print beyond their keys.
_CHOSEN = """
SELECT
    links.subject, links.match, links.score, links.status,
    coalesce(links.earlier_indicator_id, links.earlier_project_id),
    coalesce(links.later_indicator_id, links.later_project_id),
    CASE WHEN links.subject = 'project' THEN before.annual_funds::VARCHAR ELSE earlier.target_raw END,
    CASE WHEN links.subject = 'project' THEN after.annual_funds::VARCHAR ELSE later.target_raw END,
    earlier_document.source_uri || '#page=' || coalesce(earlier.page, before.first_page),
    later_document.source_uri || '#page=' || coalesce(later.page, after.first_page)
FROM links
JOIN current_projects AS before ON before.project_id = earlier_project_id
JOIN current_projects AS after ON after.project_id = later_project_id
JOIN documents AS earlier_document ON earlier_document.document_id = before.document_id
JOIN documents AS later_document ON later_document.document_id = after.document_id
LEFT JOIN current_indicators AS earlier ON earlier.indicator_id = earlier_indicator_id
LEFT JOIN current_indicators AS later ON later.indicator_id = later_indicator_id
WHERE links.status = ? AND NOT waits
ORDER BY
    links.unit, later_year, links.subject DESC, links.score DESC, before.name, after.name, earlier.ordinal,
    later.ordinal, earlier_project_id, later_project_id
"""
_COUNTS = """
SELECT subject, status, match, count(*), count(*) FILTER (WHERE waits) FROM links GROUP BY ALL ORDER BY ALL
"""
_BLOCKS = "SELECT DISTINCT unit FROM links WHERE status = ? AND NOT waits"


def link_counts_at(path: Path) -> tuple[LinkCount, ...]:
    """How many links a database has, by what they are."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the links of {path} cannot be read"):
            return tuple(LinkCount(*row) for row in connection.execute(_COUNTS).fetchall())


def sheet_rows_at(path: Path, choice: Choice) -> list[LinkSheetRow]:
    """The links of a database as rows of the sheet."""
    with closing(open_to_query(path, read_only=True)) as connection:
        require_current(connection, path)
        with explained(connection, f"the links of {path} cannot be read"):
            if choice == "decided":
                return [_decided_row(decision) for decision in link_decisions(connection)]
            return list(_rows(connection, choice))


def _rows(connection: Connection, choice: Choice) -> Iterator[LinkSheetRow]:
    units = [unit for (unit,) in connection.execute(_BLOCKS, [choice]).fetchall()]
    with chosen_blocks(connection, units):
        read = blocks(connection, "linked_blocks")
        members = {member: shown for block in read for member, shown in _members(block.projects)}
    for subject, match, score, status, earlier, later, *printed in connection.execute(_CHOSEN, [choice]).fetchall():
        row = LinkSheetRow(subject, match, f"{score:.4f}", status, **_sides(members[earlier], members[later]))
        texts = dict(
            zip(("earlier_printed", "later_printed", "earlier_place", "later_place"), map(_text, printed), strict=True)
        )
        yield row._replace(**texts)


class _ShownLink(NamedTuple):
    project: ProjectMember
    indicator: IndicatorMember | None


def _members(projects: tuple[ProjectMember, ...]) -> Iterator[tuple[str, _ShownLink]]:
    for project in projects:
        yield project.project_id, _ShownLink(project, None)
        for indicator in project.indicators:
            yield indicator.indicator_id, _ShownLink(project, indicator)


def _sides(earlier: _ShownLink, later: _ShownLink) -> dict[str, str]:
    """The keys of both sides, and what they share."""
    shared = {"form_kind": later.project.form_kind}
    if later.indicator:
        shared |= {"phase": later.indicator.phase, "area": later.indicator.area}
    return shared | _side("earlier", earlier) | _side("later", later)


def _side(name: str, shown: _ShownLink) -> dict[str, str]:
    project, indicator = shown
    side = {
        "year": project.year,
        "project": project.name,
        "publisher": project.publisher,
        "unit": project.unit,
        "project_occurrence": project.occurrence,
    }
    if indicator:
        side |= {"level2": indicator.level2, "level3": indicator.level3, "occurrence": indicator.occurrence}
    return {f"{name}_{column}": str(value) for column, value in side.items()}


def _decided_row(decision: LinkDecisionRow) -> LinkSheetRow:
    """A decision as a row that can be applied to another database."""
    known = {name: _text(value) for name, value in decision._asdict().items() if name in LinkSheetRow._fields}
    status = "confirmed" if decision.verdict == "yes" else "rejected"
    moment = decision.decided_at.isoformat()
    return LinkSheetRow(**known)._replace(status=status, decision=decision.verdict, decided_at=f"{moment}Z")


def _text(value: Any) -> str:
    return "" if value is None else str(value)

"""A sheet of links into the database: all that it decides, or, where something does not fit, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast, get_args

from perftable_etl.errors import SheetError
from perftable_etl.load.arrow import arrow_table
from perftable_etl.load.corrections.lines import Complaint, Unfit, moment_in, number_in
from perftable_etl.load.database import Connection
from perftable_etl.load.ids import hash_of
from perftable_etl.load.link_decisions import Sides, link_decisions, sides
from perftable_etl.load.link_keys import MemberKey
from perftable_etl.load.link_members import blocks
from perftable_etl.load.link_rows import LinkDecisionRow, LinkVerdict
from perftable_etl.load.link_sheet import LinkSheetRow
from perftable_etl.load.links import chosen_blocks, link
from perftable_etl.load.tables import LINK_DECISIONS
from perftable_etl.records import FormKind, IndicatorPhase

_VERDICTS: Mapping[str, LinkVerdict] = {"yes": "yes", "y": "yes", "是": "yes", "no": "no", "n": "no", "否": "no"}


class LinkLine(NamedTuple):
    """A line of a sheet by its number, from 1, with what stands there."""

    number: int
    row: LinkSheetRow


class LinksApplied(NamedTuple):
    """What a sheet did: decisions that are new, that changed, and that were known, and the lines that decide nothing.

    `orphaned` counts those of its decisions that are about nothing that is printed here. `queued_before` and
    `queued_now` count the links that wait for a person.
    """

    new: int
    changed: int
    known: int
    undecided: int
    orphaned: int
    queued_before: int
    queued_now: int


def apply_link_lines(
    connection: Connection, lines: Sequence[LinkLine], author: str | None, moment: datetime
) -> LinksApplied:
    """Applies a sheet, within a transaction. Raises SheetError, which names every line that does not fit."""
    before = _queued(connection)
    decided = _decided(lines, author, moment)
    stored = {one.decision_id: one for one in link_decisions(connection)}
    news = [one for one in decided if _says_other(one, stored.get(one.decision_id))]
    if news:
        connection.execute(
            "DELETE FROM link_decisions WHERE decision_id IN (SELECT unnest(?))", [[one.decision_id for one in news]]
        )
        connection.from_arrow(arrow_table(LINK_DECISIONS, news)).insert_into(LINK_DECISIONS.name)
        link(connection)
    keys = _printed_here(connection, decided)
    return LinksApplied(
        new=sum(one.decision_id not in stored for one in news),
        changed=sum(one.decision_id in stored for one in news),
        known=len(decided) - len(news),
        undecided=sum(not line.row.decision for line in lines),
        orphaned=sum(not set(sides(one)) <= keys for one in decided),
        queued_before=before,
        queued_now=_queued(connection),
    )


def _queued(connection: Connection) -> int:
    found = connection.execute("SELECT count(*) FROM links WHERE status = 'queued' AND NOT waits").fetchall()
    return int(found[0][0])


def _says_other(decision: LinkDecisionRow, stored: LinkDecisionRow | None) -> bool:
    return stored is None or (decision.verdict, decision.reason) != (stored.verdict, stored.reason)


def _printed_here(connection: Connection, decided: Iterable[LinkDecisionRow]) -> set[MemberKey]:
    """The keys of all that the units publish that decisions are about."""
    publishers = {name for one in decided for name in (one.earlier_publisher, one.later_publisher)}
    with chosen_blocks(connection, publishers):
        return {key for block in blocks(connection, "linked_blocks") for key in block.keys.values()}


def _decided(lines: Iterable[LinkLine], author: str | None, moment: datetime) -> list[LinkDecisionRow]:
    """What the lines decide, each once. Raises SheetError."""
    first: dict[Sides, tuple[int, LinkDecisionRow]] = {}
    complaints = []
    for line in lines:
        if not line.row.decision:
            continue
        try:
            decision = _decision(line.row, author, moment)
            number, before = first.setdefault(sides(decision), (line.number, decision))
            if before.verdict != decision.verdict:
                raise Unfit(f"it decides otherwise than line {number} on the same. Keep one of them.")
        except Unfit as unfit:
            complaints.append(Complaint(line.number, str(unfit)))
    if complaints:
        raise SheetError(
            f"nothing was applied: {len(complaints)} lines do not fit. Correct them and apply the sheet again.",
            tuple(map(str, complaints)),
        )
    return [decision for _, decision in first.values()]


def _decision(row: LinkSheetRow, author: str | None, moment: datetime) -> LinkDecisionRow:
    """What a line decides. Raises Unfit."""
    verdict = _VERDICTS.get(row.decision.strip().lower())
    if verdict is None:
        raise Unfit(f"the decision {row.decision} is neither yes nor no.")
    if not (row.author or author):
        raise Unfit("the author is missing. Fill in the column author, or give --author NAME.")
    is_indicator = _one_of("subject", row.subject, ("project", "indicator")) == "indicator"
    decision = LinkDecisionRow(
        decision_id="",
        subject="indicator" if is_indicator else "project",
        form_kind=cast(FormKind, _one_of("form_kind", row.form_kind, get_args(FormKind))),
        earlier_publisher=_filled("earlier_publisher", row.earlier_publisher),
        earlier_unit=row.earlier_unit or None,
        earlier_year=_number("earlier_year", row.earlier_year),
        earlier_project=row.earlier_project,
        earlier_project_occurrence=_number("earlier_project_occurrence", row.earlier_project_occurrence or "1"),
        earlier_level2=row.earlier_level2 or None,
        earlier_level3=_filled("earlier_level3", row.earlier_level3) if is_indicator else None,
        earlier_occurrence=_number("earlier_occurrence", row.earlier_occurrence or "1") if is_indicator else None,
        later_publisher=_filled("later_publisher", row.later_publisher),
        later_unit=row.later_unit or None,
        later_year=_number("later_year", row.later_year),
        later_project=row.later_project,
        later_project_occurrence=_number("later_project_occurrence", row.later_project_occurrence or "1"),
        later_level2=row.later_level2 or None,
        later_level3=_filled("later_level3", row.later_level3) if is_indicator else None,
        later_occurrence=_number("later_occurrence", row.later_occurrence or "1") if is_indicator else None,
        phase=cast(IndicatorPhase, _one_of("phase", row.phase, get_args(IndicatorPhase))) if is_indicator else None,
        area=row.area or None,
        verdict=verdict,
        reason=row.reason or None,
        author=row.author or author or "",
        decided_at=moment_in(row.decided_at) or moment,
    )
    if decision.earlier_year >= decision.later_year:
        raise Unfit(f"earlier_year is {decision.earlier_year}, which is not before {decision.later_year}.")
    return decision._replace(decision_id=hash_of("link", *sides(decision)))


def _one_of(column: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise Unfit(f"{column} is {text or 'empty'}, and not one of {', '.join(known)}.")
    return text


def _filled(column: str, text: str) -> str:
    if not text:
        raise Unfit(f"{column} is empty. Leave the columns that you do not fill in as they were written.")
    return text


def _number(column: str, text: str) -> int:
    number = number_in(column, _filled(column, text))
    return number if number is not None else 0

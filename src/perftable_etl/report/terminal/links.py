"""Links over the years on the terminal: how many there are, and what a sheet did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.load.link_applying import LinksApplied
from perftable_etl.load.link_review import LinkCount
from perftable_etl.report.terminal.console import new_table, printable, show
from perftable_etl.report.wording import counts


def show_counts(links: Sequence[LinkCount]) -> None:
    """How many links there are, by what they are, and what a person may decide."""
    table = new_table("Of", "Status", "Match", "Links")
    for count in links:
        table.add_row(*map(printable, (f"{count.subject}s", count.status, count.match, f"{count.links:,}")))
    show(table)
    queued = sum(count.links - count.waiting for count in links if count.status == "queued")
    waiting = sum(count.waiting for count in links if count.status == "queued")
    if queued:
        show(printable(f"For a person: {queued}. Write a sheet with: perftable-etl links --csv OUT"))
    if waiting:
        show(printable(f"Links of indicators that wait for that of their projects: {waiting}."))


def show_applied(applied: LinksApplied) -> None:
    """What a sheet did."""
    for line in _lines(applied):
        show(printable(line))


def _lines(applied: LinksApplied) -> Iterator[str]:
    news = counts((applied.new, "new"), (applied.changed, "changed"))
    yield f"Decisions: {news}." if news else "Nothing new: the database has all decisions of this sheet."
    if news and applied.known:
        yield f"Known before: {applied.known}."
    if applied.undecided:
        yield f"Lines without a decision: {applied.undecided}."
    if applied.orphaned:
        yield f"About nothing that is printed here: {applied.orphaned}. They are kept for when it comes."
    yield f"Links that need a person: {applied.queued_now}, before {applied.queued_before}."

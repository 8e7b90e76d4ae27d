"""The status of a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.load.status import Contents, DatabaseStatus, StateCount
from perftable_etl.load.tables import LedgerRow, RunRow
from perftable_etl.report.attention import attention_lines
from perftable_etl.report.terminal.concerns import concerns_table
from perftable_etl.report.terminal.console import Group, Table, new_table, printable, show
from perftable_etl.report.wording import BLANK, counts, duration, moment, relation_lines
from perftable_etl.system.clock import here
from perftable_etl.web.addresses import decoded, shown


def show_status(status: DatabaseStatus) -> None:
    """The status of a database."""
    if status.holder:
        show(printable(f"Running now: {status.holder}."))
    if status.contents is None:
        show("It is writing the database. The rest of the status cannot be read until it ends.")
        return
    for line in _lines(status.contents):
        show(printable(line))
    for table in _tables(status.contents):
        if table.row_count:
            show(Group("", table))


def _lines(contents: Contents) -> Iterator[str]:
    documents = counts(*((count.documents, count.status) for count in contents.documents))
    yield f"Documents: {documents or 'none'}."
    yield from relation_lines(contents.superseded, contents.duplicates)
    for line in attention_lines(contents.attention, (Path.cwd(),)):
        yield f"Needs a person: {line}"


def _tables(contents: Contents) -> Iterator[Table]:
    yield concerns_table(contents.concerns)
    yield _runs(contents.runs)
    yield _states(contents.states)
    yield _entries(contents.waiting, "Waits until")
    yield _entries(contents.quarantined, "Quarantined until")


def _runs(runs: Sequence[RunRow]) -> Table:
    numbers = ("Read", "New", "Changed", "Failed", "Skipped", "Missed")
    table = new_table("Run", f"Started ({here()})", "Took", *numbers, right=numbers)
    for run in runs:
        left_alone = sum(number or 0 for number in (run.skipped, run.waiting, run.quarantined, run.forgotten))
        figures = (run.documents, run.new, run.changed, run.failed, left_alone, run.unreached or 0)
        took = duration(run.finished_at - run.started_at) if run.finished_at else "interrupted"
        table.add_row(run.run_id[:8], moment(run.started_at), took, *map(str, figures))
    return table


def _states(states: Sequence[StateCount]) -> Table:
    table = new_table("Origin", "State", "Files", right=("Files",), names=("Origin",))
    for count in states:
        table.add_row(printable(count.origin), printable(count.state), str(count.files))
    return table


def _entries(entries: Sequence[LedgerRow], until: str) -> Table:
    table = new_table(
        f"{until} ({here()})",
        "Failures",
        "Address",
        "Reason",
        right=("Failures",),
        names=("Address",),
        prose=("Reason",),
    )
    for entry in entries:
        when = moment(entry.retry_at) if entry.retry_at else BLANK
        address, reason = shown(entry.source_uri, Path.cwd()), decoded(entry.reason or BLANK)
        table.add_row(when, str(entry.attempts), printable(address), printable(reason))
    return table

"""What people see on a terminal or in a pipe. The only module that knows rich.

On a terminal long text wraps inside its column. Everywhere else there is no colour and no width: each row is one line,
so that nothing a program reads further is cut.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import NamedTuple, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from perftable_etl.ingest.intake import OnEvent, Summary, Trouble
from perftable_etl.ingest.sync import Offer
from perftable_etl.load.gates import Gate
from perftable_etl.load.publish import Publication
from perftable_etl.load.receipt import Receipt
from perftable_etl.load.status import Contents, Standing, StateCount
from perftable_etl.load.tables import LedgerRow, RunRow
from perftable_etl.records import Declaration, Finding, Funding, Indicator, Outcome
from perftable_etl.report.wording import (
    BLANK,
    ERRANDS,
    FUNDING_LABELS,
    HEADER_LABELS,
    counts,
    moment,
    money,
    pages,
    percent,
    relation_lines,
    seconds,
    understood,
    visible,
)

UNLIMITED = 100_000
"""Columns of an output that has no width."""

STATUS_STYLES = {"ok": "green", "review": "yellow", "no_forms": "dim", "failed": "bold red"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


class Listener(NamedTuple):
    """What is told of a run as it goes on, and of pages (page, of pages) that are about to be recognised."""

    on_event: OnEvent
    on_page: Callable[[int, int], None]


@contextmanager
def progress(total: int | None) -> Iterator[Listener]:
    """A bar on standard error while files are read; nothing where that is no terminal. None: nobody knows how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=total)
        yield Listener(
            on_event=lambda event: bar.update(task, advance=isinstance(event, Receipt), description="reading"),
            on_page=lambda page, pages: bar.update(task, description=f"recognising page {page} of {pages}"),
        )


def show_summary(summary: Summary) -> None:
    """The table at the end of an ingest, and in numbers what is hidden and what was done."""
    relations = summary.relations
    if summary.receipts:
        _show(_summary_table(summary.receipts), sys.stdout)
    if summary.receipts or relations.newly_hidden or relations.shown_again:
        for line in relation_lines(*relations):
            _show(_text(line), sys.stdout)
    _show(_text(_closing_line(summary)), sys.stdout)


def show_failures(summary: Summary) -> None:
    """A line on standard error for each file that failed or could not be had."""
    for receipt in summary.receipts:
        if receipt.status == "failed":
            _show_failure(receipt.error_message)
    for trouble in summary.troubles:
        _show_failure(f"{trouble.uri or trouble.source}: {trouble.message}")


def show_standing(standing: Standing) -> None:
    """How a database stands."""
    if standing.holder:
        _show(_text(f"At work now: {standing.holder}."), sys.stdout)
    if standing.contents is None:
        _show("It has the database open for writing, so nothing else can be told until it ends.", sys.stdout)
        return
    for line in _standing_lines(standing.contents):
        _show(_text(line), sys.stdout)
    for table in _standing_tables(standing.contents):
        if table.row_count:
            _show(Group("", table), sys.stdout)


def show_publication(publication: Publication) -> None:
    """What readers have now, or why they keep what they had."""
    for line in _publication_lines(publication):
        _show(_text(line), sys.stdout)
    if publication.failed_gates:
        _show(_gates(publication.failed_gates), sys.stdout)


def show_offers(offers: Sequence[Offer | Trouble]) -> None:
    """What a sync would do: a line for each file that sources list."""
    table = _table("Source", "Would", "File", "Address")
    for offer in offers:
        if isinstance(offer, Offer):
            listing = offer.listing
            table.add_row(offer.source.name, ERRANDS[offer.errand], _text(listing.name), _text(listing.uri))
    _show(table, sys.stdout)
    for trouble in offers:
        if isinstance(trouble, Trouble):
            _show_failure(f"{trouble.source}: {trouble.message}")


def show_outcome(outcome: Outcome) -> None:
    """One file as it was understood."""
    parts: list[RenderableType] = [_text(outcome.file_name, "bold"), _document_facts(outcome)]
    parts += [_project(declaration) for declaration in outcome.declarations]
    parts += [_findings(outcome.findings)]
    _show(Group(*parts), sys.stdout)
    if outcome.status == "failed":
        _show_failure(outcome.error_message)


def show_error(message: str) -> None:
    """One line on standard error."""
    _show(Text.assemble(("error: ", "bold red"), visible(message)), sys.stderr)


def show_warning(message: str) -> None:
    """One line on standard error about what the command could do without."""
    _show(Text.assemble(("warning: ", "bold yellow"), visible(message)), sys.stderr)


def _show_failure(message: str | None) -> None:
    # The message names the file itself.
    _show(Text.assemble(("failed: ", "bold red"), visible(message or "no reason given")), sys.stderr)


def _text(words: str, style: str = "") -> Text:
    """Words from outside, files and their names among them, that shall command no terminal."""
    return Text(visible(words), style)


def _show(renderable: RenderableType, stream: TextIO) -> None:
    if stream.isatty():
        Console(file=stream, highlight=False).print(renderable)
        return
    console = Console(file=stream, width=UNLIMITED, color_system=None, highlight=False)
    with console.capture() as captured:
        console.print(renderable)
    # Tables fill their last column up with blanks, which only a terminal hides.
    stream.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        is_number = column in right
        table.add_column(column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def _summary_table(receipts: Sequence[Receipt]) -> Table:
    numbers = ("Projects", "Indicators", "Error", "Warn", "Info", "Coverage", "Seconds")
    table = _table("File", "Status", *numbers, right=numbers)
    for receipt in receipts:
        table.add_row(*_summary_cells(receipt))
    if len(receipts) > 1:
        table.add_section()
        table.add_row("Total", "", *map(str, _totals(receipts)))
    return table


def _summary_cells(receipt: Receipt) -> tuple[Text | str, ...]:
    return (
        _text(receipt.file_name),
        _text(receipt.status, STATUS_STYLES[receipt.status]),
        str(receipt.projects),
        str(receipt.indicators),
        str(receipt.errors),
        str(receipt.warnings),
        str(receipt.infos),
        percent(receipt.coverage),
        seconds(receipt.seconds),
    )


def _totals(receipts: Sequence[Receipt]) -> tuple[int, ...]:
    return (
        sum(receipt.projects for receipt in receipts),
        sum(receipt.indicators for receipt in receipts),
        sum(receipt.errors for receipt in receipts),
        sum(receipt.warnings for receipt in receipts),
        sum(receipt.infos for receipt in receipts),
    )


def _closing_line(summary: Summary) -> str:
    run = summary.run
    did = counts((run.new, "new"), (run.changed, "changed"), (run.unchanged, "unchanged"), (run.failed, "failed"))
    left_alone = counts(
        (run.skipped or 0, "read before"), (run.waiting or 0, "waiting to be tried again"),
        (run.quarantined or 0, "quarantined"), (run.unreached or 0, "could not be fetched"),
    )  # fmt: skip
    left_out = counts((summary.of_other_kinds, "of other kinds"), (summary.copies, "with the same bytes as another"))
    parts = [f"{run.documents} documents: {did or 'nothing to read'}."]
    parts += [f"Left alone: {left_alone}."] if left_alone else []
    parts += [f"Left out: {left_out}."] if left_out else []
    return " ".join(parts)


def _standing_lines(contents: Contents) -> Iterator[str]:
    documents = counts(*((count.documents, count.status) for count in contents.documents))
    yield f"Documents: {documents or 'none'}."
    yield from relation_lines(contents.superseded, contents.duplicates)


def _standing_tables(contents: Contents) -> Iterator[Table]:
    yield _runs(contents.runs)
    yield _states(contents.states)
    yield _entries(contents.waiting, "Waits until")
    yield _entries(contents.quarantined, "Quarantined until")


def _runs(runs: Sequence[RunRow]) -> Table:
    numbers = ("Documents", "New", "Changed", "Failed", "Left alone", "Unreached")
    table = _table("Run", "Begun (UTC)", "Ended (UTC)", *numbers, right=numbers)
    for run in runs:
        left_alone = sum(number or 0 for number in (run.skipped, run.waiting, run.quarantined))
        figures = (run.documents, run.new, run.changed, run.failed, left_alone, run.unreached or 0)
        ended = moment(run.finished_at) if run.finished_at else "interrupted"
        table.add_row(run.run_id[:8], moment(run.started_at), ended, *map(str, figures))
    return table


def _states(states: Sequence[StateCount]) -> Table:
    table = _table("Origin", "State", "Files", right=("Files",))
    for count in states:
        table.add_row(_text(count.origin), _text(count.state), str(count.files))
    return table


def _entries(entries: Sequence[LedgerRow], until: str) -> Table:
    table = _table(f"{until} (UTC)", "Failures", "Address", "Reason", right=("Failures",))
    for entry in entries:
        when = moment(entry.retry_at) if entry.retry_at else BLANK
        table.add_row(when, str(entry.attempts), _text(entry.source_uri), _text(entry.reason or BLANK))
    return table


def _publication_lines(publication: Publication) -> Iterator[str]:
    snapshot = publication.snapshot
    rows = snapshot.profile.rows
    if publication.is_published:
        holds = ", ".join(f"{rows[table]:,} {table}" for table in ("documents", "projects", "indicators"))
        yield f"Published {snapshot.name} to {publication.folder}: {holds}; {snapshot.bytes:,} bytes."
    if snapshot.run_id and not snapshot.run_finished_at:
        yield f"Run {snapshot.run_id} was interrupted: the documents it stored are whole, others may be missing."
    if not publication.gates:
        yield "There was no snapshot before to compare with."
        return
    anyway = ", published anyway" if publication.is_published and publication.failed_gates else ""
    failed = len(publication.failed_gates)
    yield f"Against the snapshot before: {len(publication.gates) - failed} gates passed, {failed} failed{anyway}."


def _gates(gates: Sequence[Gate]) -> Table:
    table = _table("Gate", "Before", "Now", right=("Before", "Now"))
    for gate in gates:
        table.add_row(_text(gate.name), _gate_number(gate, gate.before), _gate_number(gate, gate.now))
    return table


def _gate_number(gate: Gate, number: float) -> str:
    return percent(number) if gate.scale == "share" else f"{number:,.0f}"


def _facts(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(label, _text(value))
    return table


def _document_facts(outcome: Outcome) -> Table:
    return _facts(
        [
            ("Title 标题", outcome.title or BLANK),
            ("Published by 预算单位", outcome.organization or BLANK),
            ("Year 年度", str(outcome.fiscal_year or BLANK)),
            ("Pages", str(outcome.page_count or BLANK)),
            ("Status", outcome.status),
            ("Coverage", percent(outcome.coverage)),
            ("Seconds", seconds(outcome.seconds)),
        ]
    )


def _project(declaration: Declaration) -> RenderableType:
    where = f"  {pages(declaration.first_page, declaration.last_page)}, layout {declaration.layout}"
    heading = Text.assemble((f"Project {declaration.ordinal}", "bold"), (where, "dim"))
    return Group("", heading, _header(declaration), _indented(_indicators(declaration.indicators)))


def _header(declaration: Declaration) -> RenderableType:
    rows = [(label, str(getattr(declaration, field) or BLANK)) for field, label in HEADER_LABELS]
    funds = _fund_rows(declaration.funding)
    goals = [
        ("Overall goal 项目总目标", declaration.overall_goal),
        ("Annual goal 年度总体目标", declaration.annual_goal),
    ]
    return _facts([*rows, *funds, *((label, goal or BLANK) for label, goal in goals)])


def _fund_rows(funding: Funding) -> list[tuple[str, str]]:
    amounts = [(label, money(getattr(funding, field))) for field, label in FUNDING_LABELS]
    width = max(len(amount) for _, amount in amounts)
    return [(label, amount.rjust(width)) for label, amount in amounts]


def _indented(renderable: RenderableType) -> RenderableType:
    return Padding(renderable, (1, 0, 0, 2))


def _indicators(indicators: Sequence[Indicator]) -> RenderableType:
    table = _table("Indicator 指标", "Printed 指标值", "Understood as", "Page", right=("Page",))
    for levels, group in groupby(indicators, key=lambda indicator: (indicator.level1, indicator.level2)):
        table.add_row(Text(" › ".join(level or BLANK for level in levels), "bold cyan"))
        for indicator in group:
            table.add_row(*_indicator_cells(indicator))
    return table


def _indicator_cells(indicator: Indicator) -> tuple[Text, Text, Text, str]:
    printed = indicator.target.raw.replace("\n", "")
    name = _text(f"  {indicator.level3}")
    return name, _text(printed or BLANK), _text(understood(indicator.target)), str(indicator.place.page)


def _findings(findings: Sequence[Finding]) -> RenderableType:
    if not findings:
        return Group("", "No findings.")
    table = _table("Severity", "Page", "Project", "Code", "Finding", right=("Page", "Project"))
    for finding in findings:
        table.add_row(*_finding_cells(finding))
    return Group("", Text("Findings", "bold"), table)


def _finding_cells(finding: Finding) -> tuple[Text, str, str, Text, Text]:
    printed = f" [{finding.raw}]".replace("\n", "") if finding.raw else ""
    page = str(finding.place.page) if finding.place else BLANK
    project = str(finding.project or BLANK)
    severity = _text(finding.severity, SEVERITY_STYLES[finding.severity])
    return severity, page, project, _text(finding.code), _text(finding.message + printed)

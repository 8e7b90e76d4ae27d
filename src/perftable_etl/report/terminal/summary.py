"""What an ingest or a sync did: a line a document, what needs a person, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.ingest.intake import Summary
from perftable_etl.load.concerns import Concern
from perftable_etl.load.receipt import Receipt
from perftable_etl.records import Status
from perftable_etl.report.terminal.console import Group, Table, Text, new_table, printable, show, show_failure
from perftable_etl.report.terminal.styles import SEVERITY_STYLES, STATUS_STYLES
from perftable_etl.report.wording import counts, few, percent, relation_lines, seconds

MANY = 40
"""Documents that are listed one by one whatever became of them."""

TROUBLE: frozenset[Status] = frozenset({"failed", "review"})


def show_summary(summary: Summary) -> None:
    """The tables at the end of an ingest: the documents, what needs a person in them, and in numbers what is hidden."""
    if summary.receipts:
        for line in _unlisted_lines(summary.receipts):
            show(line)
        show(_summary_table(summary.receipts))
    if summary.concerns:
        show(Group("", printable("Needs a person", "bold"), _concerns_table(summary.concerns), ""))
    relations = summary.relations
    if summary.receipts or relations.newly_hidden or relations.shown_again:
        for line in relation_lines(*relations):
            show(printable(line))
    show(printable(_closing_line(summary)))


def show_failures(summary: Summary) -> None:
    """A line on standard error for each file that failed or could not be had."""
    for receipt in summary.receipts:
        if receipt.status == "failed":
            show_failure(receipt.error_message)
    for trouble in summary.troubles:
        show_failure(f"{trouble.uri or trouble.source}: {trouble.message}")


def _summary_table(receipts: Sequence[Receipt]) -> Table:
    numbers = ("Projects", "Indicators", "Error", "Warn", "Info", "Coverage", "Seconds")
    table = new_table("File", "Status", *numbers, right=numbers, names=("File",))
    for receipt in _listed(receipts):
        table.add_row(*_summary_cells(receipt))
    if len(receipts) > 1:
        table.add_section()
        table.add_row("Total", "", *map(str, _totals(receipts)))
    return table


def _listed(receipts: Sequence[Receipt]) -> Sequence[Receipt]:
    """The documents that have a line of their own: all of a few, of many those that somebody should look at."""
    if len(receipts) <= MANY:
        return receipts
    return [receipt for receipt in receipts if receipt.status in TROUBLE]


def _unlisted_lines(receipts: Sequence[Receipt]) -> Iterator[str]:
    """How many documents have no line of their own, where that is so."""
    listed, all_of_them = len(_listed(receipts)), len(receipts)
    if listed == all_of_them:
        return
    if listed:
        yield f"{all_of_them:,} documents, of which {listed:,} failed or are to be reviewed. Only these are listed."
    else:
        yield f"{all_of_them:,} documents, none of which failed or is to be reviewed. None is listed."
    yield ""


def _summary_cells(receipt: Receipt) -> tuple[Text | str, ...]:
    return (
        printable(receipt.file_name),
        printable(receipt.status, STATUS_STYLES[receipt.status]),
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


def _concerns_table(concerns: Sequence[Concern]) -> Table:
    table = new_table("Code", "Severity", "Findings", "Files", "In", right=("Findings", "Files"), names=("In",))
    for concern in concerns:
        severity = printable(concern.severity, SEVERITY_STYLES[concern.severity])
        numbers = str(concern.findings), str(len(concern.files))
        table.add_row(printable(concern.code), severity, *numbers, printable(few(concern.files)))
    return table


def _closing_line(summary: Summary) -> str:
    run = summary.run
    did = counts((run.new, "new"), (run.changed, "changed"), (run.unchanged, "unchanged"), (run.failed, "failed"))
    left_alone = counts(
        (run.skipped or 0, "read before"), (run.waiting or 0, "waiting to be tried again"),
        (run.quarantined or 0, "quarantined"), (run.unreached or 0, "could not be fetched"),
    )  # fmt: skip
    left_out = counts(
        (summary.of_other_kinds, "of other kinds"), (summary.copies, "with the bytes of a file read before")
    )
    parts = [f"{run.documents} documents: {did or 'nothing to read'}."]
    parts += [f"Left alone: {left_alone}."] if left_alone else []
    parts += [f"Left out: {left_out}."] if left_out else []
    return " ".join(parts)

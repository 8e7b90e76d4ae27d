"""What an ingest or a sync did: a line a document, what needs a person, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perftable_etl.addresses import decoded, told
from perftable_etl.ingest.intake import Summary, Trouble
from perftable_etl.load.attention import Attention
from perftable_etl.load.receipt import Receipt
from perftable_etl.records import Status
from perftable_etl.report.attention import attention_lines
from perftable_etl.report.terminal.concerns import concerns_table
from perftable_etl.report.terminal.console import Group, Table, Text, new_table, printable, show, show_failure
from perftable_etl.report.terminal.styles import STATUS_STYLES
from perftable_etl.report.wording import counts, percent, relation_lines, seconds

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
        show(Group("", printable("Needs a person", "bold"), concerns_table(summary.concerns), ""))
    for line in attention_lines(_untold(summary), _folders(summary)):
        show(printable(line))
    relations = summary.relations
    if summary.receipts or relations.newly_hidden or relations.shown_again:
        for line in relation_lines(**relations.numbers):
            show(printable(line))
    show(printable(_closing_line(summary)))


def _untold(summary: Summary) -> Attention:
    """What needs a person and stands in no table above: files to review are there with their status and findings."""
    attention = summary.attention
    without_form = tuple(pile for pile in attention.documents if pile.status == "no_forms")
    return attention.model_copy(update={"documents": without_form})


def show_failures(summary: Summary) -> None:
    """A line on standard error for each file that failed or could not be had."""
    for receipt in summary.receipts:
        if receipt.status == "failed":
            message = receipt.error_message or "no reason given"
            show_failure(told(receipt.source_uri, message, _folders(summary), receipt.file_name))
    for trouble in summary.troubles:
        show_failure(_trouble(trouble, _folders(summary)))


def _folders(summary: Summary) -> tuple[Path, ...]:
    """Where paths begin: here, or else at the folder that was named."""
    return (Path.cwd(), summary.folder) if summary.folder else (Path.cwd(),)


def _trouble(trouble: Trouble, folders: Sequence[Path]) -> str:
    if trouble.uri:
        return told(trouble.uri, trouble.message, folders)
    return f"{trouble.source}: {decoded(trouble.message)}"


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

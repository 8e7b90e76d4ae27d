"""What an ingest or a sync did: a line a document, what needs a person, and the sums."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from operator import add
from pathlib import Path

from perftable_etl.ingest.loading import Summary, Trouble
from perftable_etl.ingest.other_kinds import OtherKind, number_of_files
from perftable_etl.load.attention import Attention
from perftable_etl.load.result import LoadResult
from perftable_etl.records import Status
from perftable_etl.report.attention import attention_lines
from perftable_etl.report.terminal.concerns import concerns_table
from perftable_etl.report.terminal.console import Group, Table, Text, new_table, printable, show, show_failure
from perftable_etl.report.terminal.styles import STATUS_STYLES
from perftable_etl.report.wording import counts, number_of, percent, quoted, relation_lines, seconds
from perftable_etl.web.addresses import decoded, told

MANY = 40
"""Documents that are listed one by one whatever became of them."""

MOST_KINDS = 5
"""Kinds of files that are not read and are named before the rest is only counted."""

SPARE = ("Seconds", "Info", "Coverage")
"""What a narrow terminal does without; the database has it all."""

TROUBLE: frozenset[Status] = frozenset({"failed", "review"})


def show_summary(summary: Summary) -> None:
    """The tables at the end of an ingest: the documents, what needs a person in them, and in numbers what is hidden."""
    if summary.results:
        for line in _unlisted_lines(summary.results):
            show(line)
        show(_summary_table(summary.results))
    if summary.concerns:
        show(Group("", printable("Needs a person", "bold"), concerns_table(summary.concerns), ""))
    for line in attention_lines(_untold(summary), _folders(summary)):
        show(printable(line))
    relations = summary.relations
    if summary.results or relations.newly_hidden or relations.shown_again:
        for line in relation_lines(**relations.numbers):
            show(printable(line))
    show(printable(_closing_line(summary)))
    if summary.concerns and summary.database:
        show(printable(f"Next: perftable-etl review --db {quoted(summary.database)}"))


def _untold(summary: Summary) -> Attention:
    """What needs a person and stands in no table above: files to review are there with their status and findings."""
    attention = summary.attention
    without_form = tuple(pile for pile in attention.documents if pile.status == "no_forms")
    return attention.model_copy(update={"documents": without_form})


def show_failures(summary: Summary) -> None:
    """A line on standard error for each file that failed or could not be had."""
    for result in summary.results:
        if result.status == "failed":
            message = result.error_message or "no reason given"
            show_failure(told(result.source_uri, message, _folders(summary), result.file_name))
    for trouble in summary.troubles:
        show_failure(_trouble(trouble, _folders(summary)))


def _folders(summary: Summary) -> tuple[Path, ...]:
    """Where paths begin: here, or else at the folder that was named."""
    return (Path.cwd(), summary.folder) if summary.folder else (Path.cwd(),)


def _trouble(trouble: Trouble, folders: Sequence[Path]) -> str:
    if trouble.uri:
        return told(trouble.uri, trouble.message, folders)
    return f"{trouble.source}: {decoded(trouble.message)}"


def _summary_table(results: Collection[LoadResult]) -> Table:
    numbers = ("Projects", "Indicators", "Error", "Warn", "Info", "Coverage", "Seconds")
    table = new_table("File", "Status", *numbers, right=numbers, names=("File",), spare=SPARE)
    for result in _listed(results):
        table.add_row(*_summary_cells(result))
    if len(results) > 1:
        table.add_section()
        table.add_row("Total", "", *map(str, _totals(results)))
    return table


def _listed(results: Collection[LoadResult]) -> list[LoadResult]:
    """The documents that have a line of their own: all of a few, of many those that somebody should look at."""
    if len(results) <= MANY:
        return list(results)
    return [result for result in results if result.status in TROUBLE]


def _unlisted_lines(results: Collection[LoadResult]) -> Iterator[str]:
    """How many documents have no line of their own, where that is so."""
    listed, all_of_them = len(_listed(results)), len(results)
    if listed == all_of_them:
        return
    if listed:
        yield f"{listed:,} of {all_of_them:,} documents failed or need review. Only these are listed."
    else:
        yield f"None of the {all_of_them:,} documents failed or needs review. None is listed."
    yield ""


def _summary_cells(result: LoadResult) -> tuple[Text | str, ...]:
    return (
        printable(result.file_name),
        printable(result.status, STATUS_STYLES[result.status]),
        str(result.projects),
        str(result.indicators),
        str(result.errors),
        str(result.warnings),
        str(result.infos),
        percent(result.coverage),
        seconds(result.seconds),
    )


def _totals(results: Collection[LoadResult]) -> tuple[int, ...]:
    totals: tuple[int, ...] = (0, 0, 0, 0, 0)
    for one in results:
        numbers = (one.projects, one.indicators, one.errors, one.warnings, one.infos)
        totals = tuple(map(add, totals, numbers))
    return totals


def _of_kinds(kinds: Sequence[OtherKind]) -> str:
    """What files are that are not read: `of other kinds (2 .doc, 1 .zip)`."""
    named = [f"{kind.files:,} {kind.suffix or 'without a suffix'}" for kind in kinds[:MOST_KINDS]]
    more = [f"{number_of_files(kinds[MOST_KINDS:]):,} others"] if len(kinds) > MOST_KINDS else []
    return f"of other kinds ({', '.join([*named, *more])})"


def _nothing(looked_for: Sequence[str]) -> str:
    return f"nothing to read; no file ends in {', '.join(looked_for)}" if looked_for else "nothing to read"


def _closing_line(summary: Summary) -> str:
    run = summary.run
    did = counts((run.new, "new"), (run.changed, "changed"), (run.unchanged, "unchanged"), (run.failed, "failed"))
    left_alone = counts(
        (run.skipped or 0, "read before"), (run.waiting or 0, "waiting to be tried again"),
        (run.quarantined or 0, "quarantined"), (run.unreached or 0, "could not be fetched"),
        (run.forgotten or 0, "forgotten"),
    )  # fmt: skip
    others = number_of_files(summary.other_kinds)
    left_out = counts((others, _of_kinds(summary.other_kinds)), (summary.copies, "identical to a file read before"))
    parts = [f"{number_of(run.documents, 'document')}: {did or _nothing(summary.looked_for)}."]
    parts += [f"Skipped: {left_alone}."] if left_alone else []
    parts += [f"Left out: {left_out}."] if left_out else []
    return " ".join(parts)

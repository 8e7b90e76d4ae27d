"""What a layout reads of some files, in a line for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from perftable_etl.records import Outcome
from perftable_etl.report.terminal.console import new_table, printable, show


def show_trial(outcomes: Sequence[Outcome], own: Collection[str]) -> None:
    """How many forms of each file the layouts of these names read, and what is not read of them."""
    table = new_table(
        "File", "Forms", "By this layout", "Indicators", "Other fields", "Unread cells", "Findings",
        right=("Forms", "By this layout", "Indicators", "Other fields", "Unread cells", "Findings"),
    )  # fmt: skip
    for outcome in outcomes:
        forms = outcome.declarations
        unclaimed = sum(finding.code == "layout_unclaimed" for finding in outcome.findings)
        counts = (
            len(forms) + unclaimed,
            sum(form.layout in own for form in forms),
            sum(len(form.indicators) for form in forms),
            sum(len(form.other_fields) for form in forms),
            sum(len(form.unread_cells) for form in forms),
            sum(finding.severity != "info" for finding in outcome.findings),
        )
        table.add_row(printable(outcome.file_name), *map(str, counts))
    show(table)

"""What needs a person, on the terminal: by code, then file, page, project and indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from perftable_etl.load.review import ReviewRow
from perftable_etl.report.terminal.console import new_table, printable, show
from perftable_etl.report.terminal.styles import SEVERITY_STYLES

FEW = 8
"""How many findings of each code a list of all codes shows."""

_LONGEST = 48


def show_review(rows: Sequence[ReviewRow], *, is_whole: bool) -> None:
    """The findings by code, in the order of the queue; of each code a few, unless the list is of one."""
    if not rows:
        show("Nothing needs a person.")
        return
    for code, findings in _by_code(rows).items():
        _show_code(code, findings, len(findings) if is_whole else FEW)
    show(printable(f"{len(rows)} findings. Explain a code: perftable-etl explain CODE."))
    show(printable("Decide in a sheet: perftable-etl review --csv review.csv, then corrections apply review.csv."))


def _by_code(rows: Sequence[ReviewRow]) -> Mapping[str, Sequence[ReviewRow]]:
    groups: dict[str, list[ReviewRow]] = {}
    for row in rows:
        groups.setdefault(row.code, []).append(row)
    return groups


def _show_code(code: str, findings: Sequence[ReviewRow], most: int) -> None:
    severity = findings[0].severity
    show(printable(f"{code} ({severity}, {len(findings)})", SEVERITY_STYLES[severity]))
    table = new_table("File", "Page", "Project", "Indicator", "Printed", "Id", right=("Page",), names=("File",))
    for row in islice(sorted(findings, key=_place), most):
        page = "" if row.page is None else str(row.page)
        texts = (row.project_name or "", row.level3 or "", row.raw)
        table.add_row(printable(row.file_name), page, *(printable(_short(text)) for text in texts), row.finding_id[:8])
    show(table)
    if len(findings) > most:
        show(printable(f"and {len(findings) - most} more: perftable-etl review --code {code}", "dim"))
    show("")


def _place(row: ReviewRow) -> tuple[str, int, str, str]:
    return row.file_name, row.page or 0, row.project_name or "", row.level3 or ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

"""CHANGES.md: what each release changed, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.package.changes import Difference

CHANGES = "CHANGES.md"
_TITLE = "# Changes\n"


def change_log(dataset: Dataset, differences: Iterable[Difference], earlier: Path | None) -> str:
    """The log of this release, and below it that of the earlier one, where it has one."""
    entry = "\n".join(_entry(dataset, differences, earlier))
    return f"{_TITLE}\n{entry}\n{_log_of(earlier) if earlier else ''}"


def _entry(dataset: Dataset, differences: Iterable[Difference], earlier: Path | None) -> Iterator[str]:
    yield f"## {dataset.release} ({dataset.day.isoformat()})\n"
    if earlier is None:
        yield "The first release.\n"
        return
    yield "Rows by table. `changes.csv` lists every value that changed.\n"
    yield "| table | before | now | added | removed | changed |"
    yield "|---|---:|---:|---:|---:|---:|"
    notes = []
    for found in differences:
        changed = "" if found.changed is None else f"{found.changed:,}"
        yield (
            f"| {found.table} | {found.before:,} | {found.now:,} | {found.added:,} | {found.removed:,} | {changed} |"
        )
        notes += [f"- `{found.table}` has the new column `{name}`." for name in found.new_columns]
        notes += [f"- `{found.table}` has no column `{name}` any more." for name in found.lost_columns]
    yield ""
    yield from notes
    if notes:
        yield ""


def _log_of(earlier: Path) -> str:
    try:
        text = (earlier / CHANGES).read_text(encoding="utf-8")
    except OSError:
        return ""
    return f"\n{text.removeprefix(_TITLE).lstrip()}"

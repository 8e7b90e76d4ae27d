"""What must be said of rebuilt tables: rows that may hold what is not theirs, and lines left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.line_findings import broken_by_target, doubtful_row, doubtful_value, left_out
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.rebuild.tabbed.stray_lines import Sorted
from perftable_etl.records import Finding


def findings_of(lines: Sorted, placed: Sequence[PlacedRow], vocabulary: Vocabulary) -> Iterator[Finding]:
    """All that must be said of one table."""
    for row in lines.doubtful:
        yield doubtful(row, "it has no tab, but the other rows have")
    for one in placed:
        if doubt := one.doubt or next(filter(None, map(broken_by_target, one.row.texts[1:])), None):
            yield doubtful(one.row, doubt)
    for row in lines.joined:
        if is_note(row.texts[0]):
            yield doubtful_value(row.texts[0], row.place)
    if lines.of_page:
        first = lines.of_page[0]
        yield left_out(len(lines.of_page), first.texts[0], first.place)


def doubtful(row: Row, rule: str) -> Finding:
    """That a row of a table breaks a rule."""
    return doubtful_row(" ".join(row.texts), row.place, rule)

"""What must be said of rebuilt tables: rows that may hold what is not theirs, and lines left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from perftable_etl.document import Place
from perftable_etl.messages import Message
from perftable_etl.normalize.layouts.additions import is_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.rebuild.tabbed.stray_lines import Sorted
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Finding

_SIGNED = regex.compile(r"[≥≤=<>＞＜＝≧≦⩾⩽]\s*\d")


def findings_of(lines: Sorted, placed: Sequence[PlacedRow], vocabulary: Vocabulary) -> Iterator[Finding]:
    """All that must be said of one table."""
    for row in lines.doubtful:
        yield doubtful_row(row, "it has no tab, but the other rows have")
    for one in placed:
        if doubt := one.doubt or _holds_two_values(one.row):
            yield doubtful_row(one.row, doubt)
    for row in lines.joined:
        if is_note(row.texts[0]):
            yield _doubtful_value(row)
    if lines.of_page:
        yield _left_out(lines.of_page)


def doubtful_row(row: Row, rule: str) -> Finding:
    """That a row breaks a rule, and so may hold text that is not its own."""
    message = Message(
        "the row in {line} may contain text from elsewhere: {rule}; compare it with the source",
        line=_location(row.place),
        rule=rule,
    )
    text = " ".join(row.texts)
    return Finding(code="row_doubtful", severity="warning", message=message, raw=text, place=row.place)


def _holds_two_values(row: Row) -> str | None:
    is_double = any(
        len(_SIGNED.findall(text)) > 1 and parse_target(text).kind == "qualitative" for text in row.texts[1:]
    )
    return "its target has two values" if is_double else None


def _doubtful_value(row: Row) -> Finding:
    message = Message(
        "the value in {line} may contain a line from elsewhere; compare it with the source", line=_location(row.place)
    )
    return Finding(code="value_doubtful", severity="warning", message=message, raw=row.texts[0], place=row.place)


def _left_out(rows: Sequence[Row]) -> Finding:
    """That lines among the rows were left out: how many, and the first."""
    text = rows[0].texts[0]
    message = Message(
        "{count} lines among the rows of a form do not belong to it and were left out, such as {text}",
        count=len(rows),
        text=text,
    )
    return Finding(code="noise_left_out", severity="info", message=message, raw=text, place=rows[0].place)


def _location(place: Place) -> Message:
    return Message("line {line} of page {page}", line=round(place.box.y0) + 1, page=place.page)

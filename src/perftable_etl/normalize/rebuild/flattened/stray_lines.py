"""Lines among and after the rows of a flattened form that are no part of it, told by how such lines are worded.

What a page, a browser or an office adds to a table is a closed list, as labels are: page numbers, addresses, marks of
continuation, the title once more; notes, signatures, sources and reviews. The first kind may stand between two rows
anywhere; the second ends the form, unless rows follow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.additions import ends_form, is_known_addition, is_note, is_of_page, is_signature
from perftable_etl.normalize.layouts.catalogue import begins_level, is_level
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.line_breaks import width
from perftable_etl.normalize.rebuild.outside import folded_outside, is_outside_too
from perftable_etl.normalize.values.signs import count_signed
from perftable_etl.normalize.values.targets import parse_target

_SHORTEST_LEVEL = 4  # characters of a line that may begin the name of a level: a shorter one may begin any text
_LONGEST_ROW = 30  # ems of a line that a name and a target share: prose runs on
_MOST_LOST = 8  # lines below a form's end that may be rows of it: more would show a level or a quantity
_CLAUSE = regex.compile(r"[。！？；;，：:]")


class Strays(NamedTuple):
    """The lines of a form's rows that are not of it, as stretches of the stream, and where its rows end."""

    stretches: tuple[Stretch, ...]
    end: int


def find_strays(stream: Stream, start: int, end: int, outside: frozenset[str]) -> Strays:
    """The strays among the rows printed from `start` to `end`; `outside` are the lines outside all forms, folded."""
    lines = stream.lines_of(start, end)
    texts = {index: stream.lines[index].text for index in lines if stream.starts[index] >= start}
    strays = [index for index, text in texts.items() if is_stray(text, outside)]
    closing = [index for index, text in texts.items() if index not in strays and ends_form(text)]
    rows = [index for index, text in texts.items() if index not in (*strays, *closing) and _shows_row(text)]
    ends = next((index for index in closing if index > max(rows, default=lines[0])), None)
    strays = sorted([*strays, *(index for index in closing if ends is None or index < ends)])
    return Strays(tuple(map(stream.stretch, strays)), end if ends is None else min(end, stream.starts[ends]))


def lost_rows(stream: Stream, start: int, end: int) -> Stretch | None:
    """The lines between two positions, if they are few and short enough to be rows of the form that ended there.

    Headings, notes and what pages have are none, nor is what stands below a signature; prose is longer and goes on.
    """
    texts = {index: stream.lines[index].text for index in stream.lines_of(start, end)} if start < end else {}
    signed_off = next((index for index, text in texts.items() if is_signature(text)), len(stream.lines))
    rest = {index: text for index, text in texts.items() if index < signed_off and not is_known_addition(text)}
    is_prose = any(width(text) > _LONGEST_ROW or _CLAUSE.search(text) for text in rest.values())
    if is_prose or not 0 < len(rest) <= _MOST_LOST:
        return None
    return stream.starts[min(rest)], stream.stretch(max(rest))[1]


def is_added(text: str, outside: frozenset[str]) -> bool:
    """Whether a line is a note or a signature, or is printed outside all forms too."""
    return is_note(text) or is_stray(text, outside)


def lines_outside(stream: Stream, forms: Iterable[Stretch]) -> frozenset[str]:
    """The lines outside all forms, folded, but for words of forms: what is printed there too is no row of a form."""
    inside = {index for form in forms for index in stream.lines_of(*form)}
    texts = (line.text for index, line in enumerate(stream.lines) if index not in inside)
    return folded_outside(texts, stream.vocabulary)


def is_stray(text: str, outside: frozenset[str]) -> bool:
    """Whether a line is what pages have, or stands outside the forms too, as running heads do."""
    is_title = is_heading(text) and not text.isdigit()  # a number is as likely a target as a year
    return is_of_page(text) or is_title or is_outside_too(text, outside)


def shows_rows(stream: Stream, start: int, end: int) -> bool:
    """Whether some line between two positions certainly belongs to a row."""
    return any(_shows_row(stream.lines[index].text) for index in stream.lines_of(start, end))


def _shows_row(text: str) -> bool:
    """Whether a line certainly belongs to a row: it has a quantity, or the name of a level."""
    if count_signed(text) or is_level(text) or is_level(text.split(maxsplit=1)[0]):
        return True
    if len(text) >= _SHORTEST_LEVEL and begins_level(text):
        return True
    target = parse_target(text.rsplit(maxsplit=1)[-1])
    return target.kind == "quantitative" and target.unit is not None and width(text) <= _LONGEST_ROW

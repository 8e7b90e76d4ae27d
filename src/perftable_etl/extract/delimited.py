"""Texts whose cells other characters part than tabs: commas, bars, and the characters that draw boxes.

They print their cells, as tabs do. So a tab takes the place of each delimiter, and what makes grids of tabbed text
reads them all. `DELIMITED` is where a new delimiter goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import regex

from perftable_etl.document import Line, Place
from perftable_etl.extract.markup import MarkupKind

_BARS = r"|\u2502\u2503\u2506\u2507\u250a\u250b\u2551"
_OF_TABLE = regex.compile(rf"[{_BARS}\u2500-\u257f]|^\s*\+[-=+]+\s*$")
_BAR = regex.compile(rf"(?<!\\)[{_BARS}\u250c-\u254b\u2552-\u2570]")
_RULES_ONLY = regex.compile(rf"[-=+:\s{_BARS}\u2500-\u257f]*")
_RULE = regex.compile(r"\s*(?:[\u2500-\u257f]+|[-=]{3,})\s*")

_FEWEST_ROWS = 3
"""Groups of lines between rules that are a row each. A table that is ruled below its head only has two."""

_QUOTE = '"'
_GOES_ON = regex.compile(r'(?:[^"]|"")*"')
_COMMAS = ",;"
_CELLS = {comma: regex.compile(rf'"(?:[^"]|"")*(?:"|$)|[^{comma}]*') for comma in _COMMAS}
_TORN_NUMBER = regex.compile(r"(?:^|\t)\d{1,3}\t\d{3}(?:\.\d+)?(?=\t|$)")
"""What may be one number whose thousands a comma parts, if nothing quotes it."""
_TORN_AMOUNT = regex.compile(r"(?<=^|\t)\d{1,3}(?:\t\d{3})+\.\d{2}(?=\t|$)")
_WHOLE_NUMBER = regex.compile(r"(?<=^|\t)\d+(?=\t|$)")


def with_tabs(lines: Sequence[Line], kind: MarkupKind) -> list[Line] | None:
    """The lines of a text of one kind, with tabs between its cells; None where those are none, or doubtful."""
    read = DELIMITED.get(kind)
    return read(lines) if read else None


def _from_bars(lines: Sequence[Line]) -> list[Line]:
    return [row for run in _runs(lines) for row in (_rows_of_table(run) if _is_of_table(run[0]) else run)]


def _runs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines of each table, and those between tables; a blank line parts two tables."""
    run: list[Line] = []
    for line in lines:
        if run and (_is_of_table(line) != _is_of_table(run[0]) or line.place.box.y0 > run[-1].place.box.y1):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_of_table(line: Line) -> bool:
    return _OF_TABLE.search(line.text) is not None


def _rows_of_table(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows of one table. Where rules part them, all lines between two rules are one row."""
    printed = [line for line in lines if not _RULES_ONLY.fullmatch(line.text)]
    rows = dict(zip(map(id, printed), _parted_at_bars(printed), strict=True))
    groups: list[list[Line]] = [[]]
    for line in lines:
        if id(line) in rows:
            groups[-1].append(rows[id(line)])
        if id(line) not in rows or any(map(_RULE.fullmatch, _BAR.split(line.text))):
            groups.append([])
    filled = list(filter(None, groups))
    for group in filled:
        is_one = len(filled) >= _FEWEST_ROWS and len({row.text.count("\t") for row in group}) == 1
        yield from [_as_one(group)] if is_one else group


def _parted_at_bars(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows with tabs for bars, but for those at both ends of a row where each row begins with one."""
    has_border = all(_BAR.match(line.text.lstrip()) for line in lines if _BAR.search(line.text))
    for line in lines:
        fields = ["" if _RULE.fullmatch(field) else field.replace("\\|", "|") for field in _BAR.split(line.text)]
        if has_border and len(fields) > 1:
            border, first, *others = fields if fields[-1].strip() or len(fields) == 2 else fields[:-1]
            fields = [f"{border} {first}", *others]
        yield Line("\t".join(fields).rstrip(" "), line.place)


def _as_one(rows: Sequence[Line]) -> Line:
    """One row of the lines that its cells are wrapped over."""
    cells = zip(*(row.text.split("\t") for row in rows), strict=True)
    page, box = rows[0].place
    return Line("\t".join(map(_joined, cells)), Place(page, box.union(rows[-1].place.box)))


def _joined(lines: Iterable[str]) -> str:
    """The lines of one cell; a blank parts Latin words only."""
    text = ""
    for line in filter(None, map(str.strip, lines)):
        are_words = text[-1:].isascii() and text[-1:].isalpha() and line[0].isascii() and line[0].isalpha()
        text += f" {line}" if are_words else line
    return text


def _from_commas(lines: Sequence[Line]) -> list[Line] | None:
    """The rows without their quotation marks; None where it is not clear which commas stand in numbers."""
    comma = max(_COMMAS, key=lambda one: sum(line.text.count(one) for line in lines))
    rows: list[Line] = []
    is_open = False
    for line in lines:
        text, is_open = _parted(line.text, _CELLS[comma], is_open=is_open)
        rows.append(Line(text, line.place))
    is_even = len({row.text.count("\t") for row in rows}) == 1
    if comma != "," or is_even or not any(_TORN_NUMBER.search(row.text) for row in rows):
        return rows
    return _with_whole_amounts(rows)


def _with_whole_amounts(rows: Sequence[Line]) -> list[Line] | None:
    """The rows with amounts made whole that their own commas have parted; None where a cell may be a number by itself.

    Where each amount has its cents, what has none and stands before a group of three digits begins one.
    """
    whole = [Line(_TORN_AMOUNT.sub(_whole_amount, row.text), row.place) for row in rows]
    return None if any(_WHOLE_NUMBER.search(row.text) for row in whole) else whole


def _whole_amount(match: regex.Match[str]) -> str:
    return match[0].replace("\t", ",")


def _parted(text: str, cell: regex.Pattern[str], *, is_open: bool) -> tuple[str, bool]:
    """A line with tabs between its cells, and whether its last goes on below: then its quotation marks stay."""
    end = match.end() if is_open and (match := _GOES_ON.match(text)) else 0
    if is_open and not end:
        return text, True
    cells = [text[:end]] if is_open else []
    position = end + is_open
    while position <= len(text):
        match = cell.match(text, position)
        assert match is not None  # a cell may be blank
        cells.append(match[0])
        position = match.end() + 1
    is_open = _is_open(cells[-1])
    closed = cells if not is_open else cells[:-1]
    return "\t".join([*map(_unquoted, closed), *cells[len(closed) :]]), is_open


def _is_open(cell: str) -> bool:
    return cell.startswith(_QUOTE) and cell.count(_QUOTE) % 2 == 1


def _unquoted(cell: str) -> str:
    """A cell without its quotation marks, blanks in their places."""
    is_quoted = len(cell) > 1 and cell.startswith(_QUOTE) and cell.endswith(_QUOTE)
    return f" {cell[1:-1].replace(_QUOTE * 2, _QUOTE)} " if is_quoted else cell


DELIMITED: Mapping[MarkupKind, Callable[[Sequence[Line]], list[Line] | None]] = {
    "box_table": _from_bars,
    "csv": _from_commas,
    "markdown_table": _from_bars,
}
"""How the rows of each kind of text are read."""

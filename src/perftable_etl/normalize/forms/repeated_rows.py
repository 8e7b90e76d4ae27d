"""Rows that a page prints again at its top: the first of the table, as title and year, and the heads of its columns.

They say nothing more, and what stands below them goes on where the page before stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from perftable_etl.normalize.forms.fragments import Fragment, has_header, texts_by_row
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.headings import is_continued, is_title, read_year
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.records import IndicatorPhase

_FEWEST_HEADS = 2
"""Heads of columns in a row that only repeats the header."""


def repeated_rows(fragment: Fragment, above: Sequence[Fragment], vocabulary: Vocabulary) -> int:
    """How many rows at the top of a fragment only print again what the form has above it."""
    top = repeated_top(fragment, above[0])
    return top + _repeated_header(fragment, fragment.first + top, above, vocabulary)


def repeated_top(fragment: Fragment, first: Fragment) -> int:
    """How many rows at the top of a fragment are those at the top of the form: a heading begins, or its first row.

    The rows of the form's top are those down to the header of its indicators; an empty row says nothing.
    """
    opening = _opening(fragment)
    if not opening or not (opening == _opening(first) or _heads_again(opening)):
        return 0
    texts = texts_by_row(fragment.cells, fragment.rows)
    printed = texts_by_row(first.cells, range(first.first, max(first.headers, default=first.last - 1) + 1))
    again = {row for row, own in texts.items() if _heads_again(own) or own in printed.values()}
    return sum(1 for _ in takewhile(again.__contains__, fragment.rows))


def _opening(fragment: Fragment) -> tuple[str, ...]:
    """What is printed in a fragment's first row."""
    cells = takewhile(lambda cell: cell.row == fragment.first, fragment.cells)
    return tuple("".join(cell.text.split()) for cell in cells if cell.text)


def _heads_again(texts: Sequence[str]) -> bool:
    """Whether a row is a heading alone: a title, a year, or that a table goes on."""
    return len(texts) == 1 and (is_title(texts[0]) or is_continued(texts[0]) or read_year(texts[0]) is not None)


def _repeated_header(fragment: Fragment, first: int, above: Sequence[Fragment], vocabulary: Vocabulary) -> int:
    """How many rows of a fragment from `first` on only repeat the header of the indicator table above it."""
    if not has_header(above):
        return 0
    printed = {texts for earlier in above for texts in texts_by_row(earlier.cells, earlier.headers).values()}
    texts = texts_by_row(fragment.cells, fragment.rows)
    if texts.get(first) not in printed and _is_of_another_time(fragment, first, above, vocabulary):
        return 0
    rows = range(first, fragment.last)
    return sum(1 for _ in takewhile(lambda row: texts.get(row) in printed or _repeats(fragment, row), rows))


def _is_of_another_time(fragment: Fragment, row: int, above: Sequence[Fragment], vocabulary: Vocabulary) -> bool:
    """Whether a label beside a row of a fragment names another time than the last one above it does."""
    time = next(_times((cell for cell in fragment.cells if cell.row == row), vocabulary), None)
    before = (cell for earlier in reversed(above) for cell in reversed(earlier.cells))
    return time is not None and time != next(_times(before, vocabulary), None)


def _times(cells: Iterable[LabelledCell], vocabulary: Vocabulary) -> Iterator[IndicatorPhase]:
    """The times that labels beside rows name."""
    return (time for cell in cells if cell.meaning.is_side and (time := vocabulary.period(cell.text)))


def _repeats(fragment: Fragment, row: int) -> bool:
    """Whether a row has heads of columns only, and labels beside them."""
    cells = [cell for cell in fragment.cells if cell.row == row and cell.text]
    heads = sum(cell.meaning.column is not None for cell in cells)
    return heads >= _FEWEST_HEADS and heads + sum(cell.meaning.is_side for cell in cells) >= len(cells)

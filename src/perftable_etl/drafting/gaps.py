"""What of a form's words is known and what is not: labels with a value beside them, heads of columns, sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, NamedTuple

from perftable_etl.document import Form, Grid
from perftable_etl.normalize.forms.labelled_form import label_form
from perftable_etl.normalize.forms.labelling import LabelledCell, label_grid
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable, find_tables
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary
from perftable_etl.normalize.values.money import money_unit, parse_money
from perftable_etl.normalize.values.split_targets import is_signed
from perftable_etl.normalize.values.text import clean

Section = Literal["fields", "goals", "money", "columns"]
"""The part of a layout that a word belongs to."""

_LONG = 40
"""Characters from which on a value is rather a goal than a field."""

_EXAMPLES = 3
"""Values of a column that are shown."""

_LIKE = 0.6
"""How much of a label a known one must have in common with it to be like it."""


class Gap(NamedTuple):
    """A label or a head that nobody knows: where its word belongs, and what stands beside or below it.

    `like` is a known label that it resembles, with what that names.
    """

    section: Section
    text: str
    examples: tuple[str, ...]
    like: str | None = None


class KnownWords(NamedTuple):
    """A label or a head that is known, and what it names."""

    text: str
    concept: str


@dataclass(slots=True)
class FormWords:
    """The words of one form; and whether it has an indicator table that is found by them."""

    known: list[KnownWords] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    has_table: bool = False


def words_of(grid: Grid, vocabulary: Vocabulary) -> FormWords:
    """The words of the form in a grid, in reading order; each unknown one once."""
    labelled = label_form(Form((), grid), vocabulary)
    cells, rows = labelled.cells, _by_row(labelled.cells, grid.row_count)
    tables = find_tables(labelled, rows, vocabulary)
    taken = {row for table in tables for row in range(table.header.row, table.end_row)}
    words = FormWords(has_table=bool(tables))
    sides = [cell for cell in cells if cell.text and cell.row not in taken and _is_side(cell, cells)]
    sides += [cell for table in tables for cell in cells if _stands_before(cell, table)]
    words.sides += [label_key(cell.text) for cell in sides if not cell.meaning.is_side]
    in_money = {row for cell in sides if money_unit(cell.text) for row in range(cell.row, cell.end_row)}
    for number in range(grid.row_count):
        if number not in taken:
            printed = [cell for cell in rows[number] if cell.row == number and cell not in sides]
            _read_row(printed, words, vocabulary, is_money=number in in_money)
    for table in tables:
        _read_heads(table, cells, words, vocabulary)
    words.known = list(dict.fromkeys(words.known))
    words.sides = list(dict.fromkeys(words.sides))
    words.gaps = list({(gap.section, gap.text): gap for gap in reversed(words.gaps)}.values())[::-1]
    return words


def together(forms: Sequence[FormWords]) -> FormWords:
    """The words of several forms as those of one; each unknown one once, with what stands beside it first."""
    gaps = {(gap.section, gap.text): gap for words in reversed(forms) for gap in reversed(words.gaps)}
    return FormWords(
        list(dict.fromkeys(known for words in forms for known in words.known)),
        list(dict.fromkeys(side for words in forms for side in words.sides)),
        list(gaps.values())[::-1],
        any(words.has_table for words in forms),
    )


def _by_row(cells: Sequence[LabelledCell], count: int) -> list[list[LabelledCell]]:
    rows: list[list[LabelledCell]] = [[] for _ in range(count)]
    for cell in sorted(cells, key=lambda cell: cell.column):
        for row in range(cell.row, cell.end_row):
            rows[row].append(cell)
    return rows


def _is_side(cell: LabelledCell, cells: Sequence[LabelledCell]) -> bool:
    """Whether a cell stands beside several rows of a block."""
    if cell.meaning.is_side or cell.meaning.is_label or cell.meaning.is_level:
        return cell.meaning.is_side
    beside = {other.row for other in cells if other.column == cell.end_column and cell.row <= other.row < cell.end_row}
    return len(beside) > 1 and _may_be_label(cell)


def _stands_before(cell: LabelledCell, table: IndicatorTable) -> bool:
    """Whether a cell stands beside the head of a table, to its left."""
    header = table.header
    is_beside = header.row <= cell.row < header.end_row and cell.end_column <= header.columns[0].first
    return is_beside and _may_be_label(cell) and cell not in header.project


def _read_row(printed: Sequence[LabelledCell], words: FormWords, vocabulary: Vocabulary, *, is_money: bool) -> None:
    """The labels of a row outside the indicator tables: every other cell, as far as nothing else is known."""
    is_value = False
    for cell, value in zip(printed, [*printed[1:], None], strict=True):
        if cell.inline or cell.meaning.label or cell.meaning.money:
            words.known.append(KnownWords(clean(cell.text.removesuffix(cell.inline)), _concept(cell.meaning)))
            is_value = not cell.inline
        elif is_value or not _may_be_label(cell) or value is None or value.is_label:
            is_value = False
        else:
            words.gaps.append(_gap(cell, value.text, vocabulary, is_money=is_money))
            is_value = True


def _concept(meaning: Meaning) -> str:
    """What a known label names, as a layout would name it."""
    return meaning.label or f"money.{'.'.join(meaning.money[0])}"


def _may_be_label(cell: LabelledCell) -> bool:
    return may_be_label(cell.text) and not cell.is_heading


def _gap(cell: LabelledCell, value: str, vocabulary: Vocabulary, *, is_money: bool) -> Gap:
    text = clean(cell.text).rstrip(":：")
    amount = parse_money(value) is not None
    is_amount = amount and (is_money or money_unit(cell.text) is not None or "." in value or "," in value)
    section: Section = "money" if is_amount else "goals" if len(value) >= _LONG else "fields"
    return Gap(section, text, (clean(value),), _like(text, vocabulary))


def _like(text: str, vocabulary: Vocabulary) -> str | None:
    """The known label that a text is like, and what that names."""
    close = get_close_matches(label_key(text), list(vocabulary.labels), n=1, cutoff=_LIKE)
    return f"{close[0]} ({vocabulary.labels[close[0]]})" if close else None


def _read_heads(table: IndicatorTable, cells: Sequence[LabelledCell], words: FormWords, vocabulary: Vocabulary) -> None:
    """The heads of an indicator table, and what stands below those that nobody knows."""
    for column in table.header.columns:
        text = clean(column.text)
        if column.name:
            words.known.append(KnownWords(text, column.name))
        elif text:
            below = (cell for cell in cells if cell.row in table.rows and column.first <= cell.column < column.end)
            examples = list(dict.fromkeys(clean(cell.text) for cell in below if cell.text))[:_EXAMPLES]
            words.gaps.append(Gap("columns", text, tuple(examples)))


def unknown_heads(grid: Grid, vocabulary: Vocabulary) -> Iterator[Gap]:
    """What may head an indicator table that is not found, with what stands below.

    That is the row of words right above the first target with a sign; else the first of several texts over rows of as
    many.
    """
    rows = _by_row(label_grid(grid, vocabulary), grid.row_count)
    printed = [[cell for cell in cells if cell.row == row and cell.text] for row, cells in enumerate(rows)]
    row = _row_above_sign(printed)
    row = next(_rows_over_others(printed), None) if row is None else row
    for head in printed[row] if row is not None else ():
        under = (cell for cells in printed[head.row + 1 :] for cell in cells if cell.column == head.column)
        examples = list(dict.fromkeys(clean(cell.text) for cell in under))[:_EXAMPLES]
        yield Gap("columns", clean(head.text), tuple(examples))


_FEWEST_HEADS = 3


def _row_above_sign(printed: Sequence[Sequence[LabelledCell]]) -> int | None:
    """The row of words nearest above the first cell that begins with a sign."""
    signed = next((cell for cells in printed for cell in cells if is_signed(cell.text)), None)
    above = range(signed.row - 1, -1, -1) if signed else ()
    heads = (row for row in above if len(printed[row]) >= _FEWEST_HEADS and all(map(_may_be_label, printed[row])))
    return next((row for row in heads if any(signed and cell.column == signed.column for cell in printed[row])), None)


def _rows_over_others(printed: Sequence[Sequence[LabelledCell]]) -> Iterator[int]:
    """The rows of several words over rows of as many texts."""
    for row, heads in enumerate(printed):
        below = [len(cells) for cells in printed[row + 1 : row + 4]]
        is_over = sum(count >= len(heads) - 2 for count in below) > 1
        if is_over and len(heads) > _FEWEST_HEADS and all(map(_may_be_label, heads)):
            yield row

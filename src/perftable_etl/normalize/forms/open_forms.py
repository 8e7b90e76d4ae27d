"""A form while its parts are still being collected, and which rows on later pages are parts of it.

What begins has a head: the rows of its labels, or the heads of its columns. Rows of indicators without one go on where
a form stopped, whatever stands between: a heading printed again, a page of something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from perftable_etl.document import Cell, Form, Line
from perftable_etl.normalize.forms.evidence import is_form
from perftable_etl.normalize.forms.fragments import (
    Fragment,
    are_apart,
    has_header,
    labels_in,
    may_go_on,
    shows_indicators,
    texts_by_row,
)
from perftable_etl.normalize.forms.labelled_form import LabelledForm, labelled_form
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.page_breaks import stitch
from perftable_etl.normalize.forms.page_columns import align
from perftable_etl.normalize.forms.page_sequence import falls_back, in_sequence
from perftable_etl.normalize.forms.repeated_rows import repeated_rows, repeated_top
from perftable_etl.normalize.layouts.headings import is_title, names_performance, read_title
from perftable_etl.normalize.layouts.vocabulary import Concept, Vocabulary

_FEWEST_REPEATED = 3
"""Header fields that a fragment shares with the form above it where it is another form's whose first label is lost."""


@dataclass(slots=True)
class OpenForm:
    """A form while its fragments are still being collected; `copies` are pages of it that are printed again."""

    heading: tuple[Line, ...]
    fragments: list[Fragment]
    vocabulary: Vocabulary
    copies: list[Fragment] = field(default_factory=list)

    @property
    def last_page(self) -> int:
        """The number of the page that it goes on from."""
        return self.fragments[-1].page

    def takes(self, fragment: Fragment) -> bool:
        """Whether `fragment` can go on where this form stopped: its columns match, and it does not begin all over."""
        if fragment.page - self.last_page > 1 or align(self.fragments, fragment) is None:
            return False
        labels = labels_in(fragment, fragment.rows)
        return len(labels) < _FEWEST_REPEATED or len(labels & self._labels()) < _FEWEST_REPEATED

    def resumes(self, fragment: Fragment) -> bool:
        """Whether `fragment` has rows of indicators that go on with those of this form, and no head but a repeated one.

        That is enough after a page of something else, or below another title.
        """
        rows = self._new_rows(fragment)
        own = [cell for cell in fragment.cells if cell.row in rows]
        return (
            (not fragment.starts or fragment.first not in rows)
            and has_header(self.fragments)
            and fragment.headers.isdisjoint(rows)
            and shows_indicators(own)
            and self._may_have(fragment, rows)
        )

    def repeats_top(self, fragment: Fragment) -> bool:
        """Whether `fragment` begins a page as this form began, and goes on with rows that this form has not.

        Groups that stand before this form's in the catalogue are those of another form with the same head.
        """
        if fragment.first > 0 or fragment.page == self.last_page or not repeated_top(fragment, self.fragments[0]):
            return False
        rows = self._new_rows(fragment)
        is_other = falls_back([*self.fragments, fragment]) and not falls_back(self.fragments)
        return not is_other and fragment.headers.isdisjoint(rows) and self._may_have(fragment, rows)

    def _new_rows(self, fragment: Fragment) -> range:
        """The rows of a fragment below those that it only prints again."""
        return range(fragment.first + repeated_rows(fragment, self.fragments, self.vocabulary), fragment.last)

    def _may_have(self, fragment: Fragment, rows: range) -> bool:
        """Whether some rows may be this form's: they stand in its columns, and it has none of them, no label, no group.

        As an exception, they may begin with the last group that it has.
        """
        own = [cell for cell in fragment.cells if cell.row in rows]
        texts = set(texts_by_row(own, rows).values())
        return (
            bool(texts)
            and labels_in(fragment, rows).isdisjoint(self._labels())
            and may_go_on(self._cells, own)
            and texts.isdisjoint(self._rows)
            and align(self.fragments, fragment) is not None
        )

    @property
    def _rows(self) -> set[tuple[str, ...]]:
        """What is printed in each of its rows."""
        return {row for part in self.fragments for row in texts_by_row(part.cells, part.rows).values()}

    def has_printed(self, fragment: Fragment) -> bool:
        """Whether `fragment` prints all that a later page of this form does, and so is that page again."""
        return any(part.page != fragment.page and _is_copy(part, fragment) for part in self.fragments[1:])

    @property
    def stray(self) -> Fragment | None:
        """Its last fragment where that names groups of indicators that the form had before: it may be another's."""
        *before, last = self.fragments
        cells = [cell for fragment in before for cell in fragment.cells]
        return last if before and not may_go_on(cells, last.cells) else None

    def precedes(self, fragment: Fragment) -> bool:
        """Whether `fragment`, which stands before this form, goes on with it: they have no group in common."""
        return self.resumes(fragment) and are_apart(self._cells, fragment.cells)

    @property
    def _cells(self) -> list[LabelledCell]:
        """All its cells so far."""
        return list(chain.from_iterable(fragment.cells for fragment in self.fragments))

    def _labels(self) -> set[Concept]:
        return set().union(*(labels_in(fragment, fragment.rows) for fragment in self.fragments))

    @property
    def is_form(self) -> bool:
        """Whether what was collected is a form, not another table that has some of its words."""
        has_title = any(map(_is_of_form, self.heading)) or has_title_row(self.fragments[0].cells)
        return is_form(self.fragments, has_title=has_title)

    def finished(self) -> LabelledForm:
        """The form, its fragments stitched together."""
        stitched = stitch(in_sequence(self.fragments), self.vocabulary)
        grid = replace(stitched.grid, is_rebuilt=any(fragment.is_rebuilt for fragment in self.fragments))
        return labelled_form(Form(self.heading, grid, (*stitched.repeats, *self._copied())), stitched.cells)

    def _copied(self) -> Sequence[Cell]:
        return [cell.cell for copy in self.copies for cell in copy.cells if cell.text]


def _is_copy(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments print the same; their last cells mostly tell."""
    is_alike = len(one.cells) == len(other.cells) and one.cells[-1].text == other.cells[-1].text
    return is_alike and [cell.text for cell in one.cells] == [cell.text for cell in other.cells]


def has_title_row(cells: Sequence[LabelledCell]) -> bool:
    """Whether a form's title is one of the headings among the cells."""
    return any(cell.is_heading and is_title(cell.text) for cell in cells)


def _is_of_form(line: Line) -> bool:
    """Whether a line is a form's title, or that of a document on performance."""
    title = None if is_title(line.text) else read_title(line.text)
    return is_title(line.text) or (title is not None and names_performance(title.text))

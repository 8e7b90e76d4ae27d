"""Which forms can be read that no layout claims: those whose own words say enough."""

from __future__ import annotations

from perftable_etl.normalize.forms.headings import find_headings
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.project_lists import holds_list
from perftable_etl.normalize.forms.table_heads import Header
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.headings import names_performance
from perftable_etl.normalize.layouts.words import ColumnName

_REACHED: frozenset[ColumnName] = frozenset({"target", "actual", "score"})
"""The columns that say what an indicator is to reach, or has reached."""


def is_readable(labelled: LabelledForm) -> bool:
    """Whether the words of a form say which columns have its indicators and their targets, and what the form is of.

    A project's name says what it is of, or a heading that names performance targets, or the levels that it names.
    """
    if not (holds_list(labelled.cells) or any(map(_is_told, labelled.headers))):
        return False
    named = any(cell.meaning.label in ("name", "department") for cell in labelled.cells)
    return named or any(map(names_performance, _headings(labelled))) or _names_levels(labelled)


def _names_levels(labelled: LabelledForm) -> bool:
    """Whether a form names several levels 1 of the catalogue, each with a level 2: no other table does."""
    texts = {cell.text for cell in labelled.cells if cell.meaning.is_level}
    level1 = {name for text in texts if (name := find_level1(text)) and find_level2(text) is None}
    return len(level1) >= _FEWEST_LEVELS and any(find_level2(text) for text in texts)


_FEWEST_LEVELS = 2


def _is_told(header: Header) -> bool:
    """Whether a header says where the names of indicators are, and their targets. An unknown column may hold either."""
    names_all = all(column.name for column in header.columns if column.text)
    return bool(header.names & _REACHED) and ("level3" in header.names or names_all)


def _headings(labelled: LabelledForm) -> list[str]:
    """The headings above a form's table, and those in it."""
    above = [heading.text for heading in find_headings(labelled.form.heading)]
    return above + [cell.text for cell in labelled.cells if cell.is_heading]

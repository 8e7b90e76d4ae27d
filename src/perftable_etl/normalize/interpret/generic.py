"""Which forms can be read that no layout claims: those whose own words say enough."""

from __future__ import annotations

from perftable_etl.normalize.forms.headings import find_headings
from perftable_etl.normalize.forms.labelling import LabelledForm
from perftable_etl.normalize.interpret.indicator_table import find_header
from perftable_etl.normalize.layouts.headings import names_performance


def is_readable(labelled: LabelledForm) -> bool:
    """Whether the words of a form say which columns have its indicators and their targets, and what the form is of.

    A project's name says what it is of, or a heading that names performance targets.
    """
    header = find_header(labelled.cells)
    if header is None or not {"level3", "target"} <= set(header.columns.values()):
        return False
    return any(cell.meaning.label == "name" for cell in labelled.cells) or any(
        map(names_performance, _headings(labelled))
    )


def _headings(labelled: LabelledForm) -> list[str]:
    """The headings above a form's table, and those in it."""
    above = [heading.text for heading in find_headings(labelled.form.heading)]
    return above + [cell.text for cell in labelled.cells if cell.is_heading]

"""A form with what its cells are, and the headers of its indicator tables: what every later stage starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perftable_etl.document import Form
from perftable_etl.normalize.forms.labelling import LabelledCell, label_cells
from perftable_etl.normalize.forms.table_heads import Header, find_headers
from perftable_etl.normalize.layouts.vocabulary import Vocabulary


class LabelledForm(NamedTuple):
    """A form, its grid's cells with what they are, in their order, and the headers among them from top to bottom."""

    form: Form
    cells: tuple[LabelledCell, ...]
    headers: tuple[Header, ...]


def labelled_form(form: Form, cells: Sequence[LabelledCell]) -> LabelledForm:
    """A form whose cells are labelled."""
    return LabelledForm(form, tuple(cells), tuple(find_headers(cells)))


def label_form(form: Form, vocabulary: Vocabulary) -> LabelledForm:
    """A form as some words have it."""
    return labelled_form(form, label_cells(form.grid.cells, vocabulary))

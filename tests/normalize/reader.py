"""The reader's stages with the package's own layouts, as tests call them."""

from __future__ import annotations

from perftable_etl.document import Document, Form
from perftable_etl.normalize import reading
from perftable_etl.normalize.forms import find
from perftable_etl.normalize.forms.labelled_form import LabelledForm, label_form
from perftable_etl.normalize.interpret.declaration import Interpretation, Surroundings, interpret
from perftable_etl.normalize.layouts.collection import default_layouts

LAYOUTS = default_layouts()
VOCABULARY = LAYOUTS.vocabulary


def find_forms(document: Document) -> list[Form]:
    return [labelled.form for labelled in find.find_forms(document, VOCABULARY)]


def labelled(form: Form) -> LabelledForm:
    """A form with what its cells are."""
    return label_form(form, VOCABULARY)


def read_form(form: Form, year: int | None = 2025, ordinal: int = 1) -> Interpretation:
    """What a form means by the first layout."""
    return interpret(labelled(form), LAYOUTS.layouts[0], ordinal, Surroundings(year))


def understand(document: Document) -> reading.Reading:
    return reading.understand(document, LAYOUTS)


def with_unread(read: reading.Reading, source: Document) -> reading.Reading:
    return read.with_unread(source, VOCABULARY)


def read_generic(form: Form) -> Interpretation:
    """What a form means by words and shapes alone, in a document that says nothing of its forms."""
    return interpret(labelled(form), LAYOUTS.generic, 1, Surroundings())

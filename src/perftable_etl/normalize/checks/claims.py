"""What is to be said of the layouts that claim a form: that none does, or several do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.document import Form
from perftable_etl.messages import Message
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.normalize.layouts.layout import Layout
from perftable_etl.records import Finding


def claim_findings(form: Form, claimants: Sequence[Layout], ordinal: int) -> Iterator[Finding]:
    """What is to be said of the layout that a form is read by: that none claims it, or several do."""
    if not claimants:
        yield _generic(form, ordinal)
    if not claimants and form.grid.is_rebuilt:
        yield _uncertain(form, ordinal)
    if len(claimants) > 1:
        yield _ambiguous(form, claimants, ordinal)


def unclaimed(form: Form, layouts: Layouts) -> Finding:
    """That no layout reads a form, and that its words do not say enough."""
    message = Message(
        "no layout reads the form on page {page} (known layouts: {layouts}), and the words that it prints do"
        " not say which columns have its indicators and their targets; add a layout for it",
        page=form.pages[0],
        layouts=layouts.names,
    )
    return Finding(code="layout_unclaimed", severity="error", message=message, place=form.grid.place)


def _generic(form: Form, ordinal: int) -> Finding:
    message = "no layout claims the form; it is read by the words that it prints and by their places"
    return Finding(code="layout_generic", severity="info", message=message, place=form.grid.place, project=ordinal)


def _uncertain(form: Form, ordinal: int) -> Finding:
    message = (
        "no layout says which labels the form has, and nothing printed parts its cells, so that a label may be read as"
        " part of a value; compare it with the page, or give a layout"
    )
    return Finding(code="labels_uncertain", severity="warning", message=message, place=form.grid.place, project=ordinal)


def _ambiguous(form: Form, layouts: Sequence[Layout], ordinal: int) -> Finding:
    message = Message(
        "more than one layout fits the form ({layouts}); it is read as {layout}",
        layouts=[layout.name for layout in layouts],
        layout=layouts[0].name,
    )
    return Finding(code="layout_ambiguous", severity="warning", message=message, place=form.grid.place, project=ordinal)

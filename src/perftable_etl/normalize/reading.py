"""What one view of a document means: its forms found, claimed by a layout, interpreted and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from perftable_etl.document import Document, Form, Place
from perftable_etl.messages import Message
from perftable_etl.normalize.checks.claims import claim_findings, unclaimed
from perftable_etl.normalize.checks.consistency import check
from perftable_etl.normalize.checks.copied_pages import find_copied_pages
from perftable_etl.normalize.checks.illegible import illegible_characters
from perftable_etl.normalize.checks.intrusions import find_intrusions, page_number_offsets
from perftable_etl.normalize.checks.recognition import doubt_cells, doubt_signs
from perftable_etl.normalize.checks.surroundings import check_surroundings
from perftable_etl.normalize.forms.find import find_forms, find_unruled_pages
from perftable_etl.normalize.forms.headings import find_title, title_in_tables
from perftable_etl.normalize.forms.identity import identify
from perftable_etl.normalize.forms.labelled_form import LabelledForm, label_form
from perftable_etl.normalize.interpret.coverage import count_form
from perftable_etl.normalize.interpret.declaration import Surroundings, interpret
from perftable_etl.normalize.interpret.generic import is_readable
from perftable_etl.normalize.interpret.losses import Lost, find_lost
from perftable_etl.normalize.interpret.money_units import document_unit
from perftable_etl.normalize.interpret.unread import UnreadText, find_unread
from perftable_etl.normalize.layouts.collection import Layouts
from perftable_etl.normalize.layouts.headings import Title
from perftable_etl.normalize.layouts.layout import printed_labels
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.records import Declaration, Finding, FindingCode
from perftable_etl.tables import parts_of

# Findings that a better reading of the same page may do away with.
_REPARABLE: frozenset[FindingCode] = frozenset(
    {
        "sum_differs",
        "no_funds",
        "no_fiscal_year",
        "no_target",
        "label_twice",
        "level1_unknown",
        "level2_unknown",
        "illegible_character",
    }
)


_UNRULED: FindingCode = "form_without_rules"
_GRIDLESS: frozenset[FindingCode] = frozenset({_UNRULED, "form_not_rebuilt"})
"""The findings on forms that no grid was found for, or made of."""

_EXCERPT = 200
"""How many characters of an unread text a finding shows."""


@dataclass(frozen=True, slots=True)
class FormReading:
    """What one form yields: at most one declaration, findings, and how many of its characters are accounted for."""

    form: Form
    declaration: Declaration | None
    findings: tuple[Finding, ...]
    accounted: int
    characters: int

    @property
    def faults(self) -> tuple[int, int, int]:
        """How many faults it has, the gravest first: errors, characters not accounted for, doubts to mend."""
        errors = sum(finding.severity == "error" for finding in self.findings)
        doubts = sum(finding.code in _REPARABLE and finding.severity != "info" for finding in self.findings)
        return errors, self.characters - self.accounted, doubts

    @property
    def pages(self) -> range:
        """The numbers of the pages that the form stands on."""
        return self.form.pages


class Unread(NamedTuple):
    """Text that looks like part of a form and is in none: how many characters it has, and what is said of it."""

    characters: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document yields."""

    document: Document
    title: Title | None
    forms: tuple[FormReading, ...]
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """What the forms say, without those that could not be read."""
        return tuple(form.declaration for form in self.forms if form.declaration)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings on the document, on what no form took, and on each of its forms."""
        unread = (unread.finding for unread in self.unread)
        return (*self.findings, *unread, *(finding for form in self.forms for finding in form.findings))

    @property
    def doubtful_pages(self) -> frozenset[int]:
        """The pages that a second reader should read: of forms with faults, and those whose form was not found.

        A form that no layout claims is no fault of the reader.
        """
        faulty = (page for form in self.forms if form.declaration and any(form.faults) for page in form.pages)
        unruled = (finding.place.page for finding in self.findings if finding.code == _UNRULED and finding.place)
        return frozenset((*faulty, *unruled))

    @property
    def whole_forms(self) -> tuple[int, ...]:
        """The ordinals of the forms on printed tables all of whose text is accounted for."""
        found = (form for form in self.forms if form.accounted == form.characters and not form.form.grid.is_rebuilt)
        return tuple(form.declaration.ordinal for form in found if form.declaration)

    @property
    def coverage(self) -> float | None:
        """The share of the forms' characters that is accounted for; None where there are none.

        What looks like part of a form and is in none counts among them. Prose and other tables do not count.
        """
        characters = sum(form.characters for form in self.forms) + self._unread_characters
        return sum(form.accounted for form in self.forms) / characters if characters else None

    @property
    def _unread_characters(self) -> int:
        return sum(unread.characters for unread in self.unread)

    @property
    def fiscal_year(self) -> int | None:
        """The year of the document's title, else the one all its declarations share."""
        years = {declaration.fiscal_year for declaration in self.declarations}
        return self.title.fiscal_year if self.title else years.pop() if len(years) == 1 else None

    @property
    def heading(self) -> str | None:
        """The document's title, else the line its first form is headed by."""
        lines = (line.text for form in self.forms for line in form.form.heading)
        return self.title.text if self.title else next(lines, None)

    @property
    def faults(self) -> tuple[int, ...]:
        """The faults of all forms together, a form that was not found among the errors."""
        errors, unknown, doubts = (sum(form.faults[i] for form in self.forms) for i in range(3))
        errors += sum(finding.severity == "error" for finding in self.findings)
        return errors, unknown + self._unread_characters, doubts

    def with_findings(self, findings: Iterable[Finding]) -> Reading:
        """The same with more findings on the document, before its own."""
        return replace(self, findings=(*findings, *self.findings))

    def with_unread(self, source: Document, vocabulary: Vocabulary) -> Reading:
        """The same with what no form took: of this document, and of the `source` its grids were rebuilt from.

        A page that is said to have a form without a grid needs no second finding.
        """
        told = [finding.place for finding in self.findings if finding.code in _GRIDLESS and finding.place]
        unread_texts = find_unread(self.document, [form.form for form in self.forms], vocabulary)
        unread = [
            _unread(unread_text)
            for unread_text in unread_texts
            if not any(unread_text.place.meets(place) for place in told)
        ]
        return replace(self, unread=(*unread, *map(_lost, find_lost(source, self.document, vocabulary))))


def not_ruled(place: Place) -> Finding:
    """That the form of a page has no rules, so that it was not found."""
    message = Message(
        "page {page} has the labels of a form, but no rules that form a table; it was not read", page=place.page
    )
    return Finding(code=_UNRULED, severity="error", message=message, place=place)


def not_rebuilt(place: Place) -> Finding:
    """That the form of a text could not be put together from its lines."""
    message = Message(
        "the text has labels of a form from line {line} on, but not in the order of a form;"
        " it was not read; give the PDF, or text with tabs between the cells",
        line=round(place.box.y0) + 1,
    )
    return Finding(code="form_not_rebuilt", severity="error", message=message, place=place)


def understand(document: Document, layouts: Layouts) -> Reading:
    """The document's forms, each read by the one layout that claims it."""
    found = tuple(form for part in parts_of(document) for form in find_forms(part, layouts.vocabulary))
    title = find_title(document) or (title_in_tables(found[0].cells) if found else None)
    surroundings = Surroundings(title.fiscal_year if title else None, document_unit(document))
    offsets = page_number_offsets(document.pages)
    forms: list[FormReading] = []
    ordinal = 1
    for form in found:
        forms.append(_understand_form(form, layouts, ordinal, surroundings, offsets))
        ordinal += forms[-1].declaration is not None
    declarations = [form.declaration for form in forms if form.declaration]
    if not declarations:
        title = title or identify(document, layouts.vocabulary)
    together = check_surroundings(document, title.text if title else None, declarations)
    return Reading(document, title, tuple(forms), tuple(together))


def gridless_findings(
    document: Document, vocabulary: Vocabulary, told: Callable[[Place], Finding]
) -> Iterator[Finding]:
    """The pages that have the labels of a form outside every table; why that is depends on what was read."""
    return map(told, find_unruled_pages(document, vocabulary))


def _understand_form(
    labelled: LabelledForm, layouts: Layouts, ordinal: int, surroundings: Surroundings, offsets: frozenset[int]
) -> FormReading:
    form = labelled.form
    claimants = layouts.claimants(printed_labels([cell.text for cell in form.grid.cells]))
    if not claimants and not is_readable(labelled):
        return FormReading(form, None, (unclaimed(form, layouts), *_doubts(form, None)), 0, count_form(form))
    layout = next(iter(claimants), layouts.generic)
    own = labelled if layout.vocabulary is layouts.vocabulary else label_form(form, layout.vocabulary)
    declaration, findings, accounted, characters = interpret(own, layout, ordinal, surroundings)
    doubts = (*_doubts(form, ordinal), *doubt_signs(declaration), *find_intrusions(declaration, offsets))
    said = (*claim_findings(form, claimants, ordinal), *findings, *check(declaration), *doubts)
    return FormReading(form, declaration, tuple(_with_place(finding, form) for finding in said), accounted, characters)


def _with_place(finding: Finding, form: Form) -> Finding:
    """What is missing from a form stands nowhere on it: the finding is about the form's first page."""
    return finding if finding.place else finding.model_copy(update={"place": form.grid.place})


def _doubts(form: Form, ordinal: int | None) -> Iterator[Finding]:
    """What may be wrong with a form's texts and pages themselves, whatever they mean."""
    yield from illegible_characters(form, ordinal)
    yield from doubt_cells(form, ordinal)
    yield from find_copied_pages(form, ordinal)


def _unread(unread_text: UnreadText) -> Unread:
    message = Message(
        "page {page} has {what} outside all forms; read them on the page, and check the form before them",
        page=unread_text.place.page,
        what=" and ".join(unread_text.marks.kinds()) or "labels of a form",
    )
    return Unread(unread_text.characters, _unread_finding(message, unread_text.text, unread_text.place))


def _lost(lost: Lost) -> Unread:
    message = Message(
        "page {page} prints this in a line of a form, but no cell contains it; read it on the page",
        page=lost.place.page,
    )
    return Unread(lost.characters, _unread_finding(message, lost.text, lost.place))


def _unread_finding(message: str, text: str, place: Place) -> Finding:
    raw = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return Finding(code="unread_passage", severity="warning", message=message, raw=raw, place=place)

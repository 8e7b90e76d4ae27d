"""The second opinion: what two readers make of the same pages, the better reading kept and the other held against it.

It rests on the readers' standing on different PDF engines: what both read is what is printed, and a form whose numbers
add up in neither reading does not add up on paper. Texts are compared clean and without white space: no PDF prints
white space, and engines differ in which of two look-alike characters they give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

from perftable_etl.document import Place
from perftable_etl.messages import Message
from perftable_etl.normalize.reading import FormReading, Reading
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import FIELDS, INDICATOR_FIELDS, Declaration, FieldName, Finding, Indicator, Target

_SHOWN = 40
"""How many characters of a long value a message shows; where it differs comes a quarter into them."""


class Opinion(NamedTuple):
    """What one reader makes of a document."""

    reader: str
    reading: Reading


class _Value(NamedTuple):
    field: FieldName
    value: object


def choose_reading(first: Opinion, second: Opinion, pages: frozenset[int]) -> Reading:
    """The better of two readings, the first where neither is, held against the other on `pages`, which both have read.

    Its records say whether the other reader agrees, and findings where it does not.
    """
    if not _is_better(second.reading, first.reading):
        return _compare(first, second, pages)
    kept = _compare(second, first, pages)
    return replace(kept, findings=(*kept.findings, _kept_second_reading(first, second, pages)))


def _is_better(second: Reading, first: Reading) -> bool:
    return len(second.forms) >= len(first.forms) and second.faults < first.faults


def _kept_second_reading(first: Opinion, second: Opinion, pages: frozenset[int]) -> Finding:
    message = Message(
        "{second} reads page {pages} better than {first} does; its reading is kept",
        second=second.reader,
        pages=sorted(pages),
        first=first.reader,
    )
    place = next((form.form.grid.place for form in second.reading.forms if pages.intersection(form.pages)), None)
    return Finding(code="second_reading", severity="info", message=message, place=place)


def _compare(kept: Opinion, other: Opinion, pages: frozenset[int]) -> Reading:
    forms = tuple(
        form if pages.isdisjoint(form.pages) else _compare_form(form, kept.reader, other, pages)
        for form in kept.reading.forms
    )
    return replace(kept.reading, forms=forms)


def _compare_form(form: FormReading, reader: str, other: Opinion, pages: frozenset[int]) -> FormReading:
    """One form of the kept reading as judged by the other; a form that the other does not find is doubted whole."""
    ours, place, counterpart = form.declaration, form.form.grid.place, _counterpart(form, other.reading.forms)
    if ours is None:
        return form
    if counterpart is None or counterpart.declaration is None:
        doubted = frozenset((None, *(row.ordinal for row in ours.indicators)))
        findings = (*form.findings, _missing_form(ours, place, reader, other.reader))
    else:
        differences = tuple(_Comparison(place, ours, counterpart.declaration, reader, other.reader).findings())
        doubted = frozenset(finding.indicator for finding in differences)
        findings = (*_confirmed(form.findings, counterpart.findings, reader, other.reader), *differences)
    return replace(form, declaration=_with_agreement(ours, doubted, pages), findings=findings)


def _counterpart(form: FormReading, others: Sequence[FormReading]) -> FormReading | None:
    """The form that the other reading has at this place: the two share most of what they cover on their first page."""
    return next((other for other in others if _shared(form.form.grid.place, other.form.grid.place) > 0.5), None)


def _shared(one: Place, other: Place) -> float:
    """What two places have in common, as a share of what they cover together, across or down: forms may stand abreast.

    The smaller share counts.
    """
    if one.page != other.page:
        return 0.0
    around = one.box.union(other.box)
    down = (min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)) / (around.y1 - around.y0)
    across = (min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)) / (around.x1 - around.x0)
    return min(down, across)


def _missing_form(declaration: Declaration, place: Place, reader: str, other: str) -> Finding:
    message = Message(
        "{reader} finds this form, {other} does not; compare the whole form with the page", reader=reader, other=other
    )
    return _finding(message, "", place, declaration.ordinal)


def _finding(message: str, raw: str, place: Place, project: int, indicator: int | None = None) -> Finding:
    return Finding(
        code="readings_differ",
        severity="warning",
        message=message,
        raw=raw,
        place=place,
        project=project,
        indicator=indicator,
    )


def _confirmed(findings: Sequence[Finding], others: Sequence[Finding], reader: str, other: str) -> Iterator[Finding]:
    """The findings, each that both readings give rise to saying so: it is the form then that is amiss."""
    confirmed = set(map(_finding_key, others))
    for finding in findings:
        if finding.severity != "info" and _finding_key(finding) in confirmed:
            message = "{finding} ({reader} and {other} agree, so the form prints it so)"
            yield finding.saying(Message(message, finding=finding.said, reader=reader, other=other))
        else:
            yield finding


def _finding_key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, _comparable(finding.message), _comparable(finding.raw)


def _with_agreement(declaration: Declaration, doubted: frozenset[int | None], pages: frozenset[int]) -> Declaration:
    """The declaration with `readings_agree` set for what stands on `pages`.

    `doubted` are the ordinals of the rows that the other reader does not confirm, and None for the form's own fields.
    """
    rows = tuple(
        row.model_copy(update={"readings_agree": row.ordinal not in doubted}) if row.place.page in pages else row
        for row in declaration.indicators
    )
    agrees = None not in doubted if declaration.first_page in pages else None
    return declaration.model_copy(update={"indicators": rows, "readings_agree": agrees})


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two declarations of the form at `place`, and who read them; ours is the one that is kept."""

    place: Place
    ours: Declaration
    theirs: Declaration
    our_reader: str
    their_reader: str

    def findings(self) -> Iterator[Finding]:
        """One for every field that the two read otherwise, and for every row that only one of them has."""
        sources = {source.field: source for source in (*self.theirs.sources, *self.ours.sources)}
        for field, our_value, their_value in _differing(_own_values(self.ours), _own_values(self.theirs)):
            source = sources.get(field)
            place = source.place if source else self.place
            message = self._difference_message(field, our_value, their_value)
            yield _finding(message, source.raw if source else "", place, self.ours.ordinal)
        for ours, theirs in _pair_rows(self.ours.indicators, self.theirs.indicators):
            yield from self._row_findings(ours, theirs)

    def _row_findings(self, ours: Indicator | None, theirs: Indicator | None) -> Iterator[Finding]:
        if ours and theirs:
            for field, our_value, their_value in _differing(_row_values(ours), _row_values(theirs)):
                message = self._difference_message(field, our_value, their_value)
                yield _finding(message, ours.target.raw, ours.place, self.ours.ordinal, ours.ordinal)
        elif ours:
            yield self._missing_row(ours, self.our_reader, ours.ordinal)
        elif theirs:
            yield self._missing_row(theirs, self.their_reader, None)

    def _difference_message(self, field: FieldName, ours: object, theirs: object) -> Message:
        ours, theirs = _excerpts(_comparable(ours), _comparable(theirs))
        return Message(
            "{field}: {reader} reads {ours}, {other} reads {theirs}",
            field=field,
            reader=self.our_reader,
            ours=ours,
            other=self.their_reader,
            theirs=theirs,
        )

    def _missing_row(self, row: Indicator, reader: str, indicator: int | None) -> Finding:
        message = Message(
            "only {reader} reads the row {name} {target}",
            reader=reader,
            name=row.level3,
            target=_comparable(row.target.raw),
        )
        return _finding(message, row.target.raw, row.place, self.ours.ordinal, indicator)


def _own_values(declaration: Declaration) -> list[_Value]:
    """The form's own fields, its amounts last, its indicators left out."""
    values = [(field.sort == "money", _Value(name, field.of(declaration))) for name, field in FIELDS.items()]
    return [value for _, value in sorted(values, key=itemgetter(0))]


def _row_values(row: Indicator) -> list[_Value]:
    values = ((name, field.of(row)) for name, field in INDICATOR_FIELDS.items())
    return [_Value(name, value.raw if isinstance(value, Target) else value) for name, value in values]


def _differing(ours: Sequence[_Value], theirs: Sequence[_Value]) -> Iterator[tuple[FieldName, object, object]]:
    for (field, our_value), (_, their_value) in zip(ours, theirs, strict=True):
        if our_value != their_value and _comparable(our_value) != _comparable(their_value):
            yield field, our_value, their_value


def _pair_rows(
    ours: Sequence[Indicator], theirs: Sequence[Indicator]
) -> Iterator[tuple[Indicator | None, Indicator | None]]:
    """Rows that stand for one another: those of one name, and as many others between them; None beside any other row.

    Ordinals shift where one reading misses a row, and a name may occur twice: the rows' order keeps them apart.
    """
    our_names, their_names = ([_comparable(row.level3) for row in rows] for rows in (ours, theirs))
    matcher = SequenceMatcher(None, our_names, their_names, autojunk=False)
    for _, first, last, their_first, their_last in matcher.get_opcodes():
        mine, other = ours[first:last], theirs[their_first:their_last]
        if len(mine) == len(other):
            yield from zip(mine, other, strict=True)
        else:
            yield from ((row, None) for row in mine)
            yield from ((None, row) for row in other)


def _comparable(value: object) -> str:
    """A value's clean text without white space; nothing for None."""
    return "" if value is None else "".join(clean(str(value)).split())


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """What a message shows of two texts: all of short ones, else the part in which they begin to differ."""
    same = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - _SHOWN // 4)
    return _excerpt(one, start), _excerpt(other, start)


def _excerpt(text: str, start: int) -> str:
    if len(text) <= _SHOWN:
        return text or "nothing"
    end = start + _SHOWN
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

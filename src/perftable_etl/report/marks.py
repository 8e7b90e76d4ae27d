"""What the product saw on a page, as marks to be drawn over it: boxes of a few kinds, most with a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from perftable_etl.document import Box, Form, Grid, LaidOutPage, Place
from perftable_etl.pipeline import Examination
from perftable_etl.records import Declaration, Finding, Indicator, Outcome, Source

MarkKind = Literal["line", "noise", "label", "value", "cell", "note", "doubt"]

_UNKNOWN = frozenset({"unknown_cell", "unknown_line"})
"""Findings on what is printed on a form and is no known label."""


class Mark(NamedTuple):
    """One box on a page, in the page's points; `tag` is short text in ASCII to stand beside it, or nothing.

    `line` is text outside every table, `noise` what was left out, `label` and `value` are texts of a form that were
    understood, `cell` is any cell of a table, `doubt` what a finding of severity warning or error is about, `note`
    what one of severity info is about.
    """

    kind: MarkKind
    box: Box
    tag: str = ""


def page_marks(page: int, seen: Examination) -> Iterator[Mark]:
    """All marks of a page, those that may lie under others first: of findings those on more than any one cell."""
    noise = [noise for laid_out in seen.pages for noise in laid_out.noise if noise.place.page == page]
    printed = list(_printed(page, seen.pages))
    tallest = max((_height(mark) for mark in printed), default=0.0)
    told = frozenset(one.place for one in noise)
    findings = list(_findings(page, [finding for finding in seen.outcome.findings if finding.place not in told]))
    yield from (Mark("noise", one.place.box, one.kind) for one in noise)
    yield from (mark for mark in findings if _height(mark) > tallest)
    yield from _understood(page, seen.forms, seen.outcome)
    yield from printed
    yield from (mark for mark in findings if _height(mark) <= tallest)


def _height(mark: Mark) -> float:
    return mark.box.y1 - mark.box.y0


def _printed(page: int, pages: Sequence[LaidOutPage]) -> Iterator[Mark]:
    """The lines outside tables, and the cells of every table; a table without rules may go on from an earlier page."""
    for block in chain.from_iterable(laid_out.blocks for laid_out in pages):
        if isinstance(block, Grid):
            places = (place for cell in block.cells for _, place in cell.printed)
            yield from (Mark("cell", place.box) for place in places if place.page == page)
        elif block.place.page == page:
            yield Mark("line", block.place.box)


def _understood(page: int, forms: Sequence[Form], outcome: Outcome) -> Iterator[Mark]:
    """The labels and values of the forms. Whatever a form prints that is neither a value nor unknown is a label."""
    fields = _fields(outcome.declarations)
    unknown = [place.box for place in _unknown(outcome.findings) if place.page == page]
    for place in chain.from_iterable(map(_places, forms)):
        if place.page == page and place not in fields and not any(box.holds(*place.box.middle) for box in unknown):
            yield Mark("label", place.box)
    for place, names in fields.items():
        if place.page == page:
            yield Mark("value", place.box, ", ".join(dict.fromkeys(names)))


def _unknown(findings: Iterable[Finding]) -> Iterator[Place]:
    """The places of what is not understood; one place for a whole block where that is."""
    return (finding.place for finding in findings if finding.code in _UNKNOWN and finding.place)


def _places(form: Form) -> Iterator[Place]:
    """Where a form prints something."""
    yield from (line.place for line in form.heading)
    for cell in (*form.repeats, *form.grid.cells):
        yield from (place for text, place in cell.printed if text)


def _fields(declarations: Iterable[Declaration]) -> dict[Place, list[str]]:
    """The fields that each place with a value became."""
    fields: dict[Place, list[str]] = {}
    for declaration in declarations:
        for source in declaration.sources:
            fields.setdefault(source.place, []).append(_field_tag(declaration, source))
        for row in declaration.indicators:
            for source in row.sources:
                fields.setdefault(source.place, []).append(_row_tag(row, source))
    return fields


def _field_tag(declaration: Declaration, source: Source) -> str:
    return f"project {declaration.ordinal}: name" if source.field == "name" else source.field


def _row_tag(row: Indicator, source: Source) -> str:
    """A field of a row, with the row's ordinal; a level may be that of many rows."""
    return source.field if source.field in {"level1", "level2"} else f"{row.ordinal}: {source.field}"


def _findings(page: int, findings: Iterable[Finding]) -> Iterator[Mark]:
    """The places that findings are about, the gravest last, each with the codes of what was found there."""
    found: dict[Place, list[Finding]] = {}
    for finding in findings:
        if finding.place and finding.place.page == page:
            found.setdefault(finding.place, []).append(finding)
    marks = [_finding_mark(place, there) for place, there in found.items()]
    return iter(sorted(marks, key=lambda mark: mark.kind == "doubt"))


def _finding_mark(place: Place, findings: Sequence[Finding]) -> Mark:
    kind: MarkKind = "note" if all(finding.severity == "info" for finding in findings) else "doubt"
    return Mark(kind, place.box, ", ".join(dict.fromkeys(finding.code for finding in findings)))

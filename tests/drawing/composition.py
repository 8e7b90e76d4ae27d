"""A disclosure as a run of blocks, which HTML, word processor and spreadsheet each set in their own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import Layout, forms
from tests.drawing.table import DrawnTable

HeadingSize = Literal["cover", "title", "form", "year"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A centred line."""

    text: str
    size: HeadingSize


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page break."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space, in points."""

    points: float


Block = Heading | Paragraph | NewPage | Gap | DrawnTable


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands around the forms: pages before them, and space above some of them (by number, from 0)."""

    preface: Sequence[Block] = ()
    form_per_page: bool = False
    gaps: Mapping[int, float] = field(default_factory=dict)
    titled: bool = True


def compose(disclosure: DrawnDisclosure, plan: Plan, layout: Layout | None = None) -> Iterator[Block]:
    """The blocks of a disclosure from top to bottom."""
    yield from plan.preface
    if plan.titled:
        yield Heading(disclosure.title, "title")
    for number, form in enumerate(forms(disclosure, layout)):
        if number and plan.form_per_page:
            yield NewPage()
        if number or plan.gaps.get(0):
            yield Gap(plan.gaps.get(number, 14.0))
        for line, text in enumerate(form.heading):
            yield Heading(text, "year" if line else "form")
        yield form.table

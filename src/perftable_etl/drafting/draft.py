"""The draft of a layout, as the text of its file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.document import Grid
from perftable_etl.drafting.gaps import FormWords, Gap, Section, together, unknown_heads, words_of
from perftable_etl.extract.source import OnPage
from perftable_etl.fields import Phase, PrintedSource
from perftable_etl.normalize.layouts.collection import Layouts, default_layouts
from perftable_etl.normalize.layouts.layout import MoneyUnit
from perftable_etl.normalize.layouts.words import ColumnName, FieldLabel, GoalLabel
from perftable_etl.normalize.values.money import money_unit
from perftable_etl.pipeline import examine
from perftable_etl.records import FormKind, Outcome

GAP = "???"
"""What stands in the place of a field's name where nobody knows it."""

_ENOUGH = 2 / 3
"""The share of a form's own words that another form of its family prints."""

_WIDTH = 60
"""Characters of an example that are shown."""


class Draft(NamedTuple):
    """The text of a layout; and why there is none, where nothing can be drafted."""

    text: str
    complaint: str = ""


def draft(file: Path, /, *, layouts: Layouts | None = None, on_page: OnPage, max_bytes: int = MAX_BYTES) -> Draft:
    """The draft of a layout for the forms of a file, or for its largest table where no form is found."""
    layouts = layouts or default_layouts()
    examined = examine(file, layouts=layouts, on_page=on_page, max_bytes=max_bytes)
    grids = [form.grid for form in examined.forms] or sorted(
        (block for page in examined.pages for block in page.blocks if isinstance(block, Grid)), key=_cells, reverse=True
    )
    if not grids:
        return Draft("", examined.outcome.error_message or f"{file.name}: it has no table. Give a form with its rules.")
    grids = grids if examined.forms else grids[:1]
    words = together([_words(grid, layouts) for grid in grids])
    unit = _printed_unit([cell.text for grid in grids for cell in grid.cells])
    return Draft("\n".join((*_head(examined.outcome, unit, len(examined.forms)), *_lines(words))))


def _words(grid: Grid, layouts: Layouts) -> FormWords:
    """The words of one form, with the heads of an indicator table that is not found."""
    words = words_of(grid, layouts.vocabulary)
    if not words.has_table:
        heads = [gap for gap in unknown_heads(grid, layouts.vocabulary) if gap.text not in words.sides]
        own = {gap.text for gap in heads} | {example for gap in heads for example in gap.examples}
        words.gaps = [gap for gap in words.gaps if gap.text not in own] + heads
    return words


def _cells(grid: Grid) -> int:
    return sum(bool(cell.text) for cell in grid.cells)


def _printed_unit(texts: Sequence[str]) -> str | None:
    """The unit of money that a form prints first."""
    found = next((yuan for text in texts if (yuan := money_unit(text))), None)
    return next((unit for unit in get_args(MoneyUnit) if found and money_unit(f"({unit})") == found), None)


def _head(outcome: Outcome, unit: str | None, forms: int) -> Iterator[str]:
    kind = next((declaration.form_kind for declaration in outcome.declarations), "declaration")
    source = _FORMS.get(forms, f"the words of {forms} forms")
    yield f"# Layout for: {outcome.title or outcome.file_name}, drafted from {source}"
    yield f"# Write a name in the place of each {GAP} and take away its #. What names nothing may stay as it is."
    yield f"form_kind = {_quoted(kind)}  # one of {', '.join(get_args(FormKind))}"
    yield f"money_unit = {_quoted(unit or '元')}  # {'as printed' if unit else 'none is printed: check it'}"


_FORMS = {0: "the largest table, as no form was found", 1: "the words of one form"}


def _lines(words: FormWords) -> Iterator[str]:
    if words.sides:
        yield f"sides = [{', '.join(map(_quoted, words.sides))}]"
    for known in words.known:
        yield f"# known: {known.text} = {known.concept}"
    for section, header, names in _SECTIONS:
        gaps = [gap for gap in words.gaps if gap.section == section]
        if gaps:
            yield from ("", f"{header}  # {names}", *map(_gap, gaps))
    yield from _claim(words)


def _sources(type_: object) -> Iterator[str]:
    """The choices of a type that is made of others."""
    for choice in get_args(type_):
        yield from (choice,) if isinstance(choice, str) else _sources(choice)


_SECTIONS: tuple[tuple[Section, str, str], ...] = (
    ("fields", "[fields]", ", ".join(get_args(FieldLabel))),
    ("goals", "[goals]", ", ".join(get_args(GoalLabel))),
    (
        "money",
        "[money.year]",
        f"{', '.join(_sources(PrintedSource))}; or [money.X], X being {', '.join(get_args(Phase))}",
    ),
    ("columns", "[columns]", ", ".join(get_args(ColumnName))),
)
"""Each part of a layout: its head, and what may be named in it."""


def _gap(gap: Gap) -> str:
    example = ", ".join(gap.examples)
    shown = example if len(example) <= _WIDTH else f"{example[:_WIDTH]}…"
    notes = [*([shown] if shown else []), *([f"like {gap.like}"] if gap.like else [])]
    return f"# {GAP} = [{_quoted(gap.text)}]" + (f"  # {'; '.join(notes)}" if notes else "")


def _claim(words: FormWords) -> Iterator[str]:
    """What the form is known by: the words that only it has."""
    if not words.gaps:
        yield "# Every word of this form is known. It is read without a layout."
        return
    own = list(dict.fromkeys(gap.text for gap in words.gaps))
    yield from ("", "[claim]", f"marks = [{', '.join(map(_quoted, own))}]")
    yield f"enough = {max(1, round(len(own) * _ENOUGH))}"
    yield from ("", "[[variants]]", 'name = "new-form"')


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)

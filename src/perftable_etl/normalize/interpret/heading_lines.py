"""What the lines above a form's table say of its project: known labels with their values, or its name alone.

The table counts before them: they stand in for what it does not print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.document import Cell, Line, Place
from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.head import Head
from perftable_etl.normalize.interpret.printed import FieldText, LabelledValue
from perftable_etl.normalize.layouts.titles import project_in_line, project_in_title
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import FORM_LABELS, GOALS
from perftable_etl.records import FieldName

_COLONS = frozenset(look_alikes(":"))
_LABEL = regex.compile(rf"(?:^|(?<=\s))(?P<label>\p{{Han}}[\p{{Han}}()（）/]{{1,14}})\s*[{''.join(_COLONS)}]")


class Named(NamedTuple):
    """The name of a project in a heading, the text that has it, and where that stands."""

    name: str
    text: str
    place: Place


def with_lines(head: Head, lines: Sequence[Line], vocabulary: Vocabulary, coverage: Coverage) -> Head:
    """A head with the fields that only lines above the table print."""
    found: dict[FieldName, FieldText] = {}
    for line in lines:
        own = [entry for entry in _entries(line, vocabulary) if entry.key is None or entry.key not in head.fields]
        fields = [(cast("FieldName", entry.key), entry.printed) for entry in own if entry.key]
        if fields:
            found |= dict(fields)
            head = head._replace(others=(*head.others, *(entry.printed for entry in own if entry.key is None)))
            coverage.cover(line)
    return head._replace(fields={**head.fields, **found}, order=(*found.items(), *head.order)) if found else head


def _entries(line: Line, vocabulary: Vocabulary) -> Iterator[LabelledValue]:
    """The labels of a line with their values; one that is no field's is nobody's."""
    if _COLONS.isdisjoint(line.text):
        return
    labels = list(_LABEL.finditer(line.text))
    ends = (*(label.start() for label in labels[1:]), len(line.text))
    for label, end in zip(labels, ends, strict=False):
        text = line.text[label.end() : end].strip()
        key = vocabulary.meaning(label["label"]).label
        known = None if key in FORM_LABELS or key in GOALS else cast("FieldName | None", key)
        if text:
            yield LabelledValue(known, FieldText(text, (Cell(text, 0, 0, 1, 1, line.place),), label["label"]))


def named_project(head: Head, lines: Sequence[Line], above: Sequence[tuple[str, Place]]) -> Iterator[Named]:
    """The names of projects in the titles of a form, and in other headings, the nearest to its table first.

    A form that begins with an unknown label may have the name beside that.
    """
    titles = (Named(name, text, place) for text, place in above if (name := project_in_title(text)))
    yield from titles if head.begins_known else ()
    pairs = ((f"{other.label}:{other.raw}", other.place) for other in head.others)
    for text, place in (*((line.text, line.place) for line in reversed(lines)), *pairs):
        name = project_in_line(text)
        if name:
            yield Named(name, text, place)


def report_named(named: Named, lines: Sequence[Line], coverage: Coverage) -> None:
    """Say that no label names the project, but a heading."""
    coverage.cover(*(line for line in lines if line.text and line.text in named.text))
    message = Message("no label names the project; {name} is named in the form's heading", name=named.name)
    coverage.report("name_from_heading", "info", message, named.text, named.place)

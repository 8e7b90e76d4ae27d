"""Labels and values that share a cell (填报人：张三 联系电话：0210000): a value follows the colon after its label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.printed import FieldText, LabelledValue
from perftable_etl.normalize.layouts.notes import note_of
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN

_COLONS = regex.escape("".join(look_alikes(":")))
_LABEL = regex.compile(
    rf"(?:^|(?<=\s))(?P<label>\p{{Han}}[\p{{Han}}()（）/]{{1,14}})\s*[{_COLONS}]|(?<=[)）])(?P<label>\p{{Han}}{{2,8}})[{_COLONS}]"
)
_POINTS = regex.compile(r"(?P<label>\p{Han}{2,14})\s*[(（](?P<value>[0-9]{1,3}(?:\.[0-9]+)?)[)）]")
"""A label with its points in brackets: 执行率分值（10）."""


def find_inline_pairs(cells: Sequence[LabelledCell]) -> Iterator[LabelledValue]:
    """The labels and values in cells that begin with a label which nobody knows."""
    for cell in cells:
        if cell.meaning is UNKNOWN and not cell.inline and not cell.is_heading:
            yield from _pairs(cell)


def _pairs(cell: LabelledCell) -> Iterator[LabelledValue]:
    text = cell.text.strip()
    points = _POINTS.fullmatch(text)
    if points:
        yield LabelledValue(None, FieldText(points["value"], (cell.cell,), points["label"]))
        return
    note = note_of(text)
    if note:
        yield LabelledValue(None, FieldText(note.text, (cell.cell,), note.label))
        return
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        return
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        yield LabelledValue(None, FieldText(text[label.end() : end].strip(), (cell.cell,), label["label"]))

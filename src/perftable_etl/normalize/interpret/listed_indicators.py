"""Indicators that a form lists in one cell of a project, where it has no table of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.values.indicator_lists import Listed, may_list, read_list
from perftable_etl.normalize.values.polarity import direction
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import FieldName, Indicator, Source


def read_listed(cells: Sequence[LabelledCell], coverage: Coverage, year: int | None) -> Iterator[Indicator]:
    """The indicators that cells of a form list. Each has the place of its cell."""
    lists = [cell for cell in cells if may_list(cell.text)]
    coverage.cover(*(cell.cell for cell in lists))
    entries = ((cell, listed) for cell in lists for listed in read_list(cell.text))
    for ordinal, (cell, listed) in enumerate(entries, start=1):
        _report(ordinal, listed, cell, coverage)
        yield _indicator(ordinal, listed, cell, year)


def _indicator(ordinal: int, listed: Listed, labelled: LabelledCell, year: int | None) -> Indicator:
    level2, target = find_level2(listed.level2), parse_target(listed.target, year=year)
    printed: tuple[tuple[FieldName, str], ...] = (
        ("level1", listed.level1),
        ("level2", listed.level2),
        ("level3", listed.name),
        ("target", listed.target),
    )
    place = labelled.cell.place
    return Indicator(
        ordinal=ordinal,
        level1=level2.level1 if level2 else find_level1(listed.level1),
        level2=level2.name if level2 else None,
        level3=clean(listed.name),
        level1_raw=listed.level1,
        level2_raw=listed.level2,
        level3_raw=listed.name,
        target=target,
        direction=direction(listed.name, target),
        scheme=level2.scheme if level2 else None,
        place=place,
        sources=tuple(Source(field=field, raw=raw, place=place) for field, raw in printed if raw),
        confidence=labelled.cell.confidence,
    )


def _report(ordinal: int, listed: Listed, labelled: LabelledCell, coverage: Coverage) -> None:
    place = labelled.cell.place
    if find_level2(listed.level2) is None:
        message = "the catalogue has no such level-2 name; level2 is left empty"
        coverage.report("level2_unknown", "warning", message, listed.level2, place, ordinal)
    if not listed.target:
        coverage.report("no_target", "warning", "this indicator has no target", listed.name, place, ordinal)

"""Doubts about the tree of indicators as it was read: rows under a label that is not theirs.

A table prints each level-2 label once, above all of its rows, and prints it in a column of its own. Where a label comes
again or stands among the names and targets, rows were read out of order, or columns were taken for one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from perftable_etl.document import Place
from perftable_etl.messages import Message
from perftable_etl.normalize.checks.row_findings import row_finding
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.records import Declaration, Finding, Indicator


def check_tree(declaration: Declaration) -> Iterator[Finding]:
    """The findings on the levels of one declaration."""
    yield from _check_groups(declaration)
    for indicator in declaration.indicators:
        label = next(filter(is_level, _lines(indicator)), None) if _may_name_a_level(indicator) else None
        if label:
            message = Message(
                "this row contains {label}, the name of a level; compare the row and its levels with the page",
                label=label,
            )
            yield row_finding(declaration, indicator, "level_in_row", message, label)


def _check_groups(declaration: Declaration) -> Iterator[Finding]:
    """Level-2 labels that come again after another one among the targets of one time and place.

    Where several do so beside one label of level 1, the form keeps its rows in no order, and none is astray.
    """
    again = list(_groups_again(declaration.indicators))
    beside = Counter(map(_level1_label, again))
    for row in again:
        is_unordered = beside[_level1_label(row)] >= _UNORDERED and _level1_label(row) is not None
        message = Message(
            "{level2} appears again after other groups; compare the order of the rows with the page", level2=row.level2
        )
        found = row_finding(declaration, row, "group_twice", message, row.level2_raw)
        yield found.model_copy(update={"severity": "info"}) if is_unordered else found


_UNORDERED = 2
"""Groups that come again beside one label: a row that is astray brings one back."""


def _groups_again(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """The first row of each group that comes again."""
    seen: set[tuple[str | None, ...]] = set()
    for key, group in groupby(sorted(indicators, key=_time_and_place), key=_group):
        first = next(group)
        if key in seen:
            yield first
        if first.level2:
            seen.add(key)


def _level1_label(indicator: Indicator) -> Place | None:
    """Where the label of level 1 stands that a row is beside."""
    return next((source.place for source in indicator.sources if source.field == "level1"), None)


def _time_and_place(indicator: Indicator) -> tuple[str, str]:
    """What a target is for: a form may have targets of several times and places, each with the whole tree."""
    return indicator.phase, indicator.area or ""


def _group(indicator: Indicator) -> tuple[str | None, ...]:
    return *_time_and_place(indicator), indicator.level2


def _may_name_a_level(indicator: Indicator) -> bool:
    """Whether a row's texts hold the word that names of levels end in; most do not, and need no closer look.

    Where nothing is printed below a level, its label is the name of the row.
    """
    if "标" not in indicator.level3_raw and "标" not in indicator.target.raw:
        return False
    return "标" in indicator.target.raw or not _is_named_by_level(indicator)


def _is_named_by_level(indicator: Indicator) -> bool:
    names = {source.place for source in indicator.sources if source.field == "level3"}
    return any(source.place in names for source in indicator.sources if source.field in ("level1", "level2"))


def _lines(indicator: Indicator) -> Iterator[str]:
    """The printed lines of a row's name and target."""
    yield from indicator.level3_raw.split("\n")
    yield from indicator.target.raw.split("\n")

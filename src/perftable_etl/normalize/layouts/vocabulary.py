"""The closed vocabulary of forms: what may be a label in any layout."""

from __future__ import annotations

from functools import lru_cache

from perftable_etl.normalize.layouts.labels import merge
from perftable_etl.normalize.layouts.layout import FieldLabels, SideLabels, load_layouts
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FieldName

GOALS: tuple[FieldName, ...] = ("overall_goal", "annual_goal")
"""The fields whose values stand below their labels, in the order they are printed."""


@lru_cache(maxsize=1)
def labels_above() -> FieldLabels:
    """The labels above an indicator table, in any layout: header fields, goals, money."""
    return merge(labels for layout in load_layouts() for labels in (layout.labels, *layout.funds))


@lru_cache(maxsize=1)
def columns() -> FieldLabels:
    """The column headers of indicator tables in any layout."""
    return merge(layout.columns for layout in load_layouts())


@lru_cache(maxsize=1)
def sides() -> SideLabels:
    """What any layout prints beside blocks of rows (项目资金, 绩效指标)."""
    return merge(layout.sides for layout in load_layouts())


@lru_cache(maxsize=1)
def _all_labels() -> FieldLabels:
    return labels_above() | columns()


def role(text: str) -> FieldName | None:
    """The field some layout gives to this label or column header, or None where no layout knows it."""
    return _all_labels().find(text)


@lru_cache(maxsize=4096)
def begins_label(text: str) -> FieldName | None:
    """The field of the label that a text begins, as the first line of one wrapped in a narrow column does."""
    begun = fold(text)
    return next((field for label, field in _all_labels().meanings.items() if label.startswith(begun)), None)


def column_role(text: str) -> FieldName | None:
    """The column of an indicator table that some layout says this text heads."""
    return columns().find(text)


def is_side(text: str) -> bool:
    """Whether some layout prints this beside a block of rows (项目资金, 绩效指标)."""
    return sides().find(text) is not None

"""An outcome in the shape of expected records (`tests.drawing.forms.expected`), to compare the two whole.

Texts are compared without white space: printing adds spaces between Chinese and Latin, and breaks lines.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from perftable_etl.records import Declaration, Indicator, Outcome
from tests.drawing.forms import PROJECT_COLUMNS, DrawnDisclosure, expected

TARGET_COLUMNS = ("kind", "operator", "value", "value_upper", "unit")


def squeezed(text: str) -> str:
    """A text without any white space."""
    return re.sub(r"\s", "", text)


def squeeze(value: Any) -> Any:
    """Records with all their texts squeezed."""
    if isinstance(value, dict):
        return {key: squeeze(item) for key, item in value.items()}
    if isinstance(value, list):
        return [squeeze(item) for item in value]
    return squeezed(value) if isinstance(value, str) else value


def records(outcome: Outcome) -> dict[str, Any]:
    """What was parsed, as expected records are written."""
    return {
        "title": outcome.title,
        "organization": outcome.organization,
        "fiscal_year": outcome.fiscal_year,
        "projects": [_project(declaration) for declaration in outcome.declarations],
    }


def _project(declaration: Declaration) -> dict[str, Any]:
    fields = {**dict(declaration), **dict(declaration.funding)}
    header = {column: _plain(fields[column]) for column in PROJECT_COLUMNS}
    return {**header, "indicators": [_indicator(indicator) for indicator in declaration.indicators]}


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "target_raw": indicator.target.raw,
        **{column: _plain(getattr(indicator.target, column)) for column in TARGET_COLUMNS},
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def differences(parsed: Any, expected: Any, path: str = "") -> list[str]:
    """Where two records differ, a line each, texts compared without white space."""
    if isinstance(parsed, dict) and isinstance(expected, dict):
        keys = dict.fromkeys([*expected, *parsed])
        return [line for key in keys for line in differences(parsed.get(key), expected.get(key), f"{path}.{key}")]
    if isinstance(parsed, list) and isinstance(expected, list):
        pairs = zip_longest(parsed, expected)
        return [line for n, pair in enumerate(pairs, 1) for line in differences(*pair, f"{path}[{n}]")]
    same = squeeze(parsed) == squeeze(expected)
    return [] if same else [f"{path.lstrip('.')}: {parsed!r} instead of {expected!r}"]


def wrong(outcome: Outcome, disclosure: DrawnDisclosure) -> list[str]:
    """Where the records differ from those that were drawn."""
    found = records(outcome)
    if not disclosure.title:
        found["title"] = None  # then the form's own heading stands for it
    return differences(found, expected(disclosure))


def faults(outcome: Outcome, disclosure: DrawnDisclosure) -> list[str]:
    """Where the records differ from those that were drawn, and how much of the form is left over."""
    left_over = [] if outcome.coverage == 1.0 else [f"coverage is {outcome.coverage}"]
    return [*wrong(outcome, disclosure), *left_over]

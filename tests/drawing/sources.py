"""Reads the two published disclosures, transcribed by hand into sources/*.json, as drawn disclosures.

A source holds printed strings only. What they mean follows from rules so strict that they cannot guess: a target is
either exactly `≥1.00(次)` or its kind stands beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from tests.drawing.forms import BLANK, DrawnDisclosure, DrawnIndicator, DrawnProject, DrawnTarget, Kind, Printed

FOLDER = Path(__file__).parent / "sources"
OPERATORS = {"≥": ">=", "≤": "<=", "=": "=", "": None}
BOUND = re.compile(r"(?P<operator>[≥≤=]?)(?P<value>\d+(?:\.\d+)?)(?:\((?P<unit>[^()]+)\)|(?P<bare>[^\d\s()]+))")
TAG = re.compile(r"</?p>")
QUOTES = re.compile(r'^"|"$')


def source(name: str) -> DrawnDisclosure:
    """The disclosure of sources/<name>.json."""
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return DrawnDisclosure(
        title=data["title"],
        organization=data["organization"],
        fiscal_year=data["fiscal_year"],
        layout=data["layout"],
        projects=tuple(_project(project) for project in data["projects"]),
    )


def names() -> list[str]:
    """The names of all sources."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def _project(data: dict[str, Any]) -> DrawnProject:
    texts = ("name", "nature", "category", "competent_department", "implementing_unit")
    funds = [key for key in data if key.endswith(("funds", "appropriation"))]
    return DrawnProject(
        **{key: Printed.plain(data[key]) for key in texts},
        **{key: Printed.date(data[key]) for key in ("start_date", "end_date")},
        **{key: Printed.money(data[key]) for key in funds},
        annual_goal=_goal(data["annual_goal"]),
        overall_goal=_goal(data["overall_goal"]) if "overall_goal" in data else BLANK,
        overall_period=data.get("overall_period", ""),
        indicators=tuple(_indicator(row) for row in data["indicators"]),
    )


def _goal(text: str) -> Printed:
    clean = QUOTES.sub("", TAG.sub("", text).replace(" ", "").replace("\n", ""))
    return Printed(text, clean or None)


def _indicator(row: Sequence[str]) -> DrawnIndicator:
    level1, level2, level3, target, *explicit = row
    return DrawnIndicator(level1, level2, level3, _explicit(target, explicit) if explicit else _bound(target))


def _explicit(text: str, explicit: Sequence[str]) -> DrawnTarget:
    kind, *rest = explicit
    value, unit = rest or (None, None)
    return DrawnTarget(text, cast(Kind, kind), value=value, unit=unit)


def _bound(text: str) -> DrawnTarget:
    match = BOUND.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no plain bound: say its kind in the source")
    unit = match["unit"] or match["bare"]
    return DrawnTarget(text, "quantitative", OPERATORS[match["operator"]], match["value"], None, unit)

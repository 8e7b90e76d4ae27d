"""How single values read to a person: pure functions from values to short text."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from perftable_etl.system.clock import local

if TYPE_CHECKING:
    from perftable_etl.fields import Field
    from perftable_etl.records import Target

BLANK = "—"

FEW = 3
"""Names that are told of a list before the rest is only counted."""


ACTIONS = {
    "read": "fetch",
    "skip": "skip",
    "wait": "wait, it failed",
    "quarantined": "skip, it is quarantined",
    "forgotten": "skip, it is forgotten",
}

COMPARISONS = {">=": "≥", "<=": "≤", "about": "about", "between": ""}


def label(field: Field) -> str:
    """A field's name for people and the label it has on forms, the parts of an amount set in below it."""
    is_part = field.printed.money is not None and field.printed.money.source != "all"
    return f"{'  ' if is_part else ''}{field.printed.title} {field.printed.term}"


def money(amount: Decimal | None) -> str:
    """An amount in yuan, or a dash where the form has a blank."""
    return BLANK if amount is None else f"{amount:,.2f} 元"


def percent(share: float | None) -> str:
    """A share, cut and not rounded: only what is complete reads 100.0 %."""
    return BLANK if share is None else f"{math.floor(share * 1000) / 10:.1f} %"


def seconds(duration: float) -> str:
    """A duration to the hundredth."""
    return f"{duration:.2f}"


def duration(time: timedelta) -> str:
    """How long something took, to the second: `1:02:03` hours, or `2:03` minutes."""
    minutes, rest = divmod(round(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def moment(time: datetime) -> str:
    """A time to the minute, as it is here; the zone is told beside it."""
    return f"{local(time):%Y-%m-%d %H:%M}"


def timestamp(time: datetime) -> str:
    """A time to the minute as ISO 8601 has it, as it is here, with its zone."""
    return local(time).isoformat(timespec="minutes")


def span(unit: str, first: int, last: int) -> str:
    """The pages that something takes, or the tables or sheets."""
    return f"{unit} {first}" if first == last else f"{unit}s {first}–{last}"


def counts(*named: tuple[int, str]) -> str:
    """The numbers that are not zero, each with its name."""
    return ", ".join(f"{number} {name}" for number, name in named if number)


def number_of(count: int, noun: str) -> str:
    """A number of things whose name takes an s."""
    return f"{count:,} {_plural(count, noun)}"


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def few(names: Sequence[str]) -> str:
    """The first names of a list that may be long, and how many more there are."""
    more = len(names) - FEW
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:FEW])} and {more} more"


def relation_lines(superseded: int, duplicates: int, newly_hidden: int = 0, shown_again: int = 0) -> Iterator[str]:
    """How many projects the views `current_*` leave out and why, and what a run changed in that; nothing for none."""
    left_out = counts(
        (superseded, f"{_plural(superseded, 'project')} replaced by later publications"),
        (duplicates, "copy of another" if duplicates == 1 else "copies of others"),
    )
    if left_out:
        yield f"Not current: {left_out}."
    changed = counts((newly_hidden, f"{_plural(newly_hidden, 'project')} hidden"), (shown_again, "shown again"))
    if changed:
        yield f"By this run: {changed}."


def new_documents_line(documents: int, failed: int, projects: int, indicators: int) -> str:
    """What a snapshot holds that the one before did not."""
    if not documents:
        return "There are no new documents."
    rows = f"{number_of(projects, 'project')} and {number_of(indicators, 'indicator')}"
    could_not = f"; {failed:,} of them could not be read" if failed else ""
    bring, them = ("brings", "it") if documents == 1 else ("bring", "them")
    return f"{number_of(documents, 'new document')} {bring} {rows}{could_not}. No gate checks {them}."


def understood(target: Target) -> str:
    """A target as it was parsed: `≤ 1.10 万元/次 (11000 元/次)`, `by 2024-12-31`, `qualitative`."""
    if target.kind == "compound" and target.parts:
        return "compound: " + "; ".join(understood(part) for part in target.parts)
    words = [_bound(target), _in_base_unit(target)]
    if target.deadline:
        words.append(f"by {target.deadline}")
    if target.baseline:
        words.append(f"against {target.baseline}")
    if target.kind != "quantitative":
        words.insert(0, " ".join(filter(None, (target.kind, target.polarity))))
    return " ".join(filter(None, words))


def _bound(target: Target) -> str:
    amount = _amount(target.value, target.value_upper, target.unit)
    comparison = COMPARISONS.get(target.operator, target.operator) if target.operator else ""
    return f"{comparison} {amount}".strip() if amount else ""


def _amount(value: Decimal | None, upper: Decimal | None, unit: str | None) -> str:
    if value is None:
        return ""
    number = f"{value:f}" if upper is None else f"{value:f}–{upper:f}"
    return f"{number} {unit}" if unit else number


def _in_base_unit(target: Target) -> str:
    amount = _amount(target.base_value, target.base_value_upper, target.base_unit)
    return f"({amount})" if amount and target.base_unit != target.unit else ""


def quoted(path: PurePath | str) -> str:
    """A path as a shell takes it, to be copied into a command."""
    return shlex.quote(str(path))

"""What a form says, whatever its shape: the records that are drawn first, and that a parse must give again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from tests.drawing.forms import Printed

FormKind = Literal[
    "declaration", "self_evaluation", "department", "transfer", "long", "unusual", "monitoring", "listed", "thirteen"
]
"""The kinds that are drawn; a long table holds several declarations, and so does a list with a project in each row."""

USUAL: tuple[FormKind, ...] = ("declaration", "self_evaluation", "department", "transfer", "long")
RARE: tuple[FormKind, ...] = ("unusual", "monitoring", "listed", "thirteen")
"""Shapes that few forms have: what the year is expected to end as, a tree that is described, lists in one cell, long
tables of some thirteen columns."""

Phase = Literal["year", "half_year", "total"]
Style = Literal["bare", "bracketed"]


class Value(NamedTuple):
    """A target as its pieces; one in words is `number` alone. `operator` is what the sign means."""

    sign: str
    number: str
    unit: str
    operator: str | None = None
    in_words: bool = False

    def merged(self, style: Style) -> str:
        """It in one cell: ≥90% or ≥90(%)."""
        unit = f"({self.unit})" if style == "bracketed" and self.unit else self.unit
        return f"{self.sign}{self.number}{unit}"

    def pieces(self, nothing: str) -> tuple[str, str, str]:
        """It in three cells; words have 定性 for a sign and `nothing` for a unit."""
        return ("定性", self.number, nothing) if self.in_words else (self.sign, self.number, self.unit or nothing)

    def means(self) -> dict[str, str | None]:
        """The parse it must get."""
        if self.in_words:
            return {"kind": "qualitative", "operator": None, "value": None, "unit": None}
        return {"kind": "quantitative", "operator": self.operator, "value": self.number, "unit": self.unit}


class TargetColumn(NamedTuple):
    """A column of targets: what heads it, and the time and the place that they are for."""

    head: str
    phase: Phase = "year"
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an indicator table with a value for each column of targets; '' where something is not printed."""

    level1: str
    level2: str
    level3: str
    values: tuple[Value, ...]
    weight: str = ""
    actual: str = ""
    score: str = ""
    reason: str = ""
    remark: str = ""
    expected: str = ""
    nature: str = ""
    level2_printed: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in cents: whose, from where, and how it is labelled."""

    phase: str
    source: str
    cents: int
    label: str = ""

    @property
    def yuan(self) -> Decimal:
        return Decimal(self.cents) / 100

    def printed(self, unit: str, place: str = "") -> str:
        """It in 元 with thousands separators, or in 万元; with its unit behind it, if it stands in the `amount`."""
        figure = f"{self.yuan:,.2f}" if unit == "元" else f"{self.yuan / 10_000:.2f}"
        return f"{figure}{unit}" if place == "amount" else figure


class Task(NamedTuple):
    """A task of a whole department, with its money in cents."""

    name: str
    content: str
    cents: int


@dataclass(frozen=True, slots=True)
class Project:
    """What is said of one project, or of one department: fields by the names of the records, and all the rest."""

    fields: Mapping[str, Printed]
    others: tuple[tuple[str, str], ...] = ()
    amounts: tuple[Amount, ...] = ()
    tasks: tuple[Task, ...] = ()

"""Functions for SQL: parse_target(text) and parse_target_in(text, year) read a target value as Python does.

NULL gives NULL. Decimals are exact; a number with more digits than they keep is left NULL and gets the remark
`does_not_fit`, as it becomes a finding in the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Protocol

from perftable_etl.load.arrow import struct_array
from perftable_etl.load.column_types import (
    TargetBaseline,
    TargetBaseUnit,
    TargetBaseValue,
    TargetBaseValueUpper,
    TargetDeadline,
    TargetKind,
    TargetOperator,
    TargetPolarity,
    TargetUnit,
    TargetValue,
    TargetValueUpper,
)
from perftable_etl.load.columns import struct_type, table_of
from perftable_etl.load.database import Connection, add_function
from perftable_etl.load.limits import fitting_target
from perftable_etl.records import Target


class ParseTarget(Protocol):
    """The parser, which is not known here."""

    def __call__(self, text: str, *, year: int | None = None) -> Target:
        """What a target value printed as `text` means in a form of `year`."""


class TargetStruct(NamedTuple):
    """What parse_target returns in SQL: a STRUCT of these fields."""

    kind: TargetKind
    operator: TargetOperator
    value: TargetValue
    value_upper: TargetValueUpper
    unit: TargetUnit
    base_value: TargetBaseValue
    base_value_upper: TargetBaseValueUpper
    base_unit: TargetBaseUnit
    deadline: TargetDeadline
    baseline: TargetBaseline
    polarity: TargetPolarity
    remarks: Annotated[str | None, "Why to doubt it: damaged, unknown_unit, does_not_fit; NULL: nothing found"]


TARGET = table_of("target", TargetStruct)


def add_functions(connection: Connection, parse: ParseTarget) -> None:
    """Makes parse_target(text) and parse_target_in(text, year) known to the connection."""
    read = _reader(parse)

    def parse_target(texts: Any) -> Any:
        return struct_array(TARGET, [read(text, None) for text in texts.to_pylist()])

    def parse_target_in(texts: Any, years: Any) -> Any:
        pairs = zip(texts.to_pylist(), years.to_pylist(), strict=True)
        return struct_array(TARGET, [read(text, year) for text, year in pairs])

    add_function(connection, "parse_target", parse_target, ["VARCHAR"], struct_type(TARGET))
    add_function(connection, "parse_target_in", parse_target_in, ["VARCHAR", "BIGINT"], struct_type(TARGET))


def _reader(parse: ParseTarget) -> Callable[[str | None, int | None], TargetStruct | None]:
    @lru_cache(maxsize=1 << 15)
    def read(text: str | None, year: int | None) -> TargetStruct | None:
        return None if text is None else _struct(parse(text, year=year))

    return read


def _struct(target: Target) -> TargetStruct:
    fitting = fitting_target(target)
    remarks: Sequence[str] = target.remarks if fitting == target else (*target.remarks, "does_not_fit")
    return TargetStruct(
        kind=target.kind,
        operator=target.operator,
        value=fitting.value,
        value_upper=fitting.value_upper,
        unit=target.unit,
        base_value=fitting.base_value,
        base_value_upper=fitting.base_value_upper,
        base_unit=target.base_unit,
        deadline=target.deadline,
        baseline=target.baseline,
        polarity=target.polarity,
        remarks=", ".join(remarks) or None,
    )

"""What one printed value means, and the base of all records: typed, immutable, with the printed text beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from perftable_etl import document

Kind = Literal["quantitative", "qualitative", "deadline", "change", "compound", "missing"]
Operator = Literal[">=", "<=", "=", ">", "<", "between", "about"]
Polarity = Literal["up", "down", "keep", "done"]
Remark = Literal["damaged", "unit_missing", "unknown_unit", "unread"]
"""What a target's text gave reason to doubt: `damaged` by scanning or copying, `unit_missing` where it does not say of
what there are so many, `unknown_unit` not in the lexicon, `unread` where no rule reads its digits as a value."""


class _AsItIs:
    """Takes an instance as it is and validates anything else: half the time of a page went into checking boxes."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.union_schema([core_schema.is_instance_schema(source), handler(source)], mode="left_to_right")

    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> Any:
        return handler(schema["choices"][1])


Place = Annotated[document.Place, _AsItIs]


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(Record):
    """One printed indicator value, parsed. `raw` is the printed text, line breaks included.

    `value` and `value_upper` are as printed; `base_*` are scaled exactly to the base unit (元 for 万元), percentages
    stay in percent. `operator` is None where none is printed. `parts` holds the bounds of a compound.
    """

    raw: str
    kind: Kind
    operator: Operator | None = None
    value: Decimal | None = None
    value_upper: Decimal | None = None
    unit: str | None = None
    base_value: Decimal | None = None
    base_value_upper: Decimal | None = None
    base_unit: str | None = None
    deadline: date | None = None
    baseline: str | None = None
    polarity: Polarity | None = None
    parts: tuple[Target, ...] = ()
    remarks: tuple[Remark, ...] = ()

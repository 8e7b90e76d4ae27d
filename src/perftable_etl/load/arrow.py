"""Rows as Arrow tables: the way into the database that keeps decimals exact and costs one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from perftable_etl.load.columns import Column, Table

_ARROW_TYPES: dict[type, Any] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}


def arrow_table(table: Table, rows: Sequence[tuple[Any, ...]]) -> Any:
    """`rows` as a pyarrow.Table with exactly the columns of `table`; a number that does not fit is an error."""
    columns = zip(*rows, strict=True) if rows else (() for _ in table.columns)
    arrays = [pa.array(values, type=_arrow_type(column)) for column, values in zip(table.columns, columns, strict=True)]
    return pa.Table.from_arrays(arrays, names=[column.name for column in table.columns])


def _arrow_type(column: Column) -> Any:
    if column.type is Decimal and column.exact:
        return pa.decimal128(column.exact.precision, column.exact.scale)
    return _ARROW_TYPES[column.type]

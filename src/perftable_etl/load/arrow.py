"""Rows as Arrow tables and arrays: the way into the database that keeps decimals exact, one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from perftable_etl.load.columns import Column, Json, Row, Table

_ARROW_TYPES: dict[type, Any] = {
    str: pa.string(),
    Json: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
    datetime: pa.timestamp("us"),
}


def arrow_table(table: Table, rows: Sequence[tuple[Any, ...]]) -> Any:
    """`rows` as a pyarrow.Table with exactly the columns of `table`; a number that does not fit is an error."""
    return pa.Table.from_arrays(_arrays(table, rows), names=[column.name for column in table.columns])


def struct_array(table: Table, rows: Sequence[tuple[Any, ...] | None]) -> Any:
    """`rows` as one Arrow array of structs with the columns of `table` as fields; None is NULL as a whole."""
    blank = (None,) * len(table.columns)
    arrays = _arrays(table, [blank if row is None else row for row in rows])
    is_null = pa.array([row is None for row in rows], type=pa.bool_())
    return pa.StructArray.from_arrays(arrays, names=[column.name for column in table.columns], mask=is_null)


def _arrays(table: Table, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    columns = zip(*rows, strict=True) if rows else (() for _ in table.columns)
    return [pa.array(values, type=_arrow_type(column)) for column, values in zip(table.columns, columns, strict=True)]


def _arrow_type(column: Column) -> Any:
    if column.type is Decimal and column.exact:
        return pa.decimal128(column.exact.precision, column.exact.scale)
    return _ARROW_TYPES[column.type]


def write_parquet(tables: Sequence[Any], path: Path) -> None:
    """Writes Arrow tables of the same columns into one Parquet file. Raises OSError."""
    parquet.write_table(pa.concat_tables(tables), path, compression="zstd")


def read_parquet(file: Path | bytes) -> list[Row]:
    """The rows of a Parquet file, or of its bytes. Raises OSError, and ValueError where it is none."""
    table = parquet.read_table(pa.BufferReader(file) if isinstance(file, bytes) else file)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

"""A database for queries, with the parser of target values as functions of SQL."""

from __future__ import annotations

from pathlib import Path

from perftable_etl.load.database import Connection, open_to_query
from perftable_etl.load.edition import require_current
from perftable_etl.load.functions import add_functions
from perftable_etl.normalize.values.targets import parse_target


def connect(db: Path | str | None = None, *, read_only: bool = True) -> Connection:
    """A DuckDB connection to the file `db` whose SQL knows parse_target(text) and parse_target_in(text, year).

    Both give a STRUCT(kind, operator, value, value_upper, unit, base_value, base_value_upper, base_unit, deadline,
    baseline, polarity, remarks), or NULL for NULL: `SELECT parse_target(remark).base_value FROM ...`.

    The file is attached read-only, so nothing can go wrong with it and others may read it at the same time; temporary
    tables can be made all the same. Its tables are found by their plain names; only in a `cursor()` of the connection
    do they need the name of the attached file (perftable.indicators). Without `db` there are the functions alone.

    Raises WarehouseError where the file is no database of ours, is not whole, or has tables of another version.
    """
    path = None if db is None else Path(db)
    connection = open_to_query(path, read_only=read_only)
    try:
        if path is not None:
            require_current(connection, path)
        add_functions(connection, parse_target)
    except BaseException:
        connection.close()
        raise
    return connection

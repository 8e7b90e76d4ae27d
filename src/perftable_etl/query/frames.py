"""Indicators and projects as data frames of pandas. The only module that knows it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd

from perftable_etl.load.database import Connection, Rows, explained
from perftable_etl.query.connection import connect
from perftable_etl.query.relations import indicators, projects


def read_indicators(db: Path | str, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
    """The current indicators of the database `db`, one row each, as in the view `flat_indicators`.

    Columns have types of Arrow: decimals are exact, days are days, and what is not printed is `pd.NA`. DuckDB's own
    `.df()` makes floats of decimals, which rounds: 999999999999999.99 becomes 1000000000000000.0.

    `unit` is the name as it is in the column `unit`. Raises WarehouseError where the file is no database of ours.
    """
    return _read(db, lambda connection: indicators(connection, year=year, unit=unit))


def read_projects(db: Path | str, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
    """The same for projects, as in the view `flat_projects`."""
    return _read(db, lambda connection: projects(connection, year=year, unit=unit))


def _read(db: Path | str, ask: Callable[[Connection], Rows]) -> pd.DataFrame:
    with closing(connect(db)) as connection, explained(connection, f"{db} cannot be read"):
        frame: pd.DataFrame = ask(connection).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
    return frame

"""A job that begins with little memory has more where that is too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from perftable_etl.errors import OutOfRoom
from perftable_etl.load import warehouse as warehouse_module
from perftable_etl.load.database import Connection, DatabaseError, explained
from perftable_etl.load.relations import Relations
from perftable_etl.load.room import MEMORY, ample
from perftable_etl.load.warehouse import Warehouse


def memory_of(connection: Connection) -> float:
    """Megabytes that DuckDB may have."""
    ((text,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(text).split()
    return float(number) * {"KiB": 0.001024, "MiB": 1.048576, "GiB": 1073.741824}[unit]


def test_what_is_short_of_memory_is_done_again_with_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def follow(connection: Connection) -> Relations:
        seen.append(memory_of(connection))
        with explained(connection, "nothing was related"):
            if len(seen) == 1:
                connection.execute("SET memory_limit = '1 MB'")
                connection.execute("SELECT count(DISTINCT md5(range::VARCHAR)) FROM range(1000000)").fetchall()
        return Relations()

    monkeypatch.setattr(warehouse_module, "follow", follow)
    with Warehouse(tmp_path / "x.duckdb") as warehouse:
        assert warehouse.relate() == Relations()
    assert len(seen) == 2
    assert seen[0] == pytest.approx(MEMORY, rel=0.01)
    assert seen[1] == pytest.approx(2, rel=0.1)


def test_where_all_memory_is_too_little_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def follow(connection: Connection) -> Relations:
        raise OutOfRoom("nothing was related")

    monkeypatch.setattr(warehouse_module, "follow", follow)
    with Warehouse(tmp_path / "x.duckdb") as warehouse, pytest.raises(OutOfRoom, match="nothing was related"):
        warehouse.relate()


def test_bulk_work_has_all_memory_and_gives_it_back(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "x.duckdb") as warehouse:
        with pytest.raises(DatabaseError), ample(warehouse.connection):
            assert memory_of(warehouse.connection) > 2 * MEMORY
            warehouse.connection.execute("SELECT * FROM nothing")
        assert memory_of(warehouse.connection) == pytest.approx(MEMORY, rel=0.01)

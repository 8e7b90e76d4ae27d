"""What is no file of a database is refused before anything is opened, and nothing is left beside it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import duckdb
import pytest
from typer.testing import CliRunner

from perftable_etl import connect
from perftable_etl.cli import app
from perftable_etl.errors import PerftableError, UsageError, WarehouseError
from perftable_etl.load.lock import one_job
from perftable_etl.load.status import database_status
from perftable_etl.load.warehouse import Warehouse, ledger_at


def lock(path: Path) -> None:
    with one_job(path, "ingest"):
        pytest.fail("it was locked")


def load(path: Path) -> None:
    with Warehouse(path):
        pytest.fail("it was opened")


WAYS = (lock, load, database_status, ledger_at, connect)
"""All that opens a database that somebody named."""


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB is not to see anything."""

    def seen(*names: object, **_: object) -> NoReturn:
        pytest.fail(f"DuckDB saw {names}")

    monkeypatch.setattr(duckdb, "connect", seen)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "name",
    [
        ":memory:",
        ":memory:shared",
        "md:perftable",
        "motherduck:perftable",
        "http://example.org/a.duckdb",
        "s3://bucket/a.duckdb",
        "ducklake:a",
        "file:///tmp/a.duckdb",
        os.fsdecode("财政".encode("gb18030")) + ".duckdb",
        "a\0b.duckdb",
    ],
)
def test_what_is_no_name_of_a_file_is_refused(
    name: str, way: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        way(Path(name))
    assert str(caught.value).encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "text", "empty", "start", "loop", "long"])
def test_what_is_no_database_is_refused_and_left_alone(
    kind: str, way: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = make(kind)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(WarehouseError, match=r"not a DuckDB file\.|cannot be opened \("):
        way(place)
    assert sorted(tmp_path.iterdir()) == before


def make(kind: str) -> Path:
    place = Path("work.duckdb")
    match kind:
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
        case "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(place))
        case "device":
            return Path("/dev/null")
        case "text":
            place.write_text("# perftable-etl\n", encoding="utf-8")
        case "empty":
            place.touch()
        case "start":
            place.write_bytes(b"\0" * 11)
        case "loop":
            place.symlink_to(place)
        case "long":
            return Path("n" * 300)
    return place


@pytest.mark.parametrize("command", ["ingest", "status", "publish", "retry"])
def test_a_command_leaves_nothing_beside_a_file_that_is_no_database(command: str, tmp_path: Path) -> None:
    readme, folder = tmp_path / "README.md", tmp_path / "published"
    readme.write_text("# perftable-etl\n", encoding="utf-8")
    further = {"ingest": [str(tmp_path)], "publish": ["--to", str(folder)]}.get(command, [])
    result = CliRunner().invoke(app, [command, "--db", str(readme), *further])
    assert isinstance(result.exception, WarehouseError)
    assert list(tmp_path.iterdir()) == [readme]


def test_a_file_with_such_a_name_is_opened_by_its_whole_path(tmp_path: Path) -> None:
    path = tmp_path / "md:d'oh? ‰ 财政.duckdb"
    with one_job(path, "ingest"), Warehouse(path):
        pass
    with connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]


def test_an_unknown_place_is_a_new_database_but_not_to_read(tmp_path: Path) -> None:
    path = tmp_path / "work.duckdb"
    assert ledger_at(path) == {}
    for way in (database_status, connect):
        with pytest.raises(PerftableError, match="does not exist"):
            way(path)


def test_nothing_is_fetched_for_a_query(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "work.duckdb"):
        pass
    with connect(tmp_path / "work.duckdb") as connection:
        with pytest.raises(duckdb.Error, match=r"(?i)extension"):
            connection.execute("SELECT * FROM 'https://127.0.0.1:1/a.parquet'")
        with pytest.raises(duckdb.Error, match=r"(?i)extension"):
            connection.execute("ATTACH 'md:perftable'")
        settings = "SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions' ORDER BY name"
        assert connection.execute(settings).fetchall() == [("false",), ("false",)]
        assert connection.execute("SELECT json('[1]'), timezone('UTC', now()) IS NULL").fetchall() == [("[1]", False)]

"""Exports and published snapshots in an object store, read back over the network."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import fsspec
import pytest
from pyarrow import parquet

from perftable_etl.errors import StoreDenied, UsageError
from perftable_etl.load.export.checksums import CHECKSUMS
from perftable_etl.load.export.export import Order, export
from perftable_etl.load.export.form import ExportFormat
from perftable_etl.load.export.stored_place import UNDER_WAY
from perftable_etl.load.publish import Publication, publish
from perftable_etl.load.release import Release
from perftable_etl.load.rules import Rules
from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store
from tests.databases import store_documents
from tests.object_store import ObjectStore, denied

STORE = Store("s3")
LESS = "DELETE FROM indicators WHERE document_id = (SELECT min(document_id) FROM indicators)"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return store_documents(tmp_path / "work.duckdb", b"a", b"b")


@pytest.fixture
def to(s3: ObjectStore) -> Address:
    return s3.new_bucket() / "out"


def exported(
    db: Path, to: Address, form: ExportFormat = ExportFormat.PARQUET, *tables: str, overwrite: bool = False
) -> None:
    export(db, Order(to, form, tables or ("documents", "indicators"), overwrite=overwrite), lambda _name, _rows: None)


def keys(place: Address) -> list[str]:
    return [str(one.path.below(place)) for one in STORE.objects(place)]


def rows(folder: Address) -> list[dict[str, object]]:
    """The rows of a table that was published as Parquet, as any reader in Python gets them."""
    table = parquet.read_table(folder.path, filesystem=fsspec.filesystem("s3"))
    found: list[dict[str, object]] = table.to_pylist()
    return found


def test_parquet_in_a_store_is_what_the_database_has(db: Path, to: Address) -> None:
    exported(db, to)
    assert keys(to) == [CHECKSUMS, "documents/2025.parquet", "indicators/2025.parquet"]
    with duckdb.connect(db, read_only=True) as connection:
        columns = "document_id, ordinal, base_value, target_raw"
        query = f"SELECT {columns} FROM indicators ORDER BY ALL"
        expected = connection.execute(query).fetchall()
    names = columns.split(", ")
    found = sorted((tuple(row[name] for name in names) for row in rows(to / "indicators")), key=str)
    assert found == sorted(expected, key=str)


@pytest.mark.parametrize("form", [ExportFormat.CSV, ExportFormat.JSONL, ExportFormat.DATAPACKAGE])
def test_other_folders_are_sent_too_and_replaced_only_if_told(form: ExportFormat, db: Path, to: Address) -> None:
    exported(db, to, form, "documents", "indicators")
    with pytest.raises(UsageError, match=r"exists already\. To replace it, use --overwrite"):
        exported(db, to, form)
    if form is ExportFormat.DATAPACKAGE:
        with pytest.raises(UsageError, match="--earlier"):
            exported(db, to, form, overwrite=True)
        return
    exported(db, to, form, "documents", overwrite=True)
    assert [key.partition(".")[0] for key in keys(to)] == [CHECKSUMS, "documents"]


def test_a_workbook_is_one_object(db: Path, to: Address) -> None:
    book = to / "all.xlsx"
    exported(db, book, ExportFormat.XLSX)
    assert STORE.read(book).startswith(b"PK")
    with pytest.raises(UsageError, match="exists already"):
        exported(db, book, ExportFormat.XLSX)
    exported(db, book, ExportFormat.XLSX, overwrite=True)


def test_what_no_export_wrote_is_not_replaced(db: Path, to: Address) -> None:
    STORE.write(to / "mine.txt", b"mine")
    with pytest.raises(UsageError, match="holds files that no export wrote"):
        exported(db, to, overwrite=True)
    assert keys(to) == ["mine.txt"]


def test_an_export_that_breaks_off_has_no_seal_and_can_be_replaced(db: Path, to: Address, s3: ObjectStore) -> None:
    exported(db, to)
    s3.fail(1, denied, method="PUT", path="indicators/")
    with pytest.raises(StoreDenied):
        exported(db, to, overwrite=True)
    assert CHECKSUMS not in keys(to)
    assert UNDER_WAY in keys(to)
    exported(db, to, overwrite=True)
    assert keys(to) == [CHECKSUMS, "documents/2025.parquet", "indicators/2025.parquet"]


def published(db: Path, to: Address, release: str | None = None, *, has_parquet: bool = False) -> Publication:
    return publish(db, to, keep=2, rules=Rules(), release=Release(release, has_parquet=has_parquet))


def latest(to: Address) -> str:
    return str(json.loads(STORE.read(to / "latest.json"))["name"])


def test_published_parquet_is_read_back_by_the_name_in_latest(db: Path, to: Address, tmp_path: Path) -> None:
    publication = published(db, to, has_parquet=True)
    assert publication.is_published
    assert latest(to) == publication.snapshot.name
    folder = to / "snapshots" / latest(to)
    assert len(rows(folder / "parquet/documents")) == 2
    STORE.fetch(folder / "perftable.duckdb", tmp_path / "copy.duckdb")
    with duckdb.connect(tmp_path / "copy.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def test_what_lost_too_much_is_not_published(db: Path, to: Address) -> None:
    published(db, to)
    before = latest(to)
    with duckdb.connect(db) as connection:
        connection.execute(LESS)
    refused = published(db, to)
    assert not refused.is_published
    assert refused.failed_gates
    assert (latest(to), len({key.split("/")[1] for key in keys(to) if key.startswith("snapshots/")})) == (before, 1)


def test_old_snapshots_and_half_ones_go_and_releases_stay(db: Path, to: Address, s3: ObjectStore) -> None:
    names = [published(db, to, release="2026.1").snapshot.name]
    s3.fail(1, denied, method="PUT", path="snapshot.json")
    with pytest.raises(StoreDenied):
        published(db, to)
    assert latest(to) == names[0]
    names += [published(db, to).snapshot.name for _ in range(3)]
    there = sorted({key.split("/")[1] for key in keys(to) if key.startswith("snapshots/")})
    assert there == [names[0], *names[2:]]
    with pytest.raises(UsageError, match=r"has a release 2026\.1 already"):
        published(db, to, release="2026.1")

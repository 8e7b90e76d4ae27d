"""The database, or some of its tables and views, in a form that other tools read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, NamedTuple, TypeVar

from perftable_etl.errors import UsageError
from perftable_etl.load.database import Connection, explained, open_to_query, spill_to
from perftable_etl.load.edition import require_current
from perftable_etl.load.export.checksums import write_checksums
from perftable_etl.load.export.copies import copy_to_csv, copy_to_jsonl, copy_to_parquet
from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.form import Encoding, ExportFormat
from perftable_etl.load.export.package.package import DESCRIPTOR, PackageRelease
from perftable_etl.load.export.place import file_at, folder_at
from perftable_etl.load.export.relation import OnRows, Relation, all_names, relations_of
from perftable_etl.load.export.workbook import workbook_names, write_workbook
from perftable_etl.stores.address import Address, Place

P = TypeVar("P", bound=Place)


class Order(NamedTuple, Generic[P]):
    """What to export: where to, in which form, and which tables and views; none named: those that the form has."""

    to: P
    format: ExportFormat
    names: Sequence[str] = ()
    encoding: Encoding = Encoding.WITH_MARK
    overwrite: bool = False
    dataset: Dataset = Dataset()
    earlier: Path | None = None
    """The data package to compare a new one with; where none is named, the one that is replaced."""


class Exported(NamedTuple, Generic[P]):
    """What was written, and how many rows of each relation."""

    to: P
    rows: dict[str, int]


def export(db: Path, order: Order[P], on_rows: OnRows) -> Exported[P]:
    """Exports the database `db`, which is only read.

    Raises UsageError where something is there already or is not known, and ExportError where the disk refuses.
    """
    with TemporaryDirectory() as spill, closing(open_to_query(db, read_only=True)) as connection:
        spill_to(connection, Path(spill))
        require_current(connection, db)
        with explained(connection, f"{db} cannot be exported"):
            relations = relations_of(connection, order.names or _usual_names(order.format))
            _write(connection, relations, order, on_rows)
    return Exported(order.to, {relation.name: relation.rows for relation in relations})


def _usual_names(form: ExportFormat) -> tuple[str, ...]:
    return workbook_names() if form is ExportFormat.XLSX else all_names()


def _write(connection: Connection, relations: Sequence[Relation], order: Order[P], on_rows: OnRows) -> None:
    if order.format is ExportFormat.XLSX:
        with file_at(order.to, overwrite=order.overwrite) as draft:
            write_workbook(connection, relations, draft, on_rows)
        return
    _require_earlier(order)
    with folder_at(order.to, overwrite=order.overwrite) as draft:
        if order.format is ExportFormat.DATAPACKAGE:
            PackageRelease(connection, order.dataset, draft, _earlier(order)).write(relations, on_rows)
        else:
            _write_files(connection, relations, order, draft, on_rows)
        write_checksums(draft)


def _write_files(
    connection: Connection, relations: Sequence[Relation], order: Order[P], folder: Path, on_rows: OnRows
) -> None:
    for relation in relations:
        on_rows(relation.name, 0)
        match order.format:
            case ExportFormat.PARQUET:
                copy_to_parquet(connection, relation, folder / relation.name)
            case ExportFormat.JSONL:
                copy_to_jsonl(connection, relation, folder / f"{relation.name}.jsonl")
            case _:
                with_mark = order.encoding is Encoding.WITH_MARK
                copy_to_csv(connection, relation, folder / f"{relation.name}.csv", with_mark=with_mark)
        on_rows(relation.name, relation.rows)


def _require_earlier(order: Order[P]) -> None:
    """Raises UsageError where a package in a store is replaced, and nobody says what the new one is compared with."""
    if (
        isinstance(order.to, Address)
        and order.format is ExportFormat.DATAPACKAGE
        and order.overwrite
        and not order.earlier
    ):
        raise UsageError(f"{order.to} is in a store. Name a local copy of the last data package with --earlier.")


def _earlier(order: Order[P]) -> Path | None:
    """The data package to compare with, if there is one."""
    if order.earlier or isinstance(order.to, Address):
        return order.earlier
    return order.to if (order.to / DESCRIPTOR).is_file() else None

"""The database as files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.cli.options import AsJson
from perftable_etl.cli.settings import ConfigFile, Db, config_in, existing_database
from perftable_etl.cli.streams import print_line
from perftable_etl.load.export.form import Encoding, ExportFormat


def export(  # noqa: PLR0913, PLR0917 - an argument for each option
    to: Annotated[
        str,
        typer.Option(metavar="PATH", help="Workbook or folder to write, also in an object store: s3://bucket/folder."),
    ],
    form: Annotated[ExportFormat, typer.Option("--format", metavar="FORMAT", help="Format (see above).")],
    db: Db = None,
    config: ConfigFile = None,
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="NAME", help="Table or view to export; several are allowed. Default: all."),
    ] = None,
    encoding: Annotated[
        Encoding, typer.Option(metavar="NAME", help="Encoding of csv: utf-8-sig, which Excel knows, or utf-8.")
    ] = Encoding.WITH_MARK,
    earlier: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            metavar="FOLDER",
            help="Last data package, to list what changed. Default: the one that is replaced.",
        ),
    ] = None,
    release: Annotated[
        str, typer.Option(metavar="VERSION", help="Version of a data package.", show_default="the date")
    ] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export.")] = False,
    as_json: AsJson = False,
) -> None:
    """Export the database for other tools.

    \b
    FORMAT is one of
      xlsx         a workbook with Chinese headings, notes and findings
      csv          a folder with a CSV file for each table
      parquet      a folder with Parquet files, one for each table and year
      jsonl        a folder with a file of JSON lines for each table
      datapackage  a folder to publish: CSV, codebook, citation, changes

    Numbers stay exact. It replaces nothing unless you give --overwrite.
    """  # noqa: D301 - typer leaves lines as they are below a backspace
    settings = config_in(config)
    source = existing_database(db, settings)

    from perftable_etl.load.export.dataset import Dataset
    from perftable_etl.load.export.export import Order
    from perftable_etl.load.export.export import export as write
    from perftable_etl.report.machine import exported_json
    from perftable_etl.report.terminal.console import row_progress
    from perftable_etl.report.terminal.exported import show_exported
    from perftable_etl.stores.address import place_of
    from perftable_etl.system.interruption import in_order

    dataset = settings.dataset.dataset(release) if settings else Dataset(version=release)
    order = Order(place_of(to), form, tuple(tables or ()), encoding, overwrite, dataset, earlier)
    with in_order(), row_progress() as on_rows:
        exported = write(source, order, on_rows)
    print_line(exported_json(exported)) if as_json else show_exported(exported)

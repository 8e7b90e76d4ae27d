"""What the outside may rely on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.errors import UsageError
from perftable_etl.schema.names import SchemaFile


def schema(
    file: Annotated[
        SchemaFile, typer.Argument(metavar="NAME", show_choices=False, help="Schema to print.")
    ] = SchemaFile.TABLES,
    write: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write all schemas to this folder instead.")
    ] = None,
) -> None:
    """Print tables as SQL, or records and layouts as JSON Schema.

    \b
    NAME is one of
      tables.sql
      declaration.schema.json
      outcome.schema.json
      run-report.schema.json
      snapshot.schema.json
      vocabulary.schema.json
      layout.schema.json
      data-dictionary.md
    """  # noqa: D301 - typer leaves lines as they are below a backspace
    from perftable_etl.schema.documents import schema_text, write_schemas

    if write:
        try:
            write_schemas(write)
        except OSError as error:
            raise UsageError(
                f"the schemas cannot be written to {write} ({error.strerror}). Name a folder that may be written to."
            ) from error
    else:
        sys.stdout.write(schema_text(file))

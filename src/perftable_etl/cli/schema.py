"""What the outside may rely on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perftable_etl.schema_file import SchemaFile


def schema(
    file: Annotated[SchemaFile, typer.Argument(help="Which of them to print.")] = SchemaFile.TABLES,
    write: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write all of them there instead.")] = None,
) -> None:
    """Print the tables as SQL, or the records as JSON Schema."""
    from perftable_etl.schema import schema_text, write_schemas

    if write:
        write_schemas(write)
    else:
        typer.echo(schema_text(file), nl=False)

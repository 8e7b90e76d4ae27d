"""Where a command's database and settings come from: the one place that decides it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perftable_etl.errors import UsageError

if TYPE_CHECKING:
    from perftable_etl.ingest.config import Config

DB_VARIABLE = "PERFTABLE_DB"
CONFIG_VARIABLE = "PERFTABLE_CONFIG"

Db = Annotated[
    Path | None,
    typer.Option("--db", envvar=DB_VARIABLE, metavar="FILE", help="DuckDB file. Default: the one in the config."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", envvar=CONFIG_VARIABLE, metavar="FILE", help="Config file (sources.toml)."),
]


def config_in(file: Path | None) -> Config | None:
    """The config, where one is named."""
    from perftable_etl.ingest.config import read_config

    return read_config(file) if file else None


def required_config(file: Path | None) -> Config:
    """The config of a command that cannot do without."""
    config = config_in(file)
    if config is None:
        raise UsageError(f"no config is given. Give one with --config FILE or in {CONFIG_VARIABLE}.")
    return config


def is_database_called(context: typer.Context) -> bool:
    """Whether the call itself names the database, and not the environment or a config."""
    source = context.get_parameter_source("db")
    return source is not None and source.name == "COMMANDLINE"


def database_of(db: Path | None, settings: Config | None) -> Path:
    """The database to work on: the one that is named, else the config's. It need not exist."""
    path = _named_database(db, settings)
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path's it raises nothing for a name that is too long
        raise UsageError(f"{path} is a folder. Name the DuckDB file in it.")
    return path


def _named_database(db: Path | None, settings: Config | None) -> Path:
    if db:
        return db
    if settings:
        return settings.db
    raise UsageError(
        f"no database is given. Give one with --db FILE or in {DB_VARIABLE}, or give a config with one, with "
        f"--config FILE or in {CONFIG_VARIABLE}."
    )


def existing_database(db: Path | None, settings: Config | None) -> Path:
    """The same, of a command that only works on what was loaded."""
    path = database_of(db, settings)
    if not os.path.lexists(path):
        raise UsageError(
            f"the database {path} does not exist. Create it with: perftable-etl ingest PATH... --db {path}"
        )
    return path


def loaded_database(db: Path | None, config: Path | None) -> Path:
    """The same, of a command that wants nothing else of the config: it is read only where no database is named."""
    return existing_database(db, None if db else config_in(config))

"""Where a command's database and settings come from: the one place that decides it."""

from __future__ import annotations

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
    typer.Option("--db", envvar=DB_VARIABLE, metavar="FILE", help="The DuckDB file; else the config's."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", envvar=CONFIG_VARIABLE, metavar="FILE", help="The list of sources (sources.toml)."),
]


def config_in(file: Path | None) -> Config | None:
    """The config, where one is named."""
    from perftable_etl.ingest.config import read_config

    return read_config(file) if file else None


def required_config(file: Path | None) -> Config:
    """The config of a command that cannot do without."""
    config = config_in(file)
    if config is None:
        raise UsageError(f"no list of sources is named. Name it with --config FILE or in {CONFIG_VARIABLE}.")
    return config


def database_of(db: Path | None, config: Path | None) -> Path:
    """The database to work on: the one that is named, else the config's. It need not exist."""
    if db:
        return db
    if settings := config_in(config):
        return settings.db
    raise UsageError(
        f"no database is named. Name it with --db FILE or in {DB_VARIABLE}, or name the config that says it with "
        f"--config FILE or in {CONFIG_VARIABLE}."
    )


def existing_database(db: Path | None, config: Path | None) -> Path:
    """The same, of a command that only works on what was loaded."""
    path = database_of(db, config)
    if not path.exists():
        raise UsageError(f"there is no database {path}. Make it with: perftable-etl ingest PATH... --db {path}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Name the DuckDB file in it.")
    return path

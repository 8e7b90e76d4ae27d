"""New databases that are copies of one with all tables, since a thousand statements make these, views and comments."""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

from perftable_etl.load import database

MAKE = database._make
"""How the program makes an empty file."""


class Maker:
    """Makes databases that have all tables from the beginning."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _first(self) -> Path:
        from perftable_etl.load.warehouse import Warehouse  # noqa: PLC0415 - to load it takes half a second

        path = self._folder / "first.duckdb"
        MAKE(path)
        with Warehouse(path):
            pass
        return path

    def __call__(self, path: Path) -> None:
        """Makes a database at `path`, under another name first, as the program does."""
        draft = path.with_name(f"{path.name}.partial")
        shutil.copyfile(self._first, draft)
        draft.rename(path)

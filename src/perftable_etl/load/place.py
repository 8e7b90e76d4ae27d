"""Where a database may be: in an ordinary file. What is something else is refused before DuckDB sees its name.

DuckDB takes some names for more than a file: `:memory:` is lost at the end, and for `md:name` it asks the network for
an extension. A FIFO or a device would keep it waiting.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from perftable_etl.errors import UsageError, WarehouseError

_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*)?:")
_MAGIC = b"DUCK"
_MAGIC_AT = 8
"""DuckDB writes a checksum before it."""

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def require_database_place(path: Path) -> None:
    """Lets pass what is a DuckDB file or may become one.

    Raises UsageError where the name is no file's, WarehouseError where something else is there.
    """
    _require_name_of_file(path)
    try:
        mode = path.stat().st_mode
        if kind := _KINDS.get(stat.S_IFMT(mode)):
            raise WarehouseError(f"{path} is {kind}, not a DuckDB file. Name a file.")
        _require_database(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WarehouseError(f"{path} cannot be opened ({error.strerror}). Check its path and permissions.") from error


def _require_name_of_file(path: Path) -> None:
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(name).decode(errors="backslashreplace")
        raise UsageError(
            f"{shown} is no UTF-8, and DuckDB opens no such name. Rename the file or its folder."
        ) from error
    if "\0" in name:
        raise UsageError(f"{name} has a NUL in it, which no file's name has.")
    if _SCHEME.match(name):
        raise UsageError(
            f"{name} is an address, not the path of a file. Databases are files on this machine; "
            "if a file has this name, give its absolute path."
        )


def _require_database(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(_MAGIC_AT + len(_MAGIC))
    if not head:
        raise WarehouseError(f"{path} is empty (0 bytes), not a DuckDB file. Delete it, or name another one.")
    if not head.endswith(_MAGIC):
        raise WarehouseError(f"{path} is not a DuckDB file. Name another one, or move that file away.")

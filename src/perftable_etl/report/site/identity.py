"""Which database a site is about: browsers keep all files of a disk in one store, and decisions must not mix there."""

from __future__ import annotations

import hashlib

from perftable_etl.load.database import Connection


def identity(connection: Connection) -> str:
    """The same for every copy of a database, and no other's: when and by what it was created."""
    rows = connection.execute("SELECT created_at, created_by FROM meta").fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]

"""All checks, one after the other; one that breaks says so, and the others go on.

Each check imports what it looks at when it runs, so that a library that cannot be loaded is one error among the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from perftable_etl.doctor import database, folders, machine, setup
from perftable_etl.doctor.check import Check, error
from perftable_etl.doctor.probe import ProbeFailed
from perftable_etl.errors import PerftableError
from perftable_etl.stores.address import Address

if TYPE_CHECKING:
    from perftable_etl.ingest.config import Config

Examine = Callable[[], Check]


def examine(config: Path | None, db: Path | None) -> Iterator[Check]:
    """What the checks say, one by one. `db` stands in for the database that the config names."""
    settings = setup.settings_at(config)
    db = db or (settings.db if settings else None)
    return (_outcome(name, check) for name, check in _checks(config, settings, db))


def _checks(config: Path | None, settings: Config | None, db: Path | None) -> Iterator[tuple[str, Examine]]:
    yield "program", setup.program
    yield "user", machine.user
    if config:
        yield "config", partial(setup.config, config)
    if settings:
        yield "secrets", partial(setup.secrets, settings)
        yield "extras", partial(setup.extras, settings)
    if settings and settings.layouts:
        yield "layouts", partial(setup.layouts, settings.layouts)
    yield from _storage(settings, db)
    for need in machine.NEEDS:
        yield need.name, partial(machine.limit, need)
    yield "temporary folder", machine.temporary_folder
    yield "working folder", machine.working_folder
    yield "worker processes", machine.workers
    yield "text recognition", setup.recognition
    yield "duckdb", database.engine
    if db:
        yield "lock", partial(database.lock, db)
        yield "database", partial(database.contents, db)
    yield "clock", partial(database.clock, db)


def _storage(settings: Config | None, db: Path | None) -> Iterator[tuple[str, Examine]]:
    """Rights on each folder that a job writes to, and the room there."""
    if db:
        yield "database folder", partial(folders.database_folder, db)
        yield "database disk", partial(folders.room, "database disk", db.parent, folders.room_for(db))
    if settings:
        yield from _archive(settings.archive)
    if settings and settings.report:
        yield "report folder", partial(folders.folder, "report folder", settings.report.folder)


def _archive(place: Path | Address) -> Iterator[tuple[str, Examine]]:
    if isinstance(place, Address):
        yield "archive", partial(folders.store, "archive", place)
    else:
        yield "archive", partial(folders.folder, "archive", place)
        yield "archive disk", partial(folders.room, "archive disk", place)


def _outcome(name: str, check: Examine) -> Check:
    try:
        return check()
    except (PerftableError, ProbeFailed) as fault:
        return error(name, _line(str(fault)))
    except ImportError as fault:
        return error(name, _line(f"a library cannot be loaded ({fault}); install perftable-etl again"))
    except Exception as fault:
        return error(name, _line(f"this could not be checked ({type(fault).__name__}: {fault}); report it"))


def _line(message: str) -> str:
    return " ".join(message.split())

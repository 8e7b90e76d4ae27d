"""The program as it is installed, and its config."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from perftable_etl.doctor.check import Check, error, ok, warning
from perftable_etl.doctor.probe import ask
from perftable_etl.errors import PerftableError
from perftable_etl.version import VERSION

if TYPE_CHECKING:
    from perftable_etl.ingest.config import Config, NotifySettings

_STORES = {"s3": "s3fs", "s3a": "s3fs"}
"""The library of each kind of address of an object store."""


def program() -> Check:
    """Which program this is."""
    return ok("program", f"perftable-etl {VERSION} in {sys.prefix}, Python {platform.python_version()}")


def settings_at(path: Path | None) -> Config | None:
    """What the config says; None where there is none that can be followed."""
    if path is None:
        return None
    try:
        from perftable_etl.ingest.config import read_config

        return read_config(path)
    except (PerftableError, ImportError):
        return None  # the check of the config says why


def config(path: Path) -> Check:
    """Whether the config can be followed. Raises ConfigError."""
    from perftable_etl.ingest.config import read_config

    names = [source.name for source in read_config(path).sources]
    return ok("config", f"{path} is valid; its sources: {', '.join(names) or 'none'}")


def layouts(folder: Path) -> Check:
    """Whether the layouts that the config names can be read. Raises LayoutError."""
    from perftable_etl.normalize.layouts.collection import read_layouts

    return ok("layouts", f"{folder} is valid; its files: {', '.join(file.name for file in read_layouts(folder).added)}")


def secrets(settings: Config) -> Check:
    """Whether the environment has the variables that the config names. What they hold is never said."""
    names = sorted(set(_variables(settings.notify))) if settings.notify else []
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        return warning(
            "secrets",
            f"the environment has no {', '.join(missing)}, which the config names, so reports are not sent. "
            "A shell does not have the variables of systemd's EnvironmentFile",
        )
    return ok("secrets", f"the environment has {', '.join(names)}" if names else "the config names no variables")


def _variables(notify: NotifySettings) -> Iterator[str]:
    mail = notify.mail
    named = (notify.webhook_from, notify.services_from, mail and mail.user_from, mail and mail.password_from)
    yield from filter(None, named)
    yield from notify.webhook_headers.values()


def extras(settings: Config) -> Check:
    """Whether the extras that the config needs are installed."""
    missing = sorted(set(_missing(settings)))
    if missing:
        return error("extras", f"the config needs the extras {', '.join(missing)}: install .[{','.join(missing)}]")
    return ok("extras", "the config needs no extra that is missing")


def _missing(settings: Config) -> Iterator[str]:
    if settings.notify and settings.notify.services_from and not find_spec("apprise"):
        yield "notify"
    urls = [source.url for source in settings.sources if source.kind == "fsspec"]
    for url in (*urls, str(settings.archive)):
        library = _STORES.get(urlsplit(url).scheme)
        if library and not find_spec(library):
            yield "s3"


def recognition() -> Check:
    """Whether scans can be read. Raises ProbeFailed."""
    version = ask("recognition")
    if version:
        return ok("text recognition", f"rapidocr {version} is installed: scans are read")
    return warning("text recognition", "not installed: scans fail with the code no_text. Install .[ocr] to read them")

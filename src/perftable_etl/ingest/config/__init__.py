"""The list of sources, `sources.toml`: what it may say, and how it is read."""

from __future__ import annotations

from perftable_etl.ingest.config.config import Config
from perftable_etl.ingest.config.file import read_config
from perftable_etl.ingest.config.notify import MailSettings, NotifySettings
from perftable_etl.ingest.config.sources import (
    FsspecSettings,
    HttpSettings,
    LocalSettings,
    SourceSettings,
    UrlsSettings,
    WebSettings,
)

__all__ = [
    "Config",
    "FsspecSettings",
    "HttpSettings",
    "LocalSettings",
    "MailSettings",
    "NotifySettings",
    "SourceSettings",
    "UrlsSettings",
    "WebSettings",
    "read_config",
]
